using System.Management.Automation;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>A writer that updates records by their ids. A writer without this interface creates a record.</summary>
internal interface IRecordUpdate
{
    /// <summary>The records to update.</summary>
    CopperReference?[] Id { get; }

    /// <summary>Whether the updated records are returned.</summary>
    SwitchParameter PassThru { get; }
}
