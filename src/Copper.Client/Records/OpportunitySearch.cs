using System.Globalization;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A search for opportunities (developer.copper.com/opportunities/list-opportunities-search).</summary>
public sealed class OpportunitySearch : NamedSearch
{
    private const string PipelineMember = "pipeline_ids";
    private const string StatusMember = "status_ids";

    /// <summary>A search for all of them, until criteria are set.</summary>
    public OpportunitySearch()
        : base(CopperEntities.Opportunity)
    {
    }

    /// <summary>The statuses by their numbers: 0 open, 1 won, 2 lost, 3 abandoned.</summary>
    public IReadOnlyList<long>? StatusIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The statuses: Open, Won, Lost, Abandoned.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public IReadOnlyList<string>? Statuses
    {
        get => StatusIds?
            .Select(static id => id >= 0 && id < Words.Count ? Words[(int)id] : id.ToString(CultureInfo.InvariantCulture)).ToArray();
        set => Set(
            CheckWords(value, Words, member: StatusMember)?.Select(static word => (long)Words.ToList().IndexOf(word)).ToArray(),
            nameof(StatusIds),
            nameof(Statuses));
    }

    private static IReadOnlyList<string> Words => CopperVocabulary.OpportunityStatuses;

    /// <summary>The ids of the pipelines.</summary>
    public IReadOnlyList<long>? PipelineIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The names of the pipelines.</summary>
    public IReadOnlyList<string>? Pipelines
    {
        get => GetNames(nameof(PipelineIds));
        set => SetNames(value, CopperEntityNames.Pipeline, nameof(PipelineIds));
    }

    /// <summary>The ids of the stages.</summary>
    public IReadOnlyList<long>? PipelineStageIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The names of the stages: of the pipelines that are given, or of all.</summary>
    public IReadOnlyList<string>? Stages
    {
        get => GetNames(nameof(PipelineStageIds));
        set => SetNames(value, nameof(PipelineStageIds), async (account, filter, token) =>
        {
            var pipelines = filter.Contains(PipelineMember) ? filter[PipelineMember] as IReadOnlyList<long> : null;
            var ids = new List<long>();
            foreach (var name in value!)
            {
                ids.AddRange(await account.FindStagesAsync(name, pipelines, token).ConfigureAwait(false));
            }

            return ids.Distinct().ToArray();
        });
    }

    /// <summary>None, Low, Medium or High.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public IReadOnlyList<string>? Priorities
    {
        get => Get<IReadOnlyList<string>>();
        set => SetWords(value, CopperVocabulary.Priorities);
    }

    /// <summary>The ids of the companies. <see cref="SearchQuery.None"/> finds those that have none.</summary>
    public IReadOnlyList<long>? CompanyIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The company's name.</summary>
    public string? CompanyName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The ids of the people to turn to first.</summary>
    public IReadOnlyList<long>? PrimaryContactIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The ids of the customer sources. <see cref="SearchQuery.None"/> finds those that have none.</summary>
    public IReadOnlyList<long>? CustomerSourceIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The names of the customer sources.</summary>
    public IReadOnlyList<string>? CustomerSources
    {
        get => GetNames(nameof(CustomerSourceIds));
        set => SetNames(value, CopperEntityNames.CustomerSource, nameof(CustomerSourceIds));
    }

    /// <summary>The ids of the reasons why they were lost. <see cref="SearchQuery.None"/> finds those that have none.</summary>
    public IReadOnlyList<long>? LossReasonIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The names of the reasons why they were lost.</summary>
    public IReadOnlyList<string>? LossReasons
    {
        get => GetNames(nameof(LossReasonIds));
        set => SetNames(value, CopperEntityNames.LossReason, nameof(LossReasonIds));
    }

    /// <summary>The most seconds since the record was created.</summary>
    public long? Age
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>Worth at least this.</summary>
    public decimal? MinimumMonetaryValue
    {
        get => Get<decimal?>();
        set => Set(value);
    }

    /// <summary>Worth at most this.</summary>
    public decimal? MaximumMonetaryValue
    {
        get => Get<decimal?>();
        set => Set(value);
    }

    /// <summary>With a probability to be won, in percent, of at least this.</summary>
    public int? MinimumWinProbability
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>With a probability to be won, in percent, of at most this.</summary>
    public int? MaximumWinProbability
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>Expected to close at this time or later.</summary>
    public DateTimeOffset? MinimumCloseDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Expected to close at this time or earlier.</summary>
    public DateTimeOffset? MaximumCloseDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Came to its stage at this time or later.</summary>
    public DateTimeOffset? MinimumStageChangeDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Came to its stage at this time or earlier.</summary>
    public DateTimeOffset? MaximumStageChangeDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>With interactions in a number of at least this.</summary>
    public long? MinimumInteractionCount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>With interactions in a number of at most this.</summary>
    public long? MaximumInteractionCount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>Last interaction at this time or later.</summary>
    public DateTimeOffset? MinimumInteractionDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Last interaction at this time or earlier.</summary>
    public DateTimeOffset? MaximumInteractionDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }
}
