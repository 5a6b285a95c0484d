using System.Management.Automation;

namespace CopperPS.Cmdlets.Base;

/// <summary>A writer that can send several records in one request.</summary>
internal interface IBulkWriter
{
    /// <summary>Send ten at a time.</summary>
    SwitchParameter Bulk { get; }
}
