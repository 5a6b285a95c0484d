using System.Management.Automation;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.People;

/// <summary>Makes a person.</summary>
[Cmdlet(VerbsCommon.New, "CopperPerson", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPerson))]
public sealed class NewCopperPersonCommand : PersonWriteCmdlet
{
    /// <summary>The full name. Without it, it is put together from its parts.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public override string? Name { get; set; }

    /// <summary>The company.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [Field("company_id", Entity = "company")]
    public override CopperReference? Company { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    private protected override bool NeedsName => true;

    private protected override bool IsBulk => Bulk;

    private protected override object? Input => InputObject;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create();

    /// <summary>The person works for the company that is piped.</summary>
    private protected override void AddPipedRecord(JsonBody fields, CopperReference record)
    {
        const string Field = "company_id";
        if (record.EntityType != "company")
        {
            base.AddPipedRecord(fields, record);
        }
        else if (!fields.Contains(Field) && !WasTyped(nameof(Company)) && !Property.ContainsKey(Field))
        {
            fields[Field] = RequestValueConverter.IdOf(record, "company");
        }
    }
}
