using System.Management.Automation;
using Copper.Client.Hub;
using Copper.Client.Hub.Models;
using CopperPS.Abstractions;
using CopperPS.Binding;

namespace CopperPS.Hub;

/// <summary>Reads tasks of a CopperHub: some by id, or all of a project.</summary>
[Cmdlet(VerbsCommon.Get, "CopperHubTask", DefaultParameterSetName = IdSet)]
[OutputType(typeof(CopperHubTask))]
public sealed class GetCopperHubTaskCommand : GetHubRecordCmdlet<CopperHubTask>
{
    /// <summary>The projects whose tasks to list. Projects may come down the pipeline, too.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true)]
    [ReferenceTransformation(Member = nameof(ProjectId))]
    [ArgumentCompleter(typeof(HubRecordCompleter))]
    public CopperReference?[] ProjectId { get; set; } = [];

    /// <summary>Only those with one of these names; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override CopperHubEndpoint<CopperHubTask> Endpoint => Client.Tasks;

    private protected override void WriteList()
    {
        foreach (var project in ProjectId)
        {
            try
            {
                WriteTasksOf(project ?? throw WireValues.Refuse("The id of a hub project is null.", null));
            }
            catch (RefusedException refusal)
            {
                WriteError(refusal.Record);
            }
        }
    }

    /// <summary>A project in the place of a task stands for its tasks.</summary>
    private protected override void GetOne(CopperReference reference)
    {
        if (reference.EntityType == CopperHubEntities.Project.Name)
        {
            WriteTasksOf(reference);
        }
        else
        {
            base.GetOne(reference);
        }
    }

    private void WriteTasksOf(CopperReference project)
    {
        var id = WireValues.IdOf(project, CopperHubEntities.Project.Name);
        if (TryCall(token => Client.GetProjectTasksAsync(id, token), id, out var tasks))
        {
            WriteAll(tasks, Name);
        }
    }
}
