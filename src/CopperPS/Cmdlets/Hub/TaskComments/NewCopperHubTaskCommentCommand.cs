using System.Management.Automation;
using Copper.Client;
using Copper.Client.Hub.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub.TaskComments;

/// <summary>Comments on a task of a CopperHub, and books the hours worked on it.</summary>
[Cmdlet(VerbsCommon.New, "CopperHubTaskComment", DefaultParameterSetName = RowSets.Row, SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubTaskComment))]
public sealed class NewCopperHubTaskCommentCommand : WriteHubRecordCmdlet<CopperHubTaskComment>
{
    private const string ProjectMember = "ProjectID";

    private readonly Dictionary<long, long> _projects = [];

    /// <summary>The text.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [TextTransformation]
    [Field("Body")]
    public string? Body { get; set; }

    /// <summary>The task: an id, a task, or a row with a TaskId.</summary>
    [Parameter(ParameterSetName = RowSets.Values, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = RowSets.Row, ValueFromPipeline = true)]
    [ReferenceTransformation(TakesOne = true, Member = nameof(TaskId))]
    [Field("TaskID", Entity = "hub task")]
    public CopperReference? TaskId { get; set; }

    /// <summary>
    /// The project; without it, that of the task. The documentation asks for one here and for the other there: both are sent.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(HubRecordCompleter))]
    [Field(ProjectMember, Entity = "hub project")]
    public CopperReference? ProjectId { get; set; }

    /// <summary>The hours worked: a whole number above zero.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HubNumberTransformation]
    [HubRange(IsWhole = true, Minimum = 1)]
    [Field("HoursWorked")]
    public decimal? HoursWorked { get; set; }

    /// <summary>How much of the task is done now, 0 to 100.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HubNumberTransformation]
    [HubRange(Maximum = 100)]
    [Field("PercentComplete")]
    public decimal? PercentComplete { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A row that names only the project comes down the pipeline as a reference to no task.
        if (TaskId is { Id: null, IsRecord: false })
        {
            TaskId = null;
        }

        if (TaskId is null && ProjectId is null && !Property.ContainsKey("TaskID") && !Property.ContainsKey(ProjectMember))
        {
            WriteError(ErrorRecords.Invalid(
                "A comment needs its task: give -TaskId (or -ProjectId, where your installation takes that). For example: "
                    + "New-CopperHubTaskComment 'Done' -TaskId 449",
                Body));
            return;
        }

        Create(TaskId, nameof(TaskId), CompleteAsync);
    }

    private async Task CompleteAsync(JsonBody attributes, CancellationToken cancellationToken)
    {
        if (TaskId?.Id is { } task && !attributes.Contains(ProjectMember))
        {
            attributes[ProjectMember] = ProjectOf(TaskId) ?? await ReadProjectAsync(task, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The project that a piped task tells, also one that came back from a file or a job.</summary>
    private static long? ProjectOf(CopperReference task)
    {
        var value = task.IsRecord ? PSObject.AsPSObject(task.Source!).Properties[nameof(CopperHubTask.ProjectId)]?.Value : null;
        return value is null ? null : CopperReference.From(value).Id;
    }

    /// <summary>Reads the task, once for all comments on it.</summary>
    private async Task<long> ReadProjectAsync(long task, CancellationToken cancellationToken)
    {
        if (!_projects.TryGetValue(task, out var project))
        {
            var read = await Client.Tasks.GetAsync(task, null, cancellationToken).ConfigureAwait(false);
            project = read.ProjectId ?? throw new ArgumentException(
                $"The CopperHub does not tell the project of the task {task}, and a comment needs it: give -ProjectId. Nothing was "
                    + "written.");
            _projects[task] = project;
        }

        return project;
    }
}
