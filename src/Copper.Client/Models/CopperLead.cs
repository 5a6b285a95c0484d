using System.Dynamic;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A lead (developer.copper.com/leads/fetch-a-lead-by-id). Any member may be missing: null, or an empty list.</summary>
public sealed class CopperLead : CopperRecord, ITaggedRecord, ICustomFieldRecord, IContactRecord, IPersonalRecord,
    IDynamicMetaObjectProvider
{
    private long? _customerSourceId;
    private long? _sourceId;
    private string? _status;

    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The full name.</summary>
    public string? Name { get; set; }

    /// <summary>The job title.</summary>
    public string? Title { get; set; }

    /// <summary>The company's name: free text, no link to a company.</summary>
    public string? CompanyName { get; set; }

    /// <summary>The e-mail address; null when there is none.</summary>
    [JsonIgnore]
    public string? Email => Emails.Count == 0 ? null : Emails[0].Email;

    /// <summary>The e-mail address with its category. The service keeps one at most, and sends it as a single object.</summary>
    [JsonPropertyName("email")]
    [JsonConverter(typeof(ObjectListConverter<CopperList<CopperEmail>, CopperEmail>))]
    public CopperList<CopperEmail> Emails { get; set; } = [];

    /// <summary>The phone numbers, as they were typed.</summary>
    [JsonConverter(typeof(ObjectListConverter<CopperList<CopperPhoneNumber>, CopperPhoneNumber>))]
    public CopperList<CopperPhoneNumber> PhoneNumbers { get; set; } = [];

    /// <summary>The postal address; null when there is none.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperAddress>))]
    public CopperAddress? Address { get; set; }

    /// <summary>The social profiles.</summary>
    [JsonConverter(typeof(ObjectListConverter<CopperList<CopperSocial>, CopperSocial>))]
    public CopperList<CopperSocial> Socials { get; set; } = [];

    /// <summary>The websites.</summary>
    [JsonConverter(typeof(ObjectListConverter<CopperList<CopperWebsite>, CopperWebsite>))]
    public CopperList<CopperWebsite> Websites { get; set; } = [];

    /// <summary>
    /// The status, by its name. The account decides which there are. Where the service sends the id alone, the name comes from the list
    /// of statuses, if the client has read it.
    /// </summary>
    public string? Status
    {
        get => string.IsNullOrEmpty(_status) ? NameOf(NameList.LeadStatuses, StatusId) ?? _status : _status;
        set => _status = value;
    }

    /// <summary>The id of the status.</summary>
    public long? StatusId { get; set; }

    /// <summary>
    /// The id of the customer source. Some responses name it source_id (the vendor's OpenAPI file), which counts where this is missing.
    /// </summary>
    public long? CustomerSourceId
    {
        get => _customerSourceId ?? _sourceId;
        set => _customerSourceId = value;
    }

    /// <summary>The name of the customer source.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? CustomerSource { get => field ?? NameOf(NameList.CustomerSources, CustomerSourceId); set; }

    /// <summary>The other name of the customer source's id, which is only read.</summary>
    [JsonInclude]
    [JsonPropertyName("source_id")]
    internal long? SourceId
    {
        get => null;
        set => _sourceId = value;
    }

    /// <summary>What the lead may be worth, in units of the currency.</summary>
    public decimal? MonetaryValue { get; set; }

    /// <summary>The currency, for example USD.</summary>
    public string? MonetaryUnit { get; set; }

    /// <summary>The tags.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public CopperList<string> Tags { get; set; } = [];

    /// <summary>Free text.</summary>
    public string? Details { get; set; }

    /// <summary>Part of the name before the first name.</summary>
    public string? Prefix { get; set; }

    /// <summary>The first name, told from <see cref="Name"/> by the service.</summary>
    public string? FirstName { get; set; }

    /// <summary>The middle name.</summary>
    public string? MiddleName { get; set; }

    /// <summary>The last name.</summary>
    public string? LastName { get; set; }

    /// <summary>Part of the name after the last name.</summary>
    public string? Suffix { get; set; }

    /// <summary>The id of the user who owns the lead.</summary>
    public long? AssigneeId { get; set; }

    /// <summary>The name of the user who owns the lead.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? Assignee { get => field ?? NameOf(NameList.Users, AssigneeId); set; }

    /// <summary>The custom fields that have a value, and those available on leads that have none.</summary>
    [JsonConverter(typeof(CustomFieldListConverter))]
    public CopperCustomFieldList CustomFields { get; set; } = [];

    /// <summary>The number of interactions (e-mails, calls, meetings).</summary>
    public long? InteractionCount { get; set; }

    /// <summary>When the record was created (UTC).</summary>
    public DateTimeOffset? DateCreated { get; set; }

    /// <summary>When it was last updated (UTC).</summary>
    public DateTimeOffset? DateModified { get; set; }

    /// <summary>When the lead was last in touch (UTC).</summary>
    public DateTimeOffset? DateLastContacted { get; set; }

    /// <summary>The amount in the account's currency. The service sends it as text or as a number.</summary>
    public decimal? ConvertedValue { get; set; }

    /// <summary>The account's currency.</summary>
    public string? ConvertedUnit { get; set; }

    /// <summary>When the lead was converted (UTC); null while it is not.</summary>
    public DateTimeOffset? ConvertedAt { get; set; }

    /// <summary>The id of the person that it was converted to.</summary>
    public long? ConvertedContactId { get; set; }

    /// <summary>The id of the opportunity that it was converted to.</summary>
    public long? ConvertedOpportunityId { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<NameReference> NameReferences => References(
        (NameList.Users, AssigneeId),
        (NameList.CustomerSources, CustomerSourceId),
        (NameList.LeadStatuses, string.IsNullOrEmpty(_status) ? StatusId : null));

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new RecordMembers(parameter, this);

    string ICopperRecord.GetEntityType() => CopperEntityNames.Lead;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? $"{CopperEntityNames.Lead} {Id}";
}
