using System.Globalization;
using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>The fields of an opportunity, for New and Set.</summary>
public abstract class OpportunityWriteCmdlet : WriteNamedRecordCmdlet<CopperOpportunity>
{
    private protected OpportunityWriteCmdlet()
    {
    }

    /// <summary>The day on which it is expected to close. Only the day counts, whatever the time zone.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DateTransformation(IsCalendarDate = true)]
    public DateTimeOffset? CloseDate { get; set; }

    /// <summary>The company.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [Field("company_id", Entity = "company")]
    public CopperReference? Company { get; set; }

    /// <summary>The person to turn to first.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [Field("primary_contact_id", Entity = "person")]
    public CopperReference? PrimaryContact { get; set; }

    /// <summary>The customer source.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(CustomerSourceCompleter))]
    [Field("customer_source_id", Entity = "customer source")]
    public CopperReference? CustomerSource { get; set; }

    /// <summary>The reason why it was lost; goes with the status Lost only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(LossReasonCompleter))]
    [Field("loss_reason_id", Entity = "loss reason")]
    public CopperReference? LossReason { get; set; }

    /// <summary>What it may be worth.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MoneyTransformation]
    [Field("monetary_value")]
    public decimal? MonetaryValue { get; set; }

    /// <summary>The pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(PipelineCompleter))]
    [Field("pipeline_id", Entity = "pipeline")]
    public CopperReference? Pipeline { get; set; }

    /// <summary>The stage of the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(StageCompleter))]
    [Field("pipeline_stage_id", Entity = "pipeline stage")]
    public CopperReference? Stage { get; set; }

    /// <summary>None, Low, Medium or High.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Priority(TakesOne = true)]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [Field("priority")]
    public string? Priority { get; set; }

    /// <summary>Open, Won, Lost or Abandoned.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OpportunityStatus(TakesOne = true)]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [Field("status")]
    public string? Status { get; set; }

    /// <summary>How likely it is won, 0 to 100.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumberTransformation]
    [Field("win_probability")]
    public int? WinProbability { get; set; }

    private protected override RecordEndpoint<CopperOpportunity> Endpoint => Client.Opportunities;

    /// <summary>What a stage given by its name means when no pipeline is given with it.</summary>
    private protected abstract object? ResolveStageWithoutPipeline(StageChoice choice);

    /// <summary>The name of a stage means one of the pipeline.</summary>
    private protected override object? WithIds(object? value, string? entity)
    {
        if (entity != "pipeline stage" || value is not CopperReference { Name.Length: > 0 } stage)
        {
            return base.WithIds(value, entity);
        }

        var pipeline = GivenPipeline();
        var choice = Await(token => Resolver.FindStagesAsync(stage, pipeline is { } id ? [id] : null, token));
        return pipeline is null ? ResolveStageWithoutPipeline(choice) : choice.In(pipeline).Id;
    }

    /// <summary>The name of a stage in a row means one of the pipeline that the opportunity is in.</summary>
    private protected override async Task<CopperReference> ResolveAsync(NameResolver resolver, CopperReference name, string entity, CopperOpportunity present, CancellationToken cancellationToken)
    {
        if (entity != "pipeline stage" || string.IsNullOrEmpty(name.Name) || present.PipelineId is not { } pipeline)
        {
            return await base.ResolveAsync(resolver, name, entity, present, cancellationToken).ConfigureAwait(false);
        }

        var choice = await resolver.FindStagesAsync(name, [pipeline], cancellationToken).ConfigureAwait(false);
        return name.WithId(choice.In(pipeline, present).Id);
    }

    private protected override IEnumerable<(string Column, string Advice)> UnwrittenColumns()
    {
        var columns = base.UnwrittenColumns().Append(("MonetaryUnit", "The currency of an opportunity is not written: leave the cell as it was, or the column out."));

        return IsSpecified(nameof(Company), Company) ? columns : columns.Append(("CompanyName", "To change the company, write its id into the column CompanyId."));
    }

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (IsSpecified(nameof(CloseDate), CloseDate))
        {
            // As written: a calendar date has no zone that could shift it, and no calendar but the Gregorian.
            fields["close_date"] = CloseDate?.ToString(CurrentSession.DateFormat, CultureInfo.InvariantCulture);
        }

        if (IsSpecified(nameof(WinProbability), WinProbability) && WinProbability is < 0 or > 100)
        {
            throw RequestValueConverter.Reject($"-WinProbability is a percentage from 0 to 100, not {WinProbability}.", WinProbability);
        }

        if (fields.Contains("loss_reason_id") && fields["loss_reason_id"] is not null && fields.Contains("status") && fields["status"] is not "Lost")
        {
            throw RequestValueConverter.Reject($"-LossReason goes with -Status Lost only, not with '{Status}'.", LossReason?.Source);
        }
    }

    /// <summary>The pipeline that the present item is given, by parameter or as a raw member.</summary>
    private long? GivenPipeline()
    {
        if (IsSpecified(nameof(Pipeline), Pipeline))
        {
            return Pipeline is null ? null : RequestValueConverter.IdOf((CopperReference)base.WithIds(Pipeline, "pipeline")!, "pipeline");
        }

        if (IdInRow("pipeline_id", nameof(Pipeline)) is { } id)
        {
            return RequestValueConverter.IdOf(id, "pipeline");
        }

        return Property["pipeline_id"] is { } raw ? CopperReference.From(raw).Id : null;
    }
}
