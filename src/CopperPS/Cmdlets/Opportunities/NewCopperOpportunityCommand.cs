using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>Creates an opportunity.</summary>
[Cmdlet(VerbsCommon.New, "CopperOpportunity", DefaultParameterSetName = RowSets.Row, SupportsShouldProcess = true)]
[OutputType(typeof(CopperOpportunity))]
[AboutRecord(CopperEntityNames.Person, CopperEntityNames.Company)]
public sealed class NewCopperOpportunityCommand : OpportunityWriteCmdlet, IBulkWriter, IRowInput, IDynamicParameters
{
    /// <summary>The name.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [TextTransformation]
    public override string? Name { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ParameterSetName = RowSets.Row, ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    private protected override void Collect(FieldCollector<CopperOpportunity> fields)
    {
        base.Collect(fields);

        // A person is whom to turn to, a company is the customer.
        fields.TakePipedRecord(CopperEntities.Person.Name, "primary_contact_id", nameof(PrimaryContact));
        fields.TakePipedRecord(CopperEntities.Company.Name, "company_id", nameof(Company));
    }

    object? IDynamicParameters.GetDynamicParameters() => PositionalScriptBlock.Offer(MyInvocation);
}
