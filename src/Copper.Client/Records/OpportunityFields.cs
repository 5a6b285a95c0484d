using System.Globalization;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields of an opportunity (developer.copper.com/opportunities).</summary>
public abstract class OpportunityFields : NamedFields
{
    private const string StageMember = "pipeline_stage_id";
    private const string PipelineMember = "pipeline_id";

    private protected OpportunityFields()
        : base(CopperEntities.Opportunity)
    {
    }

    /// <summary>The day on which it is expected to close. Only the day counts.</summary>
    public DateTime? CloseDate
    {
        get => GetDay();
        set => SetDay(value);
    }

    /// <summary>The id of the company.</summary>
    public long? CompanyId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The id of the person to turn to first.</summary>
    public long? PrimaryContactId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The id of the customer source.</summary>
    public long? CustomerSourceId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The name of the customer source.</summary>
    public string? CustomerSource
    {
        get => GetName();
        set => SetName(value, CopperEntityNames.CustomerSource);
    }

    /// <summary>The id of the reason why it was lost; goes with the status Lost only.</summary>
    public long? LossReasonId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The name of the reason why it was lost.</summary>
    public string? LossReason
    {
        get => GetName();
        set => SetName(value, CopperEntityNames.LossReason);
    }

    /// <summary>What it may be worth, in whole units of the currency.</summary>
    public decimal? MonetaryValue
    {
        get => Get<decimal?>();
        set => Set(value);
    }

    /// <summary>The id of the pipeline; by default the account's default pipeline.</summary>
    public long? PipelineId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The name of the pipeline.</summary>
    public string? Pipeline
    {
        get => GetName();
        set => SetName(value, CopperEntityNames.Pipeline);
    }

    /// <summary>The id of the stage; by default the first of the pipeline.</summary>
    public long? PipelineStageId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>
    /// The name of the stage: of the pipeline that is given, or the only one of that name. Where no pipeline is given, that of the stage is
    /// sent with it.
    /// </summary>
    public string? Stage
    {
        get => GetWaiting(StageMember) as string;
        set => SetWaiting(StageMember, value, (account, fields, token) => FindStageAsync(account, fields, value!, token));
    }

    /// <summary>None, Low, Medium or High.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public string? Priority
    {
        get => Get<string>();
        set => SetWord(value, CopperVocabulary.Priorities);
    }

    /// <summary>Open, Won, Lost or Abandoned.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public string? Status
    {
        get => Get<string>();
        set => SetWord(value, CopperVocabulary.OpportunityStatuses);
    }

    /// <summary>How likely it is won, in percent: 0 to 100.</summary>
    public int? WinProbability
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The id of a stage by its name. Where the fields have no pipeline, they get that of the stage.</summary>
    internal static async Task<object?> FindStageAsync(
        IAccountNames account, JsonBody fields, string name, CancellationToken cancellationToken)
    {
        long? pipeline = fields.Contains(PipelineMember) && fields[PipelineMember] is { } given
            ? Convert.ToInt64(given, CultureInfo.InvariantCulture)
            : null;
        var stage = await account.FindStageAsync(name, pipeline, cancellationToken).ConfigureAwait(false);
        if (pipeline is null)
        {
            // Without it the service would take the account's default pipeline, which need not be that of the stage.
            fields[PipelineMember] = stage.PipelineId;
        }

        return stage.Id;
    }

    private protected override string MemberOf(string property) => property == nameof(Stage) ? StageMember : base.MemberOf(property);

    private protected override void Check(JsonBody fields)
    {
        if (IsTyped("win_probability") && WinProbability is < 0 or > 100)
        {
            throw new ArgumentException($"{nameof(WinProbability)} is a percentage from 0 to 100, not {WinProbability}.");
        }
    }
}
