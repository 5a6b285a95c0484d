using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Hub.Projects;

/// <summary>Reads projects of a CopperHub: all that the user may see, or some by id.</summary>
[Cmdlet(VerbsCommon.Get, "CopperHubProject", DefaultParameterSetName = ListSet)]
[OutputType(typeof(CopperHubProject))]
public sealed class GetCopperHubProjectCommand : GetHubRecordCmdlet<CopperHubProject>
{
    /// <summary>Only those with one of these names; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override void WriteList()
    {
        if (TryCall(Client.GetProjectsAsync, null, out var projects))
        {
            WriteAll(projects, Name);
        }
    }
}
