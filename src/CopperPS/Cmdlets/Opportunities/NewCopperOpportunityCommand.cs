using System.Management.Automation;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>Makes an opportunity.</summary>
[Cmdlet(VerbsCommon.New, "CopperOpportunity", SupportsShouldProcess = true)]
[OutputType(typeof(CopperOpportunity))]
public sealed class NewCopperOpportunityCommand : OpportunityWriteCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    private protected override bool IsBulk => Bulk;

    private protected override object? Input => InputObject;

    /// <summary>The pipeline of the stage that the present item names; null when it names none, or says the pipeline itself.</summary>
    private long? PipelineOfStage { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PipelineOfStage = null;
        Create();
    }

    private protected override object ResolveStageWithoutPipeline(StageChoice choice)
    {
        var stage = choice.In(null);
        PipelineOfStage = stage.PipelineId;
        return stage.Id;
    }

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (PipelineOfStage is { } pipeline && !fields.Contains("pipeline_id"))
        {
            // Without it the service would take the account's default pipeline, which need not be that of the stage.
            fields["pipeline_id"] = pipeline;
        }
    }

    /// <summary>A person is whom to turn to, a company is the customer.</summary>
    private protected override void AddPipedRecord(JsonBody fields, CopperReference record)
    {
        var (field, parameter) = record.EntityType switch
        {
            "person" => ("primary_contact_id", nameof(PrimaryContact)),
            "company" => ("company_id", nameof(Company)),
            _ => (string.Empty, string.Empty),
        };
        if (field.Length == 0)
        {
            base.AddPipedRecord(fields, record);
        }
        else if (!fields.Contains(field) && !WasTyped(parameter) && !Property.ContainsKey(field))
        {
            fields[field] = RequestValueConverter.IdOf(record, record.EntityType!);
        }
    }
}
