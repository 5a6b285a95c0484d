using System.Dynamic;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A person (developer.copper.com/people/fetch-a-person-by-id). Any member may be missing: null, or an empty list.</summary>
public sealed class CopperPerson : CopperRecord, ITaggedRecord, ICustomFieldRecord, IContactRecord, IPersonalRecord,
    IDynamicMetaObjectProvider
{
    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The full name.</summary>
    public string? Name { get; set; }

    /// <summary>The job title.</summary>
    public string? Title { get; set; }

    /// <summary>The company's name.</summary>
    public string? CompanyName { get; set; }

    /// <summary>The address of the first e-mail; null when there is none.</summary>
    [JsonIgnore]
    public string? Email => Emails.Count == 0 ? null : Emails[0].Email;

    /// <summary>The e-mail addresses; unique among people.</summary>
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

    /// <summary>The id of the company.</summary>
    public long? CompanyId { get; set; }

    /// <summary>The id of the user who owns the person.</summary>
    public long? AssigneeId { get; set; }

    /// <summary>The name of the user who owns the person.</summary>
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

    /// <summary>The custom fields that have a value, and those available on people that have none.</summary>
    [JsonConverter(typeof(CustomFieldListConverter))]
    public CopperCustomFieldList CustomFields { get; set; } = [];

    /// <summary>The number of interactions (e-mails, calls, meetings).</summary>
    public long? InteractionCount { get; set; }

    /// <summary>The leads that became this person.</summary>
    [JsonConverter(typeof(ObjectListConverter<CopperList<AdditionalMembers>, AdditionalMembers>))]
    public CopperList<AdditionalMembers> LeadsConvertedFrom { get; set; } = [];

    /// <summary>An amount of money on the person, in units of <see cref="MonetaryUnit"/>. Not documented, but seen.</summary>
    public decimal? MonetaryValue { get; set; }

    /// <summary>The currency of <see cref="MonetaryValue"/>.</summary>
    public string? MonetaryUnit { get; set; }

    /// <summary>The amount in the account's currency.</summary>
    public decimal? ConvertedValue { get; set; }

    /// <summary>The account's currency.</summary>
    public string? ConvertedUnit { get; set; }

    /// <summary>When the record was created (UTC).</summary>
    public DateTimeOffset? DateCreated { get; set; }

    /// <summary>When it was last updated (UTC).</summary>
    public DateTimeOffset? DateModified { get; set; }

    /// <summary>When the person was last in touch (UTC).</summary>
    public DateTimeOffset? DateLastContacted { get; set; }

    /// <summary>When the lead that became this person was created (UTC).</summary>
    public DateTimeOffset? DateLeadCreated { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<NameReference> NameReferences => References(
        (NameList.Users, AssigneeId), (NameList.ContactTypes, ContactTypeId));

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new RecordMembers(parameter, this);

    string ICopperRecord.GetEntityType() => CopperEntityNames.Person;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? $"{CopperEntityNames.Person} {Id}";
}
