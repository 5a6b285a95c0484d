using Copper.Sandbox.Accounts;
using static Copper.Sandbox.Search.Filters;

namespace Copper.Sandbox.Search;

internal static partial class SearchSchemas
{
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
