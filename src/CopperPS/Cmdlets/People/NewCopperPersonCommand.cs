using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.People;

/// <summary>Creates a person.</summary>
[Cmdlet(VerbsCommon.New, "CopperPerson", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPerson))]
[AboutRecord(CopperEntityNames.Company)]
public sealed class NewCopperPersonCommand : PersonWriteCmdlet, IBulkWriter, IRowInput, IDynamicParameters
{
    /// <summary>The full name. Without it, it is put together from its parts.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public override string? Name { get; set; }

    /// <summary>The company.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [Alias("CompanyName")]
    [Field("company_id", Entity = CopperEntityNames.Company)]
    public override CopperReference? Company { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    private protected override void Collect(FieldCollector<CopperPerson> fields)
    {
        base.Collect(fields);

        // The person works for the company that is piped.
        fields.TakePipedRecord(CopperEntities.Company.Name, "company_id", nameof(Company));
    }

    object? IDynamicParameters.GetDynamicParameters() => PositionalScriptBlock.Offer(MyInvocation);
}
