using Copper.Client.Models;

namespace Copper.Client.Entities;

/// <summary>Every kind of record, a line each: its words on the wire, its model, and the sort fields that the documentation names.</summary>
public static class CopperEntities
{
    private static CopperJsonContext Json => CopperJsonContext.Default;

    /// <summary>People (developer.copper.com/people/list-people-search).</summary>
    public static CopperEntity<CopperPerson> Person { get; } = new(
        "person",
        "people",
        Json.CopperPerson,
        "name", "first_name", "last_name", "title", "email", "phone", "date_modified", "date_created", "city", "state", "country", "zip", "socials")
    {
        Bulk = BulkOperations.Create | BulkOperations.Update,
        IsFoundById = true,
    };

    /// <summary>Companies (developer.copper.com/companies/list-companies-search).</summary>
    public static CopperEntity<CopperCompany> Company { get; } = new(
        "company",
        "companies",
        Json.CopperCompany,
        "name", "phone", "contact", "contact_first_name", "contact_last_name", "date_modified", "date_created", "email_domain", "city", "state", "country", "zip", "assignee", "contact_group", "last_interaction", "interaction_count", "primary_website", "socials")
    {
        Bulk = BulkOperations.Create | BulkOperations.Update,
        IsFoundById = true,
    };

    /// <summary>Leads (developer.copper.com/leads/list-leads-search).</summary>
    public static CopperEntity<CopperLead> Lead { get; } = new(
        "lead",
        "leads",
        Json.CopperLead,
        "name", "first_name", "last_name", "company_name", "title", "value", "email", "phone", "date_modified", "date_created", "city", "state", "country", "zip", "inactive_days", "socials")
    {
        Bulk = BulkOperations.Create | BulkOperations.Update,
        IsFoundById = true,
    };

    /// <summary>Opportunities (developer.copper.com/opportunities/list-opportunities-search, and what only the older Postman collection names).</summary>
    public static CopperEntity<CopperOpportunity> Opportunity { get; } = new(
        "opportunity",
        "opportunities",
        Json.CopperOpportunity,
        "name", "assignee", "company_name", "customer_source_id", "date_created", "date_modified", "inactive_days", "interaction_count", "last_interaction", "monetary_unit", "monetary_value", "primary_contact", "priority", "stage", "status",
        "account", "value", "contact", "close_date", "source", "deal_last_stage", "win_probability")
    {
        Bulk = BulkOperations.Create,
        IsFoundById = true,
    };

    /// <summary>Projects (developer.copper.com/projects/list-projects-search).</summary>
    public static CopperEntity<CopperProject> Project { get; } = new(
        "project",
        "projects",
        Json.CopperProject,
        "name", "assigned_to", "related_to", "status", "date_modified", "date_created")
    {
        IsFoundById = true,
    };

    /// <summary>Tasks (developer.copper.com/tasks/list-tasks-search).</summary>
    public static CopperEntity<CopperTask> Task { get; } = new(
        "task",
        "tasks",
        Json.CopperTask,
        "name", "assigned_to", "related_to", "status", "priority", "due_date", "reminder_date", "completed_date", "date_created", "date_modified")
    {
        IsFoundById = true,
    };

    /// <summary>Activities (developer.copper.com/activities/list-activities-search). They come newest first and cannot be sorted.</summary>
    public static CopperEntity<CopperActivity> Activity { get; } = new(
        "activity",
        "activities",
        Json.CopperActivity)
    {
        Bulk = BulkOperations.Create,

        // With full_result one activity may come several times, an e-mail to several users for example.
        RowOf = static (activity, filter) => filter.Contains("full_result") ? activity.UserId ?? 0 : 0,
    };

    /// <summary>Definitions of custom fields (developer.copper.com/custom-fields). Listed whole, not searched.</summary>
    public static CopperEntity<CopperCustomFieldDefinition> CustomFieldDefinition { get; } = new(
        "custom field definition",
        "custom_field_definitions",
        Json.CopperCustomFieldDefinition)
    {
        AlsoAffects = ["field_layouts"],
    };

    /// <summary>Types of activities of the account's own. Listed whole, not searched.</summary>
    public static CopperEntity<CopperCustomActivityType> CustomActivityType { get; } = new(
        "custom activity type",
        "custom_activity_types",
        Json.CopperCustomActivityType)
    {
        // A custom type is listed among all types too.
        AlsoAffects = ["activity_types"],
    };

    /// <summary>Webhook subscriptions (developer.copper.com/webhooks). Listed whole, not searched.</summary>
    public static CopperEntity<CopperWebhook> Webhook { get; } = new("webhook", "webhooks", Json.CopperWebhook);

    /// <summary>All that can be searched.</summary>
    public static IReadOnlyList<CopperEntity> All { get; } = [Person, Company, Lead, Opportunity, Project, Task, Activity];
}
