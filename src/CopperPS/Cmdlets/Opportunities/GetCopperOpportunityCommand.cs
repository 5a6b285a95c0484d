using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>Reads opportunities.</summary>
[Cmdlet(VerbsCommon.Get, "CopperOpportunity", DefaultParameterSetName = SearchSet, SupportsPaging = true)]
[OutputType(typeof(CopperOpportunity))]
public sealed class GetCopperOpportunityCommand : GetNamedRecordCmdlet<CopperOpportunity>, IContactSearch
{
    /// <summary>At least so many interactions.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(0, int.MaxValue)]
    [Filter("minimum_interaction_count")]
    [WholeNumberTransformation]
    public int MinimumInteractionCount { get; set; }

    /// <summary>At most so many interactions.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(0, int.MaxValue)]
    [Filter("maximum_interaction_count")]
    [WholeNumberTransformation]
    public int MaximumInteractionCount { get; set; }

    /// <summary>Last interaction at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("LastContactedAfter", "DateLastContactedAfter")]
    [Filter("minimum_interaction_date")]
    public DateTimeOffset InteractionAfter { get; set; }

    /// <summary>Last interaction at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("LastContactedBefore", "DateLastContactedBefore")]
    [Filter("maximum_interaction_date")]
    public DateTimeOffset InteractionBefore { get; set; }

    /// <summary>Last contacted before this time, or never.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    public DateTimeOffset NotContactedSince { get; set; }

    /// <summary>With -NotContactedSince: without those that were never contacted.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    public SwitchParameter ExcludeNeverContacted { get; set; }

    /// <summary>Created no longer ago than this; a bare number is seconds.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [SecondsTransformation]
    [Filter("age")]
    public TimeSpan MaximumAge { get; set; }

    /// <summary>The pipelines.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(PipelineCompleter))]
    [Filter("pipeline_ids", Entity = CopperEntityNames.Pipeline)]
    public CopperReference?[]? Pipeline { get; set; }

    /// <summary>The stages of pipelines.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(StageCompleter))]
    [Filter("pipeline_stage_ids", Entity = CopperEntityNames.PipelineStage)]
    public CopperReference?[]? Stage { get; set; }

    /// <summary>Open, Won, Lost or Abandoned, or the numbers 0 to 3 that the service has for them.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [OpportunityStatus]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>None, Low, Medium or High.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [Priority]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [ValidateNotNullOrEmpty]
    [Filter("priorities")]
    public string[]? Priority { get; set; }

    /// <summary>The companies; null for opportunities without one.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [AllowNull]
    [Filter("company_ids", Entity = CopperEntityNames.Company, AllowsNone = true)]
    public CopperReference?[]? Company { get; set; }

    /// <summary>The company's name.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("company_name")]
    public string? CompanyName { get; set; }

    /// <summary>The people to turn to first.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [Filter("primary_contact_ids", Entity = CopperEntityNames.Person)]
    public CopperReference?[]? PrimaryContact { get; set; }

    /// <summary>The customer sources; null for opportunities without one.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [AllowNull]
    [ArgumentCompleter(typeof(CustomerSourceCompleter))]
    [Filter("customer_source_ids", Entity = CopperEntityNames.CustomerSource, AllowsNone = true)]
    public CopperReference?[]? CustomerSource { get; set; }

    /// <summary>The reasons why they were lost; null for opportunities without one.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [AllowNull]
    [ArgumentCompleter(typeof(LossReasonCompleter))]
    [Filter("loss_reason_ids", Entity = CopperEntityNames.LossReason, AllowsNone = true)]
    public CopperReference?[]? LossReason { get; set; }

    /// <summary>Worth at least so much.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [MoneyTransformation]
    [Alias("MinimumMonetaryValue")]
    [Filter("minimum_monetary_value")]
    public decimal? MinimumValue { get; set; }

    /// <summary>Worth at most so much.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [MoneyTransformation]
    [Alias("MaximumMonetaryValue")]
    [Filter("maximum_monetary_value")]
    public decimal? MaximumValue { get; set; }

    /// <summary>Won with at least this probability.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(0, 100)]
    [Filter("minimum_win_probability")]
    [WholeNumberTransformation]
    public int MinimumWinProbability { get; set; }

    /// <summary>Won with at most this probability.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(0, 100)]
    [Filter("maximum_win_probability")]
    [WholeNumberTransformation]
    public int MaximumWinProbability { get; set; }

    /// <summary>Closes on this day or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation(IsCalendarDate = true)]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("CloseDateAfter")]
    [Filter("minimum_close_date")]
    public DateTimeOffset ClosesAfter { get; set; }

    /// <summary>Closes on this day or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation(IsCalendarDate = true)]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("CloseDateBefore")]
    [Filter("maximum_close_date")]
    public DateTimeOffset ClosesBefore { get; set; }

    /// <summary>Won, lost or abandoned, with a close date of this day or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation(IsCalendarDate = true)]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("ClosedSince")]
    [Filter("minimum_close_date")]
    public DateTimeOffset ClosedAfter { get; set; }

    /// <summary>Won, lost or abandoned, with a close date of this day or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation(IsCalendarDate = true)]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Filter("maximum_close_date")]
    public DateTimeOffset ClosedBefore { get; set; }

    /// <summary>Came to its stage at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("DateStageChangedAfter")]
    [Filter("minimum_stage_change_date")]
    public DateTimeOffset StageChangedAfter { get; set; }

    /// <summary>Came to its stage at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("DateStageChangedBefore")]
    [Filter("maximum_stage_change_date")]
    public DateTimeOffset StageChangedBefore { get; set; }

    /// <summary>
    /// The names of stages mean those of the pipelines that are given; without one a name must be that of one stage only.
    /// </summary>
    private protected override object? ResolveCriterion(object? value, string? entity)
    {
        if (entity != CopperEntityNames.PipelineStage || value is not CopperReference?[] stages)
        {
            return base.ResolveCriterion(value, entity);
        }

        var pipelines = ((CopperReference?[]?)WithIds(Pipeline, CopperEntityNames.Pipeline))
            ?.OfType<CopperReference>()
            .Select(static pipeline => RequestValueConverter.IdOf(pipeline, CopperEntityNames.Pipeline))
            .ToArray();
        return stages.SelectMany(stage => stage is { Name.Length: > 0 } ? StagesOf(stage, pipelines) : [stage is null ? null : Own(stage)])
            .ToArray();
    }

    private IEnumerable<CopperReference?> StagesOf(CopperReference stage, long[]? pipelines)
    {
        var choice = Await(token => Resolver.FindStagesAsync(stage, pipelines, token));
        return pipelines is null ? [stage.WithId(choice.In(null).Id)] : choice.Found.Select(found => stage.WithId(found.Id));
    }

    private protected override void AddFilters(JsonBody filter)
    {
        base.AddFilters(filter);
        RejectBoth(nameof(ClosesAfter), nameof(ClosedAfter));
        RejectBoth(nameof(ClosesBefore), nameof(ClosedBefore));
        var isOfClosed = IsBound(nameof(ClosedAfter)) || IsBound(nameof(ClosedBefore));
        var statuses = Status?.Select(NumberOf).ToArray()
            ?? (isOfClosed ? [NumberOf("Won"), NumberOf("Lost"), NumberOf("Abandoned")] : null);
        if (isOfClosed && statuses!.Contains(NumberOf("Open")))
        {
            throw RequestValueConverter.Reject(
                "-ClosedAfter and -ClosedBefore are about opportunities that are no longer open. With -Status Open, -ClosesAfter and "
                    + "-ClosesBefore name the days between which they are expected to close.",
                Status);
        }

        if (statuses is not null)
        {
            filter["status_ids"] = statuses;
        }
    }

    private void RejectBoth(string expected, string closed)
    {
        if (IsBound(expected) && IsBound(closed))
        {
            throw RequestValueConverter.Reject($"-{expected} and -{closed} are two bounds of one date. Give one of them.", null);
        }
    }

    /// <summary>
    /// Records show the status as text, searches want its number (developer.copper.com/opportunities/list-opportunities-search).
    /// </summary>
    private static int NumberOf(string status)
    {
        var words = new OpportunityStatusAttribute().Words;
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == status)
            {
                return i;
            }
        }

        return int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw RequestValueConverter.UnknownWord(nameof(Status), status, words, "give the number that searches have for it.");
    }
}
