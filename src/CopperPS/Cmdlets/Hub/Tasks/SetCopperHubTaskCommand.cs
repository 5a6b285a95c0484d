using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Hub.Tasks;

/// <summary>Changes tasks of a CopperHub.</summary>
[Cmdlet(VerbsCommon.Set, "CopperHubTask", SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubTask))]
public sealed class SetCopperHubTaskCommand : TaskWriteCmdlet, IRecordUpdate
{
    /// <summary>The tasks to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Output the task as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
