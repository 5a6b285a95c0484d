using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Hub.Tasks;

/// <summary>Creates a task in a project of a CopperHub.</summary>
[Cmdlet(VerbsCommon.New, "CopperHubTask", SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubTask))]
public sealed class NewCopperHubTaskCommand : TaskWriteCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Name")]
    public override string? Name { get; set; }

    /// <summary>The project that the task belongs to, for good: an id, a project, or a row with a ProjectId.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ReferenceTransformation(TakesOne = true, Member = nameof(ProjectId))]
    [ArgumentCompleter(typeof(HubRecordCompleter))]
    [Field("ProjectID", Entity = "hub project")]
    public CopperReference? ProjectId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create(ProjectId, nameof(ProjectId));
}
