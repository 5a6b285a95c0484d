using Copper.Client.Json;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.FlatRecords;

/// <summary>The columns that every record of an entity has, whatever the account: the same ones in the same order for each.</summary>
internal static class FlatColumns
{
    /// <summary>E-mail addresses and phone numbers have so many columns; further ones stand in the last of them.</summary>
    private const int Several = 3;

    private static readonly Dictionary<string, IReadOnlyList<FlatColumn>> ByEntity = new()
    {
        ["person"] = Person(),
        ["company"] = Company(),
        ["lead"] = Lead(),
        ["opportunity"] = Opportunity(),
        ["project"] = Project(),
        ["task"] = Task(),
        ["activity"] = Activity(),
    };

    /// <summary>The columns of each of the seven entities.</summary>
    public static IEnumerable<KeyValuePair<string, IReadOnlyList<FlatColumn>>> All => ByEntity;

    /// <summary>The columns of an entity; null when it is none of the seven.</summary>
    public static IReadOnlyList<FlatColumn>? Of(string entity) => ByEntity.TryGetValue(entity, out var columns) ? columns : null;

    /// <summary>The columns of a record; null when it is of none of the seven entities, or only stands for such a record, as a related item does.</summary>
    public static IReadOnlyList<FlatColumn>? Of(ICopperRecord record) =>
        record is CopperPerson or CopperCompany or CopperLead or CopperOpportunity or CopperProject or CopperTask or CopperActivity
            ? Of(record.GetEntityType())
            : null;

    private static FlatColumn[] Person() =>
    [
        Id,
        Of<CopperPerson>("Name", static person => person.Name),
        Of<CopperPerson>("Prefix", static person => person.Prefix),
        Of<CopperPerson>("FirstName", static person => person.FirstName),
        Of<CopperPerson>("MiddleName", static person => person.MiddleName),
        Of<CopperPerson>("LastName", static person => person.LastName),
        Of<CopperPerson>("Suffix", static person => person.Suffix),
        Of<CopperPerson>("Title", static person => person.Title),
        Of<CopperPerson>("Company", static person => person.CompanyName),
        Of<CopperPerson>("CompanyId", static person => person.CompanyId),
        FlatColumn.Of<CopperPerson>("ContactType", static (person, names) => names.ContactType(person.ContactTypeId)),
        FlatColumn.Of<CopperPerson>("Assignee", static (person, names) => names.User(person.AssigneeId)),
        .. Numbered<CopperPerson>("Email", static person => person.Emails),
        .. Numbered<CopperPerson>("Phone", static person => person.PhoneNumbers),
        .. Address(),
        Of<CopperPerson>("Website", static person => Join(person.Websites)),
        Of<CopperPerson>("Social", static person => Join(person.Socials)),
        Tags,
        Of<CopperPerson>("Details", static person => person.Details),
        Of<CopperPerson>("MonetaryValue", static person => person.MonetaryValue),
        Of<CopperPerson>("MonetaryUnit", static person => person.MonetaryUnit),
        Of<CopperPerson>("ConvertedValue", static person => person.ConvertedValue),
        Of<CopperPerson>("ConvertedUnit", static person => person.ConvertedUnit),
        Of<CopperPerson>("InteractionCount", static person => person.InteractionCount),
        Time<CopperPerson>("DateLastContacted", static person => person.DateLastContacted),
        Time<CopperPerson>("DateLeadCreated", static person => person.DateLeadCreated),
        Time<CopperPerson>("DateCreated", static person => person.DateCreated),
        Time<CopperPerson>("DateModified", static person => person.DateModified),
    ];

    private static FlatColumn[] Company() =>
    [
        Id,
        Of<CopperCompany>("Name", static company => company.Name),
        FlatColumn.Of<CopperCompany>("ContactType", static (company, names) => names.ContactType(company.ContactTypeId)),
        FlatColumn.Of<CopperCompany>("Assignee", static (company, names) => names.User(company.AssigneeId)),
        Of<CopperCompany>("PrimaryContactId", static company => company.PrimaryContactId),
        Of<CopperCompany>("EmailDomain", static company => company.EmailDomain),
        .. Numbered<CopperCompany>("Phone", static company => company.PhoneNumbers),
        .. Address(),
        Of<CopperCompany>("Website", static company => Join(company.Websites)),
        Of<CopperCompany>("Social", static company => Join(company.Socials)),
        Tags,
        Of<CopperCompany>("Details", static company => company.Details),
        Of<CopperCompany>("InteractionCount", static company => company.InteractionCount),
        Time<CopperCompany>("DateLastContacted", static company => company.DateLastContacted),
        Time<CopperCompany>("DateCreated", static company => company.DateCreated),
        Time<CopperCompany>("DateModified", static company => company.DateModified),
    ];

    private static FlatColumn[] Lead() =>
    [
        Id,
        Of<CopperLead>("Name", static lead => lead.Name),
        Of<CopperLead>("Prefix", static lead => lead.Prefix),
        Of<CopperLead>("FirstName", static lead => lead.FirstName),
        Of<CopperLead>("MiddleName", static lead => lead.MiddleName),
        Of<CopperLead>("LastName", static lead => lead.LastName),
        Of<CopperLead>("Suffix", static lead => lead.Suffix),
        Of<CopperLead>("Title", static lead => lead.Title),
        Of<CopperLead>("Company", static lead => lead.CompanyName),
        FlatColumn.Of<CopperLead>("Status", static (lead, names) => string.IsNullOrEmpty(lead.Status) ? names.LeadStatus(lead.StatusId) : lead.Status),
        FlatColumn.Of<CopperLead>("CustomerSource", static (lead, names) => names.CustomerSource(lead.CustomerSourceId)),
        Of<CopperLead>("MonetaryValue", static lead => lead.MonetaryValue),
        Of<CopperLead>("MonetaryUnit", static lead => lead.MonetaryUnit),
        FlatColumn.Of<CopperLead>("Assignee", static (lead, names) => names.User(lead.AssigneeId)),
        Of<CopperLead>("Email", static lead => Join(lead.Emails)),
        .. Numbered<CopperLead>("Phone", static lead => lead.PhoneNumbers),
        .. Address(),
        Of<CopperLead>("Website", static lead => Join(lead.Websites)),
        Of<CopperLead>("Social", static lead => Join(lead.Socials)),
        Tags,
        Of<CopperLead>("Details", static lead => lead.Details),
        Of<CopperLead>("ConvertedValue", static lead => lead.ConvertedValue),
        Of<CopperLead>("ConvertedUnit", static lead => lead.ConvertedUnit),
        Of<CopperLead>("ConvertedContactId", static lead => lead.ConvertedContactId),
        Of<CopperLead>("ConvertedOpportunityId", static lead => lead.ConvertedOpportunityId),
        Time<CopperLead>("ConvertedAt", static lead => lead.ConvertedAt),
        Of<CopperLead>("InteractionCount", static lead => lead.InteractionCount),
        Time<CopperLead>("DateLastContacted", static lead => lead.DateLastContacted),
        Time<CopperLead>("DateCreated", static lead => lead.DateCreated),
        Time<CopperLead>("DateModified", static lead => lead.DateModified),
    ];

    private static FlatColumn[] Opportunity() =>
    [
        Id,
        Of<CopperOpportunity>("Name", static deal => deal.Name),
        Of<CopperOpportunity>("Company", static deal => deal.CompanyName),
        Of<CopperOpportunity>("CompanyId", static deal => deal.CompanyId),
        Of<CopperOpportunity>("PrimaryContactId", static deal => deal.PrimaryContactId),
        FlatColumn.Of<CopperOpportunity>("Pipeline", static (deal, names) => names.Pipeline(deal.PipelineId)),
        FlatColumn.Of<CopperOpportunity>("Stage", static (deal, names) => names.Stage(deal.PipelineStageId)),
        Of<CopperOpportunity>("Status", static deal => deal.Status),
        Of<CopperOpportunity>("Priority", static deal => deal.Priority),
        Of<CopperOpportunity>("MonetaryValue", static deal => deal.MonetaryValue),
        Of<CopperOpportunity>("MonetaryUnit", static deal => deal.MonetaryUnit),
        Of<CopperOpportunity>("WinProbability", static deal => deal.WinProbability),
        Of<CopperOpportunity>("CloseDate", static deal => FlatNames.Day(deal.CloseDate)),
        FlatColumn.Of<CopperOpportunity>("CustomerSource", static (deal, names) => names.CustomerSource(deal.CustomerSourceId)),
        FlatColumn.Of<CopperOpportunity>("LossReason", static (deal, names) => names.LossReason(deal.LossReasonId)),
        FlatColumn.Of<CopperOpportunity>("Assignee", static (deal, names) => names.User(deal.AssigneeId)),
        Tags,
        Of<CopperOpportunity>("Details", static deal => deal.Details),
        Of<CopperOpportunity>("ConvertedValue", static deal => deal.ConvertedValue),
        Of<CopperOpportunity>("ConvertedUnit", static deal => deal.ConvertedUnit),
        Of<CopperOpportunity>("InteractionCount", static deal => deal.InteractionCount),
        Time<CopperOpportunity>("DateStageChanged", static deal => deal.DateStageChanged),
        Time<CopperOpportunity>("DateLastContacted", static deal => deal.DateLastContacted),
        Time<CopperOpportunity>("DateLeadCreated", static deal => deal.DateLeadCreated),
        Time<CopperOpportunity>("DateCreated", static deal => deal.DateCreated),
        Time<CopperOpportunity>("DateModified", static deal => deal.DateModified),
    ];

    private static FlatColumn[] Project() =>
    [
        Id,
        Of<CopperProject>("Name", static project => project.Name),
        Of<CopperProject>("Status", static project => project.Status),
        .. Related<CopperProject>(static project => project.RelatedResource),
        FlatColumn.Of<CopperProject>("Assignee", static (project, names) => names.User(project.AssigneeId)),
        Tags,
        Of<CopperProject>("Details", static project => project.Details),
        Time<CopperProject>("DateCreated", static project => project.DateCreated),
        Time<CopperProject>("DateModified", static project => project.DateModified),
    ];

    private static FlatColumn[] Task() =>
    [
        Id,
        Of<CopperTask>("Name", static task => task.Name),
        Of<CopperTask>("Status", static task => task.Status),
        Of<CopperTask>("Priority", static task => task.Priority),
        Time<CopperTask>("DueDate", static task => task.DueDate),
        Time<CopperTask>("ReminderDate", static task => task.ReminderDate),
        Time<CopperTask>("CompletedDate", static task => task.CompletedDate),
        Of<CopperTask>("CustomActivityTypeId", static task => task.CustomActivityTypeId),
        .. Related<CopperTask>(static task => task.RelatedResource),
        FlatColumn.Of<CopperTask>("Assignee", static (task, names) => names.User(task.AssigneeId)),
        Tags,
        Of<CopperTask>("Details", static task => task.Details),
        Time<CopperTask>("DateCreated", static task => task.DateCreated),
        Time<CopperTask>("DateModified", static task => task.DateModified),
    ];

    private static FlatColumn[] Activity() =>
    [
        Id,
        Time<CopperActivity>("ActivityDate", static activity => activity.ActivityDate),
        FlatColumn.Of<CopperActivity>("ActivityType", static (activity, names) => names.ActivityType(activity.Type)),
        Of<CopperActivity>("Category", static activity => activity.Type?.Category),
        .. Related<CopperActivity>(static activity => activity.Parent),
        FlatColumn.Of<CopperActivity>("User", static (activity, names) => names.User(activity.UserId)),
        Of<CopperActivity>("Details", static activity => activity.Details?.ToString()),
        Of<CopperActivity>("OldValue", static activity => activity.OldValue?.ToString()),
        Of<CopperActivity>("NewValue", static activity => activity.NewValue?.ToString()),
        Time<CopperActivity>("DateCreated", static activity => activity.DateCreated),
        Time<CopperActivity>("DateModified", static activity => activity.DateModified),
    ];

    private static FlatColumn Id => new("Id", static (record, _) => record.Id);

    private static FlatColumn Tags => new("Tags", static (record, _) => Join(((ITaggedRecord)record).Tags));

    private static FlatColumn Of<T>(string name, Func<T, object?> read)
        where T : class, ICopperRecord => FlatColumn.Of<T>(name, (record, _) => read(record));

    private static FlatColumn Time<T>(string name, Func<T, DateTimeOffset?> read)
        where T : class, ICopperRecord => FlatColumn.Of<T>(name, (record, names) => names.Time(read(record)));

    /// <summary>Email, Email2, Email3: an item each, and in the last column all that are left.</summary>
    private static IEnumerable<FlatColumn> Numbered<T>(string name, Func<T, IReadOnlyList<CopperContactPoint>> read)
        where T : class, ICopperRecord => Enumerable.Range(1, Several).Select(number => Of<T>(
            number == 1 ? name : name + number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            record => Join(read(record).Skip(number - 1).Take(number == Several ? int.MaxValue : 1))));

    private static IEnumerable<FlatColumn> Related<T>(Func<T, CopperRelatedResource?> read)
        where T : class, ICopperRecord => [Of<T>("RelatedType", record => read(record)?.Type), Of<T>("RelatedId", record => read(record)?.Id)];

    private static FlatColumn[] Address() =>
    [
        AddressPart("Street", static address => address.Street),
        AddressPart("City", static address => address.City),
        AddressPart("State", static address => address.State),
        AddressPart("PostalCode", static address => address.PostalCode),
        AddressPart("Country", static address => address.Country),
    ];

    private static FlatColumn AddressPart(string name, Func<CopperAddress, string?> read) =>
        new(name, (record, _) => ((IAddressedRecord)record).Address is { } address ? read(address) : null);

    private static string Join(IEnumerable<object> items) => new CopperList<object>(items).ToString();
}
