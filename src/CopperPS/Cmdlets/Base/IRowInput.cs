using System.Management.Automation;

namespace CopperPS.Cmdlets.Base;

/// <summary>A cmdlet that takes rows of a table by the pipeline.</summary>
internal interface IRowInput
{
    /// <summary>The current item of the pipeline; null when nothing is piped.</summary>
    PSObject? InputObject { get; }
}
