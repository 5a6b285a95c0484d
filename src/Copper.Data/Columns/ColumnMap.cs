using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Data.Columns;

/// <summary>
/// The columns that every record of an entity has, whatever the account: the same ones in the same order for each record. Flat rows
/// are written by them, and rows of a file are read by them. Custom fields come after them, see <see cref="CustomFieldHeadings"/>.
/// </summary>
public sealed class ColumnMap
{
    /// <summary>E-mail addresses and phone numbers have so many columns; further ones stand in the last of them.</summary>
    private const int Several = 3;

    private const string ServerSet = "The service sets it.";
    private const string Identity = "It tells which record is meant.";
    private const string Currency = "The currency is the account's, and is not written.";
    private const string NotWritten = "No page of the service says that it can be written.";
    private const string Unknown = "It keeps what this version does not know; it is not flat.";

    /// <summary>Columns that the service sets and does not change afterwards.</summary>
    private static readonly string[] SetOnce =
        ["DateCreated", "DateLeadCreated", "ConvertedContactId", "ConvertedOpportunityId", "ConvertedAt"];

    /// <summary>The statuses of opportunities (developer.copper.com/opportunities).</summary>
    private static readonly string[] DealStatuses = ["Open", "Won", "Lost", "Abandoned"];

    /// <summary>The statuses of tasks and projects (developer.copper.com/tasks).</summary>
    private static readonly string[] WorkStatuses = ["Open", "Completed"];

    private static readonly string[] Priorities = ["None", "Low", "Medium", "High"];

    private readonly Dictionary<string, Column> _byName;

    private ColumnMap(string entity, Column[] columns, Dictionary<string, string> excluded)
    {
        Entity = entity;
        Columns = columns;
        Excluded = excluded;
        _byName = columns.ToDictionary(static column => column.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The maps of the seven entities.</summary>
    public static IReadOnlyList<ColumnMap> All { get; } =
    [
        new(CopperEntityNames.Person, Person(), new()
        {
            ["CustomFields"] = "Each field has a column of its own.",
            ["LeadsConvertedFrom"] = "A list of leads is not flat.",
            ["AdditionalMembers"] = Unknown,
        }),
        new(CopperEntityNames.Company, Company(), new()
        {
            ["EmailDomains"] = "Not documented, and empty in every published response; EmailDomain has the domain.",
            ["CustomFields"] = "Each field has a column of its own.",
            ["AdditionalMembers"] = Unknown,
        }),
        new(CopperEntityNames.Lead, Lead(), new()
        {
            ["StatusId"] = "Status shows the name.",
            ["CustomFields"] = "Each field has a column of its own.",
            ["AdditionalMembers"] = Unknown,
        }),
        new(CopperEntityNames.Opportunity, Opportunity(), new()
        {
            ["PipelineType"] = "Not documented; Pipeline names the pipeline.",
            ["PipelineIsRevenue"] = "Not documented; Pipeline names the pipeline.",
            ["LeadsConvertedFrom"] = "A list of leads is not flat.",
            ["CustomFields"] = "Each field has a column of its own.",
            ["AdditionalMembers"] = Unknown,
        }),
        new(CopperEntityNames.Project, Project(), new()
        {
            ["CustomFields"] = "Each field has a column of its own.",
            ["AdditionalMembers"] = Unknown,
        }),
        new(CopperEntityNames.Task, Task(), new()
        {
            ["CustomFields"] = "Each field has a column of its own.",
            ["AdditionalMembers"] = Unknown,
        }),
        new(CopperEntityNames.Activity, Activity(), new()
        {
            ["IsDeleted"] = "A deleted activity has nothing else to show.",
            ["AdditionalMembers"] = Unknown,
        }),
    ];

    /// <summary>The entity, in the API's singular word.</summary>
    public string Entity { get; }

    /// <summary>The columns in their order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The properties of the model that have no column, and why.</summary>
    public IReadOnlyDictionary<string, string> Excluded { get; }

    /// <summary>The map of an entity; null when it is none of the seven.</summary>
    /// <param name="entity">The API's singular word; case does not count.</param>
    public static ColumnMap? Of(string? entity) =>
        All.FirstOrDefault(map => string.Equals(map.Entity, entity, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The map of a record's entity; null when the record is of none of the seven entities, or only stands for such a record, as a
    /// related item does.
    /// </summary>
    public static ColumnMap? Of(ICopperRecord record) =>
        record is CopperPerson or CopperCompany or CopperLead or CopperOpportunity or CopperProject or CopperTask or CopperActivity
            ? Of(record.GetEntityType())
            : null;

    /// <summary>The column with this heading; case does not count. Null when there is none.</summary>
    public Column? Find(string heading) => _byName.TryGetValue(heading.Trim(), out var column) ? column : null;

    /// <inheritdoc/>
    public override string ToString() => Entity;

    private static Column[] Person() =>
    [
        Id(),
        .. Name<CopperPerson>(),
        Text<CopperPerson>("Title", "title", static person => person.Title),
        .. CompanyOf<CopperPerson>(static person => (person.CompanyId, person.CompanyName)),
        ListName<CopperPerson>("ContactType", "contact_type_id", NameList.ContactTypes, "ContactTypeId",
            static person => person.ContactTypeId),
        Assignee<CopperPerson>(static person => person.AssigneeId),
        .. Numbered<CopperPerson>("Email", ColumnKind.Email, "emails", "Emails", static person => person.Emails),
        .. Phones<CopperPerson>(),
        .. Address(),
        .. Links<CopperPerson>(),
        Tags(),
        Text<CopperPerson>("Details", "details", static person => person.Details),
        ReadOnly<CopperPerson>("MonetaryValue", ServerSet, static person => person.MonetaryValue),
        ReadOnly<CopperPerson>("MonetaryUnit", Currency, static person => person.MonetaryUnit),
        ReadOnly<CopperPerson>("ConvertedValue", ServerSet, static person => person.ConvertedValue),
        ReadOnly<CopperPerson>("ConvertedUnit", ServerSet, static person => person.ConvertedUnit),
        ReadOnly<CopperPerson>("InteractionCount", ServerSet, static person => person.InteractionCount),
        ReadOnlyTime<CopperPerson>("DateLastContacted", static person => person.DateLastContacted),
        ReadOnlyTime<CopperPerson>("DateLeadCreated", static person => person.DateLeadCreated),
        ReadOnlyTime<CopperPerson>("DateCreated", static person => person.DateCreated),
        ReadOnlyTime<CopperPerson>("DateModified", static person => person.DateModified),
    ];

    private static Column[] Company() =>
    [
        Id(),
        Text<CopperCompany>("Name", "name", static company => company.Name),
        ListName<CopperCompany>("ContactType", "contact_type_id", NameList.ContactTypes, "ContactTypeId",
            static company => company.ContactTypeId),
        Assignee<CopperCompany>(static company => company.AssigneeId),
        RecordId<CopperCompany>(
            "PrimaryContactId", "primary_contact_id", CopperEntityNames.Person, static company => company.PrimaryContactId),
        Text<CopperCompany>("EmailDomain", "email_domain", static company => company.EmailDomain),
        .. Phones<CopperCompany>(),
        .. Address(),
        .. Links<CopperCompany>(),
        Tags(),
        Text<CopperCompany>("Details", "details", static company => company.Details),
        ReadOnly<CopperCompany>("InteractionCount", ServerSet, static company => company.InteractionCount),
        ReadOnlyTime<CopperCompany>("DateLastContacted", static company => company.DateLastContacted),
        ReadOnlyTime<CopperCompany>("DateCreated", static company => company.DateCreated),
        ReadOnlyTime<CopperCompany>("DateModified", static company => company.DateModified),
    ];

    private static Column[] Lead() =>
    [
        Id(),
        .. Name<CopperLead>(),
        Text<CopperLead>("Title", "title", static lead => lead.Title),
        Make<CopperLead>("Company", ColumnKind.Text, "company_name", ["CompanyName"], static (lead, _) => lead.CompanyName),
        LeadStatus(),
        ListName<CopperLead>(
            "CustomerSource", "customer_source_id", NameList.CustomerSources, "CustomerSourceId", static lead => lead.CustomerSourceId),
        Make<CopperLead>(
            "MonetaryValue", ColumnKind.Number, "monetary_value", ["MonetaryValue"], static (lead, _) => lead.MonetaryValue),
        ReadOnly<CopperLead>("MonetaryUnit", Currency, static lead => lead.MonetaryUnit),
        Assignee<CopperLead>(static lead => lead.AssigneeId),
        Rest<CopperLead>("Email", ColumnKind.Email, "email", ["Emails", "Email"], static lead => lead.Emails),
        .. Phones<CopperLead>(),
        .. Address(),
        .. Links<CopperLead>(),
        Tags(),
        Text<CopperLead>("Details", "details", static lead => lead.Details),
        ReadOnly<CopperLead>("ConvertedValue", ServerSet, static lead => lead.ConvertedValue),
        ReadOnly<CopperLead>("ConvertedUnit", ServerSet, static lead => lead.ConvertedUnit),
        ReadOnly<CopperLead>("ConvertedContactId", ServerSet, static lead => lead.ConvertedContactId),
        ReadOnly<CopperLead>("ConvertedOpportunityId", ServerSet, static lead => lead.ConvertedOpportunityId),
        ReadOnlyTime<CopperLead>("ConvertedAt", static lead => lead.ConvertedAt),
        ReadOnly<CopperLead>("InteractionCount", ServerSet, static lead => lead.InteractionCount),
        ReadOnlyTime<CopperLead>("DateLastContacted", static lead => lead.DateLastContacted),
        ReadOnlyTime<CopperLead>("DateCreated", static lead => lead.DateCreated),
        ReadOnlyTime<CopperLead>("DateModified", static lead => lead.DateModified),
    ];

    private static Column[] Opportunity() =>
    [
        Id(),
        Text<CopperOpportunity>("Name", "name", static deal => deal.Name),
        .. CompanyOf<CopperOpportunity>(static deal => (deal.CompanyId, deal.CompanyName)),
        RecordId<CopperOpportunity>(
            "PrimaryContactId", "primary_contact_id", CopperEntityNames.Person, static deal => deal.PrimaryContactId),
        ListName<CopperOpportunity>("Pipeline", "pipeline_id", NameList.Pipelines, "PipelineId", static deal => deal.PipelineId),
        ListName<CopperOpportunity>(
            "Stage", "pipeline_stage_id", NameList.PipelineStages, "PipelineStageId", static deal => deal.PipelineStageId),
        Word<CopperOpportunity>("Status", "status", DealStatuses, static deal => deal.Status),
        Word<CopperOpportunity>("Priority", "priority", Priorities, static deal => deal.Priority),
        Make<CopperOpportunity>(
            "MonetaryValue", ColumnKind.Number, "monetary_value", ["MonetaryValue"], static (deal, _) => deal.MonetaryValue),
        ReadOnly<CopperOpportunity>("MonetaryUnit", Currency, static deal => deal.MonetaryUnit),
        Make<CopperOpportunity>(
            "WinProbability", ColumnKind.Percentage, "win_probability", ["WinProbability"], static (deal, _) => deal.WinProbability),
        Make<CopperOpportunity>(
            "CloseDate", ColumnKind.Day, "close_date", ["CloseDate"], static (deal, _) => RecordNames.Day(deal.CloseDate)),
        ListName<CopperOpportunity>(
            "CustomerSource", "customer_source_id", NameList.CustomerSources, "CustomerSourceId", static deal => deal.CustomerSourceId),
        ListName<CopperOpportunity>(
            "LossReason", "loss_reason_id", NameList.LossReasons, "LossReasonId", static deal => deal.LossReasonId),
        Assignee<CopperOpportunity>(static deal => deal.AssigneeId),
        Tags(),
        Text<CopperOpportunity>("Details", "details", static deal => deal.Details),
        ReadOnly<CopperOpportunity>("ConvertedValue", ServerSet, static deal => deal.ConvertedValue),
        ReadOnly<CopperOpportunity>("ConvertedUnit", ServerSet, static deal => deal.ConvertedUnit),
        ReadOnly<CopperOpportunity>("InteractionCount", ServerSet, static deal => deal.InteractionCount),
        ReadOnlyTime<CopperOpportunity>("DateStageChanged", static deal => deal.DateStageChanged),
        ReadOnlyTime<CopperOpportunity>("DateLastContacted", static deal => deal.DateLastContacted),
        ReadOnlyTime<CopperOpportunity>("DateLeadCreated", static deal => deal.DateLeadCreated),
        ReadOnlyTime<CopperOpportunity>("DateCreated", static deal => deal.DateCreated),
        ReadOnlyTime<CopperOpportunity>("DateModified", static deal => deal.DateModified),
    ];

    private static Column[] Project() =>
    [
        Id(),
        Text<CopperProject>("Name", "name", static project => project.Name),
        Word<CopperProject>("Status", "status", WorkStatuses, static project => project.Status),
        .. Related<CopperProject>("RelatedResource", null, static project => project.RelatedResource),
        Assignee<CopperProject>(static project => project.AssigneeId),
        Tags(),
        Text<CopperProject>("Details", "details", static project => project.Details),
        ReadOnlyTime<CopperProject>("DateCreated", static project => project.DateCreated),
        ReadOnlyTime<CopperProject>("DateModified", static project => project.DateModified),
    ];

    private static Column[] Task() =>
    [
        Id(),
        Text<CopperTask>("Name", "name", static task => task.Name),
        Word<CopperTask>("Status", "status", WorkStatuses, static task => task.Status),
        Word<CopperTask>("Priority", "priority", Priorities, static task => task.Priority),
        Time<CopperTask>("DueDate", "due_date", null, static task => task.DueDate),
        Time<CopperTask>("ReminderDate", "reminder_date", null, static task => task.ReminderDate),
        ReadOnlyTime<CopperTask>("CompletedDate", static task => task.CompletedDate),
        new("CustomActivityType", ColumnKind.ListName, null,
            static (record, names) => names.NameOf(NameList.CustomActivityTypes, ((CopperTask)record).CustomActivityTypeId))
        {
            List = NameList.CustomActivityTypes,
            Reference = static record => (((CopperTask)record).CustomActivityTypeId, null),
            WhyReadOnly = NotWritten,
        },
        ReadOnly<CopperTask>("CustomActivityTypeId", NotWritten, static task => task.CustomActivityTypeId),
        .. Related<CopperTask>("RelatedResource", null, static task => task.RelatedResource),
        Assignee<CopperTask>(static task => task.AssigneeId),
        Tags(),
        Text<CopperTask>("Details", "details", static task => task.Details),
        ReadOnlyTime<CopperTask>("DateCreated", static task => task.DateCreated),
        ReadOnlyTime<CopperTask>("DateModified", static task => task.DateModified),
    ];

    private static Column[] Activity() =>
    [
        Id(),
        Time<CopperActivity>("ActivityDate", "activity_date", null, static activity => activity.ActivityDate),
        ActivityType(),
        ReadOnly<CopperActivity>("Category", "The type of an activity is set when it is created.",
            static activity => activity.Type?.Category, "Type"),
        .. Related<CopperActivity>("Parent", "What an activity is about is set when it is created.", static activity => activity.Parent),
        ListName<CopperActivity>("User", "user_id", NameList.Users, "UserId", static activity => activity.UserId),
        Make<CopperActivity>("Details", ColumnKind.Text, "details", ["Details"], static (activity, _) => activity.Details?.ToString()),
        ReadOnly<CopperActivity>("OldValue", ServerSet, static activity => activity.OldValue?.ToString()),
        ReadOnly<CopperActivity>("NewValue", ServerSet, static activity => activity.NewValue?.ToString()),
        ReadOnlyTime<CopperActivity>("DateCreated", static activity => activity.DateCreated),
        ReadOnlyTime<CopperActivity>("DateModified", static activity => activity.DateModified),
    ];

    private static Column Id() =>
        new("Id", ColumnKind.RecordId, null, static (record, _) => record.Id) { WhyReadOnly = Identity, IsServerSet = true };

    private static Column Tags() => new("Tags", ColumnKind.Tags, "tags", static (record, _) => Join(((ITaggedRecord)record).Tags));

    private static IEnumerable<Column> Name<T>()
        where T : class, IPersonalRecord =>
    [
        Text<T>("Name", "name", static record => record.Name),
        Part("Prefix", "prefix", static record => record.Prefix),
        Part("FirstName", "first_name", static record => record.FirstName),
        Part("MiddleName", "middle_name", static record => record.MiddleName),
        Part("LastName", "last_name", static record => record.LastName),
        Part("Suffix", "suffix", static record => record.Suffix),
    ];

    private static Column Part(string name, string field, Func<IPersonalRecord, string?> read) =>
        new(name, ColumnKind.NamePart, field, (record, _) => read((IPersonalRecord)record));

    /// <summary>The name of a company and its id; where both stand in a row, the id counts.</summary>
    private static IEnumerable<Column> CompanyOf<T>(Func<T, (long? Id, string? Name)> read)
        where T : class, ICopperRecord =>
    [
        new("Company", ColumnKind.RecordName, "company_id", (record, _) => read((T)record).Name)
        {
            Properties = ["CompanyName"],
            Target = CopperEntityNames.Company,
        },
        RecordId<T>("CompanyId", "company_id", CopperEntityNames.Company, record => read(record).Id),
    ];

    private static Column LeadStatus() => new(
        "Status",
        ColumnKind.ListName,
        "status_id",
        static (record, names) => record is CopperLead { Status: { Length: > 0 } status } ? status
            : names.NameOf(NameList.LeadStatuses, ((CopperLead)record).StatusId))
    {
        List = NameList.LeadStatuses,
        Reference = static record => (string.IsNullOrEmpty(((CopperLead)record).Status) ? ((CopperLead)record).StatusId : null, null),
    };

    private static Column ActivityType() => new(
        "ActivityType",
        ColumnKind.ListName,
        null,
        static (record, names) =>
        {
            var type = ((CopperActivity)record).Type;
            var name = names.NameOf(NameList.ActivityTypes, type?.Id, type?.Category);
            return type is not null && name == Convert.ToString(type.Id, CultureInfo.InvariantCulture) ? type.ToString() : name;
        })
    {
        Properties = ["Type"],
        List = NameList.ActivityTypes,
        Reference = static record => (((CopperActivity)record).Type?.Id, ((CopperActivity)record).Type?.Category),
        WhyReadOnly = "The type of an activity is set when it is created.",
    };

    private static Column Make<T>(string name, ColumnKind kind, string? field, string[] properties, Func<T, RecordNames, object?> read)
        where T : class, ICopperRecord => new(name, kind, field, (record, names) => read((T)record, names)) { Properties = properties };

    private static Column Text<T>(string name, string field, Func<T, string?> read)
        where T : class, ICopperRecord => Make<T>(name, ColumnKind.Text, field, [name], (record, _) => read(record));

    private static Column Word<T>(string name, string field, string[] words, Func<T, string?> read)
        where T : class, ICopperRecord => new(name, ColumnKind.Text, field, (record, _) => read((T)record)) { Words = words };

    private static Column ReadOnly<T>(string name, string why, Func<T, object?> read, string? property = null)
        where T : class, ICopperRecord => new(name, ColumnKind.Text, null, (record, _) => read((T)record))
        {
            Properties = [property ?? name],
            WhyReadOnly = why,
            IsServerSet = why == ServerSet,
            IsSetOnce = SetOnce.Contains(name),
        };

    private static Column ReadOnlyTime<T>(string name, Func<T, DateTimeOffset?> read)
        where T : class, ICopperRecord => Time(name, null, ServerSet, read);

    private static Column Time<T>(string name, string? field, string? why, Func<T, DateTimeOffset?> read)
        where T : class, ICopperRecord =>
        new(name, ColumnKind.Time, field, (record, names) => names.Time(read((T)record)))
        {
            WhyReadOnly = why,
            IsServerSet = why is not null,
            IsSetOnce = SetOnce.Contains(name),
        };

    private static Column RecordId<T>(string name, string field, string target, Func<T, long?> read)
        where T : class, ICopperRecord => new(name, ColumnKind.RecordId, field, (record, _) => read((T)record)) { Target = target };

    private static Column Assignee<T>(Func<T, long?> read)
        where T : class, ICopperRecord => ListName("Assignee", "assignee_id", NameList.Users, "AssigneeId", read);

    private static Column ListName<T>(string name, string field, NameList list, string property, Func<T, long?> read)
        where T : class, ICopperRecord => new(name, ColumnKind.ListName, field, (record, names) => names.NameOf(list, read((T)record)))
        {
            Properties = [property, name],
            List = list,
            Reference = record => (read((T)record), null),
        };

    private static IEnumerable<Column> Phones<T>()
        where T : class, IContactRecord =>
        Numbered<T>("Phone", ColumnKind.Phone, "phone_numbers", "PhoneNumbers", static record => record.PhoneNumbers);

    private static IEnumerable<Column> Links<T>()
        where T : class, IContactRecord =>
    [
        Rest<T>("Website", ColumnKind.Website, "websites", ["Websites"], static record => record.Websites),
        Rest<T>("Social", ColumnKind.Social, "socials", ["Socials"], static record => record.Socials),
    ];

    /// <summary>One column for all of them.</summary>
    private static Column Rest<T>(
        string name, ColumnKind kind, string field, string[] properties, Func<T, IReadOnlyList<CopperContactPoint>> read)
        where T : class, ICopperRecord => new(name, kind, field, (record, _) => Join(read((T)record)))
        {
            Properties = properties,
            TakesRest = true,
        };

    /// <summary>Email, Email2, Email3: an item each, and in the last column all that are left.</summary>
    private static IEnumerable<Column> Numbered<T>(
        string name, ColumnKind kind, string field, string property, Func<T, IReadOnlyList<CopperContactPoint>> read)
        where T : class, ICopperRecord => Enumerable.Range(1, Several).Select(number => new Column(
            number == 1 ? name : name + number.ToString(CultureInfo.InvariantCulture),
            kind,
            field,
            (record, _) => Join(read((T)record), number - 1, number == Several ? int.MaxValue : 1))
        {
            Properties = number == 1 && kind == ColumnKind.Email ? [property, name] : [property],
            Place = number - 1,
            TakesRest = number == Several,
        });

    private static IEnumerable<Column> Related<T>(string property, string? why, Func<T, CopperRelatedResource?> read)
        where T : class, ICopperRecord =>
    [
        new("RelatedType", ColumnKind.RelatedType, "related_resource", (record, _) => read((T)record)?.Type)
        {
            Properties = [property],
            WhyReadOnly = why,
        },
        new("RelatedId", ColumnKind.RelatedId, "related_resource", (record, _) => read((T)record)?.Id)
        {
            Properties = [property],
            WhyReadOnly = why,
        },
    ];

    private static Column[] Address() =>
    [
        AddressPart("Street", static address => address.Street),
        AddressPart("City", static address => address.City),
        AddressPart("State", static address => address.State),
        AddressPart("PostalCode", static address => address.PostalCode),
        AddressPart("Country", static address => address.Country),
    ];

    private static Column AddressPart(string name, Func<CopperAddress, string?> read) => new(
        name, ColumnKind.AddressPart, "address", (record, _) => ((IAddressedRecord)record).Address is { } address ? read(address) : null)
    {
        Properties = ["Address"],
    };

    /// <summary>Most records have none or one of what a list holds, for which nothing is put together.</summary>
    private static string Join(IReadOnlyList<object> items, int first = 0, int most = int.MaxValue) =>
        Math.Min(items.Count - first, most) switch
    {
        <= 0 => string.Empty,
        1 => items[first]?.ToString() ?? string.Empty,
        var count => new CopperList<object>(items.Skip(first).Take(count)).ToString(),
    };
}
