using System.Dynamic;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A company (developer.copper.com/companies/fetch-a-company-by-id). Any member may be missing: null, or an empty list.</summary>
public sealed class CopperCompany : CopperRecord, ITaggedRecord, ICustomFieldRecord, IContactRecord, IDynamicMetaObjectProvider
{
    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The domain of its e-mail addresses, for example example.com; unique among companies.</summary>
    public string? EmailDomain { get; set; }

    /// <summary>Further domains, as the service sends them. Not documented; null wherever it was seen.</summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? EmailDomains { get; set; }

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

    /// <summary>The id of the person to turn to first.</summary>
    public long? PrimaryContactId { get; set; }

    /// <summary>The tags.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public CopperList<string> Tags { get; set; } = [];

    /// <summary>Free text.</summary>
    public string? Details { get; set; }

    /// <summary>The id of the user who owns the company.</summary>
    public long? AssigneeId { get; set; }

    /// <summary>The name of the user who owns the company.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? Assignee { get => field ?? NameOf(NameList.Users, AssigneeId); set; }

    /// <summary>The id of the contact type.</summary>
    public long? ContactTypeId { get; set; }

    /// <summary>The name of the contact type.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? ContactType { get => field ?? NameOf(NameList.ContactTypes, ContactTypeId); set; }

    /// <summary>The custom fields that have a value, and those available on companies that have none.</summary>
    [JsonConverter(typeof(CustomFieldListConverter))]
    public CopperCustomFieldList CustomFields { get; set; } = [];

    /// <summary>The number of interactions (e-mails, calls, meetings).</summary>
    public long? InteractionCount { get; set; }

    /// <summary>When the record was created (UTC).</summary>
    public DateTimeOffset? DateCreated { get; set; }

    /// <summary>When it was last updated (UTC).</summary>
    public DateTimeOffset? DateModified { get; set; }

    /// <summary>When the company was last in touch (UTC).</summary>
    public DateTimeOffset? DateLastContacted { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<NameReference> NameReferences => References(
        (NameList.Users, AssigneeId), (NameList.ContactTypes, ContactTypeId));

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new RecordMembers(parameter, this);

    string ICopperRecord.GetEntityType() => CopperEntityNames.Company;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? $"{CopperEntityNames.Company} {Id}";
}
