using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Hub.Organisations;

/// <summary>Changes organisations of a CopperHub.</summary>
[Cmdlet(VerbsCommon.Set, "CopperHubOrganisation", SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubOrganisation))]
public sealed class SetCopperHubOrganisationCommand : OrganisationWriteCmdlet, IRecordUpdate
{
    /// <summary>The organisations to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(HubRecordCompleter))]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Output the organisation as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
