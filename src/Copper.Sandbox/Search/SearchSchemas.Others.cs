using Copper.Sandbox.Accounts;
using static Copper.Sandbox.Search.Filters;

namespace Copper.Sandbox.Search;

internal static partial class SearchSchemas
{
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
}
