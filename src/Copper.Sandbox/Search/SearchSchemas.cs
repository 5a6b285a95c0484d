using Copper.Sandbox.Accounts;
using static Copper.Sandbox.Search.Filters;

namespace Copper.Sandbox.Search;

/// <summary>
/// Filters and sort keys of each search endpoint. Source: the search pages of developer.copper.com, completed by the
/// vendor's Postman collection and OpenAPI file; filters known from the latter only are marked.
/// </summary>
internal static class SearchSchemas
{
    /// <summary>The search of a main entity.</summary>
    public static SearchSchema Of(EntitySchema entity) => entity.Type switch
    {
        "lead" => Leads,
        "person" => People,
        "company" => Companies,
        "opportunity" => Opportunities,
        "project" => Projects,
        "task" => Tasks,
        _ => throw new ArgumentException(entity.Type, nameof(entity)),
    };

    public static SearchSchema People { get; } = new(
        EntitySchemas.Person,
        "first_name",
        [
            Ids(),
            Contains("name", "name"),
            Phone(),
            EmailList(),
            References("contact_type_ids", "contact_type_id"),
            References("assignee_ids", "assignee_id", allowNone: true),
            References("company_ids", "company_id", allowNone: true),
            RelatedOpportunities(),
            .. Address(),
            Tags(),
            Socials(),
            Followed(),
            Age(),
            Contains("title", "title"), // vendor OpenAPI only
            .. Contacted(),
            .. Dates(),
            CustomFields(),
        ],
        [
            SortKey.By("first_name"),
            SortKey.By("last_name"),
            SortKey.By("name"),
            SortKey.By("title"),
            SortKey.ByContactPoint("email", "emails"),
            SortKey.ByContactPoint("phone", "phone_numbers"),
            SortKey.ByContactPoint("socials", "socials"),
            .. DateSorts(),
            .. AddressSorts(),
        ]);

    private static SearchFilter[] Address() =>
    [
        AddressPart("city", address => address.City),
        AddressPart("state", address => address.State),
        AddressPart("postal_code", address => address.PostalCode),
        Country(),
    ];

    private static SortKey[] AddressSorts() =>
    [
        SortKey.ByAddress("city", address => address.City),
        SortKey.ByAddress("state", address => address.State),
        SortKey.ByAddress("country", address => address.Country),
        SortKey.ByAddress("zip", address => address.PostalCode),
    ];

    private static SearchFilter[] Contacted() =>
    [
        .. NumberRange("interaction_count", "interaction_count"),
        .. DateRange("interaction_date", "date_last_contacted"),
    ];

    private static SearchFilter[] Dates() =>
    [
        .. DateRange("created_date", "date_created"),
        .. DateRange("modified_date", "date_modified"),
    ];

    private static SortKey[] DateSorts() => [SortKey.By("date_created"), SortKey.By("date_modified")];

    private static string? UserName(Account account, long id) => account.Users.NameOf(id);

    private static Func<Account, long, string?> PersonName(string attribute) => (account, id) =>
        account.People.Find(id) is { } person ? EntitySchemas.Person.Get<string>(person, attribute) : null;

    public static SearchSchema Leads { get; } = new(
        EntitySchemas.Lead,
        "name",
        [
            Ids(),
            Contains("name", "name"),
            Contains("first_name", "first_name"), // this and the next four: vendor OpenAPI only
            Contains("middle_name", "middle_name"),
            Contains("last_name", "last_name"),
            Contains("company_name", "company_name"),
            Contains("title", "title"),
            Socials(),
            Phone(),
            SingleEmail(),
            References("assignee_ids", "assignee_id", allowNone: true),
            References("customer_source_ids", "customer_source_id", allowNone: true),
            References("status_ids", "status_id"),
            .. Address(),
            TagsWithOption(),
            Followed(),
            Age(),
            .. NumberRange("monetary_value", "monetary_value"),
            .. Contacted(),
            .. Dates(),
            IncludeConverted(),
            CustomFields(),
        ],
        [
            SortKey.By("name"),
            SortKey.By("first_name"),
            SortKey.By("last_name"),
            SortKey.By("company_name"),
            SortKey.By("title"),
            SortKey.By("value", "monetary_value"),
            SortKey.ByContactPoint("email", "email"),
            SortKey.ByContactPoint("phone", "phone_numbers"),
            SortKey.ByContactPoint("socials", "socials"),
            SortKey.ByInactivity(),
            .. DateSorts(),
            .. AddressSorts(),
        ]);

    public static SearchSchema Companies { get; } = new(
        EntitySchemas.Company,
        "date_modified",
        [
            Ids(),
            Contains("name", "name"),
            Phone(),
            EmailDomain("email_domains"),
            EmailDomain("email_domain"), // vendor OpenAPI only
            References("contact_type_ids", "contact_type_id"),
            References("assignee_ids", "assignee_id", allowNone: true),
            References("primary_contact_ids", "primary_contact_id"), // vendor OpenAPI only
            .. Address(),
            Tags(),
            Socials(),
            Followed(),
            Age(),
            .. Contacted(),
            .. Dates(),
            CustomFields(),
        ],
        [
            SortKey.By("name"),
            SortKey.ByContactPoint("phone", "phone_numbers"),
            SortKey.ByNameOf("contact", "primary_contact_id", PersonName("name")),
            SortKey.ByNameOf("contact_first_name", "primary_contact_id", PersonName("first_name")),
            SortKey.ByNameOf("contact_last_name", "primary_contact_id", PersonName("last_name")),
            SortKey.By("email_domain"),
            SortKey.ByNameOf("assignee", "assignee_id", UserName),
            SortKey.ByNameOf("contact_group", "contact_type_id", (account, id) => account.ContactTypes.NameOf(id)),
            SortKey.By("last_interaction", "date_last_contacted"),
            SortKey.By("interaction_count"),
            SortKey.ByContactPoint("primary_website", "websites"),
            SortKey.ByContactPoint("socials", "socials"),
            .. DateSorts(),
            .. AddressSorts(),
        ]);

    public static SearchSchema Projects { get; } = new(
        EntitySchemas.Project,
        "name",
        [
            Ids(),
            Contains("name", "name"),
            References("assignee_ids", "assignee_id", allowNone: true),
            NumberedWords("status_ids", "status", "Open", "Completed"), // the numbers are a guess after those of opportunities
            Words("statuses", "status"), // as an older client sends it
            Tags(),
            Followed(),
            .. Dates(),
            CustomFields(),
        ],
        [
            SortKey.By("name"),
            SortKey.ByNameOf("assigned_to", "assignee_id", UserName),
            SortKey.ByRelatedResource(),
            SortKey.ByRank("status", "status"),
            .. DateSorts(),
        ]);

    public static SearchSchema Tasks { get; } = new(
        EntitySchemas.Task,
        "due_date",
        [
            Ids(),
            Contains("name", "name"), // this, priorities, reminder_date and completed_date: vendor OpenAPI and an older client
            References("assignee_ids", "assignee_id", allowNone: true),
            RelatedResources("opportunity_ids", "opportunity", allowNone: false),
            RelatedResources("project_ids", "project", allowNone: true),
            Words("statuses", "status"),
            Words("priorities", "priority"),
            Tags(),
            Followed(),
            .. DateRange("due_date", "due_date"),
            .. DateRange("reminder_date", "reminder_date"),
            .. DateRange("completed_date", "completed_date"),
            .. Dates(),
            CustomFields(),
        ],
        [
            SortKey.By("name"),
            SortKey.ByNameOf("assigned_to", "assignee_id", UserName),
            SortKey.ByRelatedResource(),
            SortKey.ByRank("status", "status"),
            SortKey.ByRank("priority", "priority"),
            SortKey.By("due_date"),
            SortKey.By("reminder_date"),
            SortKey.By("completed_date"),
            .. DateSorts(),
        ]);

    /// <summary>Newest first unless the client says otherwise. full_result is for administrators and changes nothing here.</summary>
    public static SearchSchema Activities { get; } = new(
        EntitySchemas.Activity,
        "activity_date",
        [
            Parent(),
            ActivityTypes(),
            References("user_ids", "user_id"), // vendor OpenAPI only
            .. DateRange("activity_date", "activity_date"),
            Ignored("full_result"),
        ],
        [SortKey.By("activity_date"), .. DateSorts()])
    {
        IgnoresUnknownSortKeys = true,
        DescendingByDefault = true,
    };

    public static SearchSchema Opportunities { get; } = new(
        EntitySchemas.Opportunity,
        "name",
        [
            Ids(),
            Contains("name", "name"),
            Contains("company_name", "company_name"), // vendor OpenAPI only
            References("assignee_ids", "assignee_id", allowNone: true),
            NumberedWords("status_ids", "status", "Open", "Won", "Lost", "Abandoned"),
            References("pipeline_ids", "pipeline_id"),
            References("pipeline_stage_ids", "pipeline_stage_id"),
            References("company_ids", "company_id", allowNone: true),
            References("primary_contact_ids", "primary_contact_id"),
            NumberedWords("priority_ids", "priority", "None", "Low", "Medium", "High"), // what the ids mean is a guess
            Words("priorities", "priority"), // as several clients send it
            References("customer_source_ids", "customer_source_id", allowNone: true),
            References("loss_reason_ids", "loss_reason_id", allowNone: true),
            TagsWithOption(),
            Followed(),
            Age(), // this and the win probability: vendor OpenAPI only
            .. NumberRange("win_probability", "win_probability"),
            .. NumberRange("monetary_value", "monetary_value"),
            .. CloseDateRange(),
            .. DateRange("stage_change_date", "date_stage_changed"),
            .. Contacted(),
            .. Dates(),
            CustomFields(),
        ],
        [
            SortKey.By("name"),
            SortKey.ByNameOf("assignee", "assignee_id", UserName),
            SortKey.By("company_name"),
            SortKey.By("customer_source_id"),
            SortKey.ByInactivity(),
            SortKey.By("interaction_count"),
            SortKey.By("last_interaction", "date_last_contacted"),
            SortKey.By("monetary_unit"),
            SortKey.By("monetary_value"),
            SortKey.ByNameOf("primary_contact", "primary_contact_id", PersonName("name")),
            SortKey.ByRank("priority", "priority"),
            SortKey.By("stage", "pipeline_stage_id"),
            SortKey.ByRank("status", "status"),
            .. DateSorts(),

            // The older Postman collection has these besides.
            SortKey.By("value", "monetary_value"),
            SortKey.ByNameOf("contact", "primary_contact_id", PersonName("name")),
            SortKey.By("account", "company_name"),
            SortKey.ByNameOf("source", "customer_source_id", (account, id) => account.CustomerSources.NameOf(id)),
            SortKey.By("deal_last_stage", "date_stage_changed"),
            SortKey.ByCloseDate(),
            SortKey.By("win_probability"),
        ]);
}
