using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Tasks;

/// <summary>Marks tasks as completed. The service dates the completion.</summary>
[Cmdlet(VerbsLifecycle.Complete, "CopperTask", SupportsShouldProcess = true)]
[OutputType(typeof(CopperTask))]
public sealed class CompleteCopperTaskCommand : WriteRecordCmdlet<CopperTask>
{
    /// <summary>The tasks to complete: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Output the task as completed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Update(Id, PassThru, "Complete");

    private protected override void Collect(FieldCollector<CopperTask> fields) => fields.Fields["status"] = "Completed";
}
