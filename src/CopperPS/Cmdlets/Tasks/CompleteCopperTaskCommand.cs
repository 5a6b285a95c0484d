using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Json;
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

    private protected override RecordEndpoint<CopperTask> Endpoint => Client.Tasks;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Update(Id, PassThru);

    private protected override string Describe(IEnumerable<string> changes) => "Complete";

    private protected override void AddFields(JsonBody fields) => fields["status"] = "Completed";
}
