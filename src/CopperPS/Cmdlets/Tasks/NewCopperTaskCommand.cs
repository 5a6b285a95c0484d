using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Tasks;

/// <summary>Creates a task.</summary>
[Cmdlet(VerbsCommon.New, "CopperTask", DefaultParameterSetName = RowSets.Row, SupportsShouldProcess = true)]
[OutputType(typeof(CopperTask))]
[AboutRecord(
    CopperEntityNames.Lead, CopperEntityNames.Person, CopperEntityNames.Company,
    CopperEntityNames.Opportunity, CopperEntityNames.Project)]
public sealed class NewCopperTaskCommand : TaskWriteCmdlet, IRowInput, IDynamicParameters
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

    private protected override void Collect(FieldCollector<CopperTask> fields)
    {
        base.Collect(fields);

        // It belongs to the record that is piped.
        fields.TakePipedRecord(
            "related_resource", nameof(RelatedTo), static record => RelatedResources.Of(record, null, RelatedResources.OfTask));
    }

    object? IDynamicParameters.GetDynamicParameters() => PositionalScriptBlock.Offer(MyInvocation);
}
