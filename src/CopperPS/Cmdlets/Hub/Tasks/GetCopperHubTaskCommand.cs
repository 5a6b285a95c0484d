using System.Management.Automation;
using Copper.Client.Hub;
using Copper.Client.Hub.Models;
using Copper.Client.Metadata;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub.Tasks;

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
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override void WriteList()
    {
        foreach (var project in ProjectId)
        {
            try
            {
                WriteTasksOf(project ?? throw RequestValueConverter.Reject("The id of a hub project is null.", null));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
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
        var id = RequestValueConverter.IdOf(Own(project), CopperHubEntities.Project.Name);
        if (TryCall(token => Client.GetProjectTasksAsync(id, token), id, out var tasks))
        {
            WriteAll(tasks, Name);
        }
    }
}
