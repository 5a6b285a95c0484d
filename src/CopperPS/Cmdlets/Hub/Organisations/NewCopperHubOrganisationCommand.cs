using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Hub.Organisations;

/// <summary>Creates an organisation in a CopperHub.</summary>
[Cmdlet(VerbsCommon.New, "CopperHubOrganisation", DefaultParameterSetName = RowSets.Row, SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubOrganisation))]
public sealed class NewCopperHubOrganisationCommand : OrganisationWriteCmdlet, IRowInput
{
    /// <summary>The name.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [TextTransformation]
    [Field("Name")]
    public override string? Name { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names.</summary>
    [Parameter(ParameterSetName = RowSets.Row, ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }
}
