using System.Globalization;
using Copper.Sandbox.Values;
using static Copper.Sandbox.Accounts.Attributes;

namespace Copper.Sandbox.Accounts;

internal static partial class EntitySchemas
{
    public static EntitySchema Opportunity => Work.Opportunity;

    public static EntitySchema Project => Work.Project;

    public static EntitySchema Task => Work.Task;

    public static EntitySchema Activity => Work.Activity;

    private static class Work
    {
        private static readonly WordType Priority = new("None", "Low", "Medium", "High");

        private static readonly WordType OpenOrCompleted = new("Open", "Completed");

        // pipeline_type and pipeline_is_revenue are not documented; they were seen in replies of a real account.
        public static readonly EntitySchema Opportunity = new(
            "opportunity",
            "opportunities",
            Id,
            Name,
            Write("assignee_id", ReferenceType.User),
            Write("close_date", new CloseDateType()),
            Write("company_id", ReferenceType.Company),
            Derived("company_name", Text, CompanyNameOf),
            Write("customer_source_id", ReferenceType.CustomerSource),
            Write("details", Text),
            Write("loss_reason_id", ReferenceType.LossReason),
            Write("pipeline_id", ReferenceType.Pipeline),
            Write("pipeline_stage_id", ReferenceType.PipelineStage),
            Write("primary_contact_id", ReferenceType.Person),
            Write("priority", Priority),
            Write("status", new WordType("Open", "Won", "Lost", "Abandoned")),
            Write("tags", Tags),
            Read("interaction_count", IntegerType.Any),
            Read("monetary_unit", Text),
            Write("monetary_value", Number),
            Derived("converted_unit", Text, (_, schema, record) => schema.Get<string>(record, "monetary_unit")),
            Derived("converted_value", Text, ConvertedValueOf),
            Write("win_probability", IntegerType.Percent),
            Date("date_stage_changed"),
            Date("date_last_contacted"),
            Read("leads_converted_from", LeadOrigins),
            Date("date_lead_created"),
            Date("date_created"),
            Date("date_modified"),
            Write("custom_fields", CustomFields),
            Derived("pipeline_type", Text, (_, _, _) => "revenue"),
            Derived("pipeline_is_revenue", Flag, (_, _, _) => Boxed.True))
        {
            EventType = "opportunity",
            Rules = new OpportunityRules(),
        };

        public static readonly EntitySchema Project = new(
            "project",
            "projects",
            Id,
            Name,
            Write("related_resource", ResourceReferenceType.RelatedToProject),
            Write("assignee_id", ReferenceType.User),
            Write("status", OpenOrCompleted),
            Write("details", Text),
            Write("tags", Tags),
            Write("custom_fields", CustomFields),
            Derived("company_id", IntegerType.Any, RelatedCompanyOf),
            Date("date_created"),
            Date("date_modified"))
        {
            EventType = "project",
            Rules = new ProjectRules(),
        };

        // The priorities Low and Medium are listed by one page and missing on another: all four are taken.
        public static readonly EntitySchema Task = new(
            "task",
            "tasks",
            Id,
            Name,
            Write("related_resource", ResourceReferenceType.RelatedToTask),
            Write("assignee_id", ReferenceType.User),
            Write("due_date", DateType.Moment),
            Write("reminder_date", DateType.Moment),
            Date("completed_date"),
            Write("priority", Priority),
            Write("status", OpenOrCompleted),
            Write("details", Text),
            Write("tags", Tags),
            Write("custom_fields", CustomFields),
            Date("date_created"),
            Date("date_modified"),
            Read("custom_activity_type_id", IntegerType.Any))
        {
            EventType = "task",
            Rules = new TaskRules(),
        };

        public static readonly EntitySchema Activity = new(
            "activity",
            "activities",
            Id,
            new("parent", ResourceReferenceType.Parent, AttributeAccess.Required),
            new("type", new ActivityTypeType(), AttributeAccess.Required),
            Write("user_id", ReferenceType.User),
            new("details", new ActivityDetailsType(), AttributeAccess.Required),
            Write("activity_date", DateType.Moment),
            Read("old_value", new ActivityDetailsType()),
            Read("new_value", new ActivityDetailsType()),
            Date("date_created"),
            Date("date_modified"))
        {
            EventType = "activity_log",
            Rules = new ActivityRules(),
        };
    }

    /// <summary>The company a project is related to. The member was seen in live responses; that it means this is assumed.</summary>
    private static object? RelatedCompanyOf(Account account, EntitySchema schema, Record record) =>
        schema.Get<ResourceReference>(record, "related_resource") is { Type: "company" } company ? Boxed.Integer(company.Id) : null;

    /// <summary>The same amount as text, "250000.0": one capture shows a string here, so clients must cope with it.</summary>
    private static string? ConvertedValueOf(Account account, EntitySchema schema, Record record) =>
        schema.Get<object>(record, "monetary_value") is decimal amount
            ? amount.ToString("0.0##", CultureInfo.InvariantCulture)
            : null;
}
