using System.Dynamic;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// An opportunity (developer.copper.com/opportunities/fetch-an-opportunity-by-id). Any member may be missing: null, or an empty list.
/// </summary>
public sealed class CopperOpportunity : CopperRecord, ITaggedRecord, ICustomFieldRecord, IDynamicMetaObjectProvider
{
    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Open, Won, Lost or Abandoned; other words may come.</summary>
    public string? Status { get; set; }

    /// <summary>What it may be worth, in units of the currency.</summary>
    public decimal? MonetaryValue { get; set; }

    /// <summary>The currency, for example USD.</summary>
    public string? MonetaryUnit { get; set; }

    /// <summary>The day on which it is expected to close: a calendar date without a time zone, at midnight.</summary>
    public DateTime? CloseDate { get; set; }

    /// <summary>How likely it is won, 0 to 100.</summary>
    public long? WinProbability { get; set; }

    /// <summary>None, Low, Medium or High; other words may come.</summary>
    public string? Priority { get; set; }

    /// <summary>The id of the company.</summary>
    public long? CompanyId { get; set; }

    /// <summary>The company's name.</summary>
    public string? CompanyName { get; set; }

    /// <summary>The id of the person to turn to first.</summary>
    public long? PrimaryContactId { get; set; }

    /// <summary>The id of the pipeline.</summary>
    public long? PipelineId { get; set; }

    /// <summary>The name of the pipeline.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? Pipeline { get => field ?? NameOf(NameList.Pipelines, PipelineId); set; }

    /// <summary>The id of the stage within the pipeline.</summary>
    public long? PipelineStageId { get; set; }

    /// <summary>The name of the stage within the pipeline.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? Stage { get => field ?? NameOf(NameList.PipelineStages, PipelineStageId); set; }

    /// <summary>The kind of pipeline. Not documented, but seen.</summary>
    public string? PipelineType { get; set; }

    /// <summary>The pipeline is about revenue. Not documented, but seen.</summary>
    public bool? PipelineIsRevenue { get; set; }

    /// <summary>The id of the customer source.</summary>
    public long? CustomerSourceId { get; set; }

    /// <summary>The name of the customer source.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? CustomerSource { get => field ?? NameOf(NameList.CustomerSources, CustomerSourceId); set; }

    /// <summary>The id of the reason why it was lost.</summary>
    public long? LossReasonId { get; set; }

    /// <summary>The name of the reason why it was lost.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? LossReason { get => field ?? NameOf(NameList.LossReasons, LossReasonId); set; }

    /// <summary>The tags.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public CopperList<string> Tags { get; set; } = [];

    /// <summary>Free text.</summary>
    public string? Details { get; set; }

    /// <summary>The id of the user who owns the opportunity.</summary>
    public long? AssigneeId { get; set; }

    /// <summary>The name of the user who owns the opportunity.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? Assignee { get => field ?? NameOf(NameList.Users, AssigneeId); set; }

    /// <summary>The custom fields that have a value, and those available on opportunities that have none.</summary>
    [JsonConverter(typeof(CustomFieldListConverter))]
    public CopperCustomFieldList CustomFields { get; set; } = [];

    /// <summary>The number of interactions (e-mails, calls, meetings).</summary>
    public long? InteractionCount { get; set; }

    /// <summary>The leads that became this opportunity.</summary>
    [JsonConverter(typeof(ObjectListConverter<CopperList<AdditionalMembers>, AdditionalMembers>))]
    public CopperList<AdditionalMembers> LeadsConvertedFrom { get; set; } = [];

    /// <summary>The amount in the account's currency. The service sends it as text or as a number.</summary>
    public decimal? ConvertedValue { get; set; }

    /// <summary>The account's currency.</summary>
    public string? ConvertedUnit { get; set; }

    /// <summary>When the record was created (UTC).</summary>
    public DateTimeOffset? DateCreated { get; set; }

    /// <summary>When it was last updated (UTC).</summary>
    public DateTimeOffset? DateModified { get; set; }

    /// <summary>When it came to its stage (UTC).</summary>
    public DateTimeOffset? DateStageChanged { get; set; }

    /// <summary>When the customer was last in touch (UTC).</summary>
    public DateTimeOffset? DateLastContacted { get; set; }

    /// <summary>When the lead that became this opportunity was created (UTC).</summary>
    public DateTimeOffset? DateLeadCreated { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<NameReference> NameReferences => References(
        (NameList.Users, AssigneeId),
        (NameList.Pipelines, PipelineId),
        (NameList.PipelineStages, PipelineStageId),
        (NameList.CustomerSources, CustomerSourceId),
        (NameList.LossReasons, LossReasonId));

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new RecordMembers(parameter, this);

    string ICopperRecord.GetEntityType() => CopperEntityNames.Opportunity;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? $"{CopperEntityNames.Opportunity} {Id}";
}
