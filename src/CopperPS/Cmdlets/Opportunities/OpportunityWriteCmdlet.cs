using System.Globalization;
using System.Management.Automation;
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
    [ArgumentCompleter(typeof(DateCompleter))]
    public DateTimeOffset? CloseDate { get; set; }

    /// <summary>The company.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [Field("company_id", Entity = CopperEntityNames.Company)]
    public CopperReference? Company { get; set; }

    /// <summary>The person to turn to first.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [Field("primary_contact_id", Entity = CopperEntityNames.Person)]
    public CopperReference? PrimaryContact { get; set; }

    /// <summary>The customer source.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(CustomerSourceCompleter))]
    [Field("customer_source_id", Entity = CopperEntityNames.CustomerSource)]
    public CopperReference? CustomerSource { get; set; }

    /// <summary>The reason why it was lost; goes with the status Lost only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(LossReasonCompleter))]
    [Field("loss_reason_id", Entity = CopperEntityNames.LossReason)]
    public CopperReference? LossReason { get; set; }

    /// <summary>What it may be worth.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MoneyTransformation]
    [Alias("Value")]
    [Field("monetary_value")]
    public decimal? MonetaryValue { get; set; }

    /// <summary>The pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(PipelineCompleter))]
    [Field("pipeline_id", Entity = CopperEntityNames.Pipeline)]
    public CopperReference? Pipeline { get; set; }

    /// <summary>The stage of the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(StageCompleter))]
    [Field("pipeline_stage_id", Entity = CopperEntityNames.PipelineStage)]
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

    private protected override void Collect(FieldCollector<CopperOpportunity> fields)
    {
        var stage = new StageRule(fields, () => GivenPipeline(fields));
        fields.AddRule(StageRule.Entity, stage);
        base.Collect(fields);
        stage.Complete();
        fields.AddUnwritten("MonetaryUnit", "leave the cell as it was, or the column out.");
        if (!fields.IsSpecified(nameof(Company), Company))
        {
            fields.AddUnwritten("CompanyName", "to change the company, write its id into the column CompanyId.");
        }

        var body = fields.Fields;
        fields.WarnOfNegative(this, nameof(MonetaryValue), MonetaryValue);
        if (fields.IsSpecified(nameof(CloseDate), CloseDate))
        {
            if (CloseDate is { } day)
            {
                fields.AddUnlessShown(nameof(CloseDate), CloseDate, () => RequestValueConverter.CheckDate(nameof(CloseDate), day));
            }

            // As written: a calendar date has no zone that could shift it, and no calendar but the Gregorian.
            body["close_date"] = CloseDate?.ToString(CurrentSession.DateFormat, CultureInfo.InvariantCulture);
            fields.Description.Note("close_date", nameof(CloseDate), CloseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        if (fields.IsSpecified(nameof(WinProbability), WinProbability) && WinProbability is < 0 or > 100)
        {
            fields.AddUnlessShown(
                nameof(WinProbability),
                WinProbability,
                () => throw RequestValueConverter.Reject(
                    $"-WinProbability is a percentage from 0 to 100, not {WinProbability}.", WinProbability));
        }

        if (body.Contains("loss_reason_id") && body["loss_reason_id"] is { } reason && body.Contains("status")
            && body["status"] is not "Lost")
        {
            var rejection = RequestValueConverter.Reject(
                $"-LossReason goes with -Status Lost only, not with '{Status}'.", LossReason?.Source);
            if (fields is not { IsUpdate: true, Row: not null })
            {
                throw rejection;
            }

            // An opportunity that was opened again may have kept its reason.
            var status = body["status"] as string;
            fields.RejectUnless(present => present.LossReasonId == reason as long? && present.Status == status, rejection);
        }
    }

    /// <summary>The pipeline that the current item is given, by parameter or as a raw member.</summary>
    private long? GivenPipeline(FieldCollector<CopperOpportunity> fields)
    {
        const string Entity = CopperEntityNames.Pipeline;
        if (fields.IsSpecified(nameof(Pipeline), Pipeline))
        {
            return Pipeline is null ? null : RequestValueConverter.IdOf(fields.Account.Resolve(Pipeline, Entity), Entity);
        }

        if (fields.IdInRow("pipeline_id", nameof(Pipeline)) is { } id)
        {
            return RequestValueConverter.IdOf(id, Entity);
        }

        return Property["pipeline_id"] is { } raw ? CopperReference.From(raw).Id : null;
    }
}
