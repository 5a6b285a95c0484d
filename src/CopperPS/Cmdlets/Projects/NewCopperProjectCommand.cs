using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Projects;

/// <summary>Creates a project.</summary>
[Cmdlet(VerbsCommon.New, "CopperProject", DefaultParameterSetName = RowSets.Row, SupportsShouldProcess = true)]
[OutputType(typeof(CopperProject))]
[AboutRecord(CopperEntityNames.Person, CopperEntityNames.Company, CopperEntityNames.Opportunity, CopperEntityNames.Task)]
public sealed class NewCopperProjectCommand : ProjectWriteCmdlet, IRowInput, IDynamicParameters
{
    /// <summary>The name.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [TextTransformation]
    public override string? Name { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ParameterSetName = RowSets.Row, ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    private protected override void Collect(FieldCollector<CopperProject> fields)
    {
        base.Collect(fields);

        // It belongs to the record that is piped.
        fields.TakePipedRecord(
            "related_resource", nameof(RelatedTo), static record => RelatedResources.Of(record, null, RelatedResources.OfProject));
    }

    object? IDynamicParameters.GetDynamicParameters() => PositionalScriptBlock.Offer(MyInvocation);
}
