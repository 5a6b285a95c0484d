using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Hub.Organisations;

/// <summary>Creates an organisation in a CopperHub.</summary>
[Cmdlet(VerbsCommon.New, "CopperHubOrganisation", SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubOrganisation))]
public sealed class NewCopperHubOrganisationCommand : OrganisationWriteCmdlet, IRowInput
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    [Field("Name")]
    public override string? Name { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names.</summary>
    [Parameter(ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }
}
