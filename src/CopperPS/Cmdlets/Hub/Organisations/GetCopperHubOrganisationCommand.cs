using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Hub.Organisations;

/// <summary>Reads organisations of a CopperHub: all of them, or some by id.</summary>
[Cmdlet(VerbsCommon.Get, "CopperHubOrganisation", DefaultParameterSetName = ListSet)]
[OutputType(typeof(CopperHubOrganisation))]
public sealed class GetCopperHubOrganisationCommand : GetHubRecordCmdlet<CopperHubOrganisation>
{
    /// <summary>Only those with one of these names; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override void WriteList()
    {
        if (TryCall(Client.GetOrganisationsAsync, null, out var organisations))
        {
            WriteAll(organisations, Name);
        }
    }
}
