using System.Globalization;
using Copper.Sandbox.Values;
using static Copper.Sandbox.Accounts.Attributes;

namespace Copper.Sandbox.Accounts;

/// <summary>
/// The attribute table of each entity: names, types and who sets them, in the order of replies.
/// Source: the property tables and examples of developer.copper.com and of the vendor's Postman collection.
/// </summary>
internal static class EntitySchemas
{
    /// <summary>The six entities that can be searched, related and given custom fields.</summary>
    public static IReadOnlyList<EntitySchema> Main { get; } = [Lead, Person, Company, Opportunity, Project, Task];

    /// <summary>The main entity with this singular name, such as "person".</summary>
    public static EntitySchema? FindByType(string? type) => Main.FirstOrDefault(schema => schema.Type == type);

    /// <summary>The main entity with this plural name, such as "people".</summary>
    public static EntitySchema? FindByPath(string? path) => Main.FirstOrDefault(schema => schema.Path == path);

    public static EntitySchema Lead => Contacts.Lead;

    public static EntitySchema Person => Contacts.Person;

    public static EntitySchema Company => Contacts.Company;

    // A class of its own, so that the tables exist before anything asks for them, whatever the order of the properties.
    private static class Contacts
    {
        public static readonly EntitySchema Lead = new(
            "lead",
            "leads",
            Id,
            Name,
            Write("prefix", Text),
            Write("first_name", Text),
            Write("last_name", Text),
            Write("middle_name", Text),
            Write("suffix", Text),
            Write("address", PostalAddress),
            Write("assignee_id", ReferenceType.User),
            Write("company_name", Text),
            Write("customer_source_id", ReferenceType.CustomerSource),
            Write("details", Text),
            Write("email", ContactPointType.Email),
            Read("interaction_count", IntegerType.Any),
            Read("monetary_unit", Text),
            Write("monetary_value", Number),
            Derived("converted_unit", Text, (_, schema, record) => schema.Get<string>(record, "monetary_unit")),
            Derived("converted_value", Text, ConvertedValueOf),
            Write("socials", Socials),
            Write("status", Text),
            Write("status_id", ReferenceType.LeadStatus),
            Write("tags", Tags),
            Write("title", Text),
            Write("websites", Websites),
            Write("phone_numbers", PhoneNumbers),
            Write("custom_fields", CustomFields),
            Date("date_created"),
            Date("date_modified"),
            Date("date_last_contacted"),
            Read("converted_opportunity_id", IntegerType.Any),
            Read("converted_contact_id", IntegerType.Any),
            Date("converted_at"))
        {
            EventType = "lead",
            Rules = new LeadRules(),
        };

        // monetary_unit to converted_value are not documented for people; they were seen in records of a real account.
        public static readonly EntitySchema Person = new(
            "person",
            "people",
            Id,
            Name,
            Write("prefix", Text),
            Write("first_name", Text),
            Write("middle_name", Text),
            Write("last_name", Text),
            Write("suffix", Text),
            Write("address", PostalAddress),
            Write("assignee_id", ReferenceType.User),
            WriteOnce("company_id", ReferenceType.Company),
            new("company_name", Text, AttributeAccess.CreateOnly, CompanyNameOf),
            Write("contact_type_id", ReferenceType.ContactType),
            Write("details", Text),
            Write("emails", Emails),
            Write("phone_numbers", PhoneNumbers),
            Write("socials", Socials),
            Write("tags", Tags),
            Write("title", Text),
            Write("websites", Websites),
            Write("custom_fields", CustomFields),
            Date("date_created"),
            Date("date_modified"),
            Date("date_last_contacted"),
            Read("interaction_count", IntegerType.Any),
            Read("leads_converted_from", LeadOrigins),
            Date("date_lead_created"),
            Read("monetary_unit", Text),
            Read("monetary_value", Number),
            Read("converted_unit", Text),
            Read("converted_value", Number))
        {
            EventType = "person",
            Rules = new PersonRules(),
            UniqueAttribute = "emails",
        };

        // email_domains is not documented; it was seen in records of real accounts, always null.
        public static readonly EntitySchema Company = new(
            "company",
            "companies",
            Id,
            Name,
            Write("address", PostalAddress),
            Write("assignee_id", ReferenceType.User),
            Write("contact_type_id", ReferenceType.ContactType),
            Write("details", Text),
            Write("email_domain", Text),
            Read("email_domains", Text),
            Write("phone_numbers", PhoneNumbers),
            Write("primary_contact_id", ReferenceType.Person),
            Write("socials", Socials),
            Write("tags", Tags),
            Write("websites", Websites),
            Write("custom_fields", CustomFields),
            Read("interaction_count", IntegerType.Any),
            Date("date_created"),
            Date("date_modified"),
            Date("date_last_contacted"))
        {
            EventType = "company",
            Rules = new CompanyRules(),
            UniqueAttribute = "email_domain",
        };
    }

    private static string? CompanyNameOf(Account account, EntitySchema schema, Record record) =>
        schema.GetInteger(record, "company_id") is long id && account.Companies.Find(id) is { } company
            ? Company.Get<string>(company, "name")
            : null;

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

    public static EntitySchema CustomFieldDefinition => Settings.CustomFieldDefinition;

    public static EntitySchema CustomActivityType => Settings.CustomActivityType;

    public static EntitySchema Webhook => Settings.Webhook;

    private static class Settings
    {
        private static readonly WordType IconType = new(
            "Message", "Phone", "Event", "Assignment", "Assessment", "Group", "Description", "Speaker Notes", "Forum",
            "Web", "Loyalty", "Content Paste", "Headset", "Share", "Navigation", "Notification", "Voicemail", "Room",
            "Edit", "Send", "Videocam", "Play Arrow", "Grocery Store", "Mic", "Camera Mic", "Todo");

        public static readonly EntitySchema CustomFieldDefinition = new(
            "custom_field_definition",
            "custom_field_definitions",
            Id,
            Name,
            WriteOnce("canonical_name", Text),
            new("data_type", new WordType([.. CustomFieldDataTypes.Creatable]), AttributeAccess.Required),
            Write("available_on", new StringArrayType("lead", "person", "opportunity", "company", "project", "task")),
            Write("is_filterable", Flag),
            new("options", new CustomFieldOptionsType(), AttributeAccess.Writable, OmittedWhenNull: true),
            new("currency", Text, AttributeAccess.Writable, OmittedWhenNull: true),
            new("connected_id", IntegerType.Any, AttributeAccess.ReadOnly, OmittedWhenNull: true))
        {
            Rules = new CustomFieldDefinitionRules(),
        };

        public static readonly EntitySchema CustomActivityType = new(
            "custom_activity_type",
            "custom_activity_types",
            Id,
            Derived("company_id", IntegerType.Any, (account, _, _) => account.Id),
            new("icon_type", IconType, AttributeAccess.Required),
            Read("is_disabled", Flag),
            Read("is_interaction", Flag),
            Name,
            new("is_default_task_type", Flag, AttributeAccess.ReadOnly, IsNullInsteadOfFalse: true));

        public static readonly EntitySchema Webhook = new(
            "webhook",
            "webhooks",
            Id,
            new("target", new WebhookTargetType(), AttributeAccess.Required),
            new("type", new WordType("lead", "person", "company", "opportunity", "project", "task", "activity_log"),
                AttributeAccess.RequiredCreateOnly),
            new("event", new WordType("new", "update", "delete"), AttributeAccess.RequiredCreateOnly),
            Write("secret", new StringMapType()),
            new("headers", new StringMapType(), AttributeAccess.Writable, OmittedWhenNull: true),
            new("custom_field_computed_values", Flag, AttributeAccess.Writable, OmittedWhenNull: true, IsNullInsteadOfFalse: true),
            Date("created_at"))
        {
            Rules = new WebhookRules(),
        };
    }
}
