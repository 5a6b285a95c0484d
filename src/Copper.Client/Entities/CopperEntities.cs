using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// The registry of the kinds of records: words, paths, models, sort fields that the documentation names, and what the service offers for
/// each. Code that depends on the kind of record asks here.
/// </summary>
public static class CopperEntities
{
    private const string ModifiedSince = "minimum_modified_date";

    private static CopperJsonContext Json => CopperJsonContext.Default;

    /// <summary>Leads (developer.copper.com/leads/list-leads-search).</summary>
    public static CopperEntity<CopperLead> Lead { get; } = new(
        CopperEntityNames.Lead,
        CopperEntityNames.Leads,
        Json.CopperLead,
        "name", "first_name", "last_name", "company_name", "title", "value", "email", "phone", "date_modified", "date_created", "city",
        "state", "country", "zip", "inactive_days", "socials")
    {
        IsSearchable = true,
        IsPrimary = true,
        Bulk = BulkOperations.Create | BulkOperations.Update,
        IsFoundById = true,
        WebhookType = CopperEntityNames.Lead,
        UpdatedSinceFilter = ModifiedSince,
        ConvertedRecordsFilter = "include_converted_leads",
        RelatedEntities = [CopperEntityNames.Task],
        ConnectionName = CopperEntityNames.Lead,
        HasFiles = true,
        Dates = static lead => (lead.DateCreated, lead.DateModified),
    };

    /// <summary>People (developer.copper.com/people/list-people-search).</summary>
    public static CopperEntity<CopperPerson> Person { get; } = new(
        CopperEntityNames.Person,
        CopperEntityNames.People,
        Json.CopperPerson,
        "name", "first_name", "last_name", "title", "email", "phone", "date_modified", "date_created", "city", "state", "country", "zip",
        "socials")
    {
        IsSearchable = true,
        IsPrimary = true,
        Bulk = BulkOperations.Create | BulkOperations.Update,
        IsFoundById = true,
        WebhookType = CopperEntityNames.Person,
        UpdatedSinceFilter = ModifiedSince,
        RelatedEntities = [CopperEntityNames.Company, CopperEntityNames.Opportunity, CopperEntityNames.Task, CopperEntityNames.Project],
        ConnectionName = CopperEntityNames.People,
        HasFiles = true,
        Dates = static person => (person.DateCreated, person.DateModified),
    };

    /// <summary>Companies (developer.copper.com/companies/list-companies-search).</summary>
    public static CopperEntity<CopperCompany> Company { get; } = new(
        CopperEntityNames.Company,
        CopperEntityNames.Companies,
        Json.CopperCompany,
        "name", "phone", "contact", "contact_first_name", "contact_last_name", "date_modified", "date_created", "email_domain", "city",
        "state", "country", "zip", "assignee", "contact_group", "last_interaction", "interaction_count", "primary_website", "socials")
    {
        IsSearchable = true,
        IsPrimary = true,
        Bulk = BulkOperations.Create | BulkOperations.Update,
        IsFoundById = true,
        WebhookType = CopperEntityNames.Company,
        UpdatedSinceFilter = ModifiedSince,
        RelatedEntities = [CopperEntityNames.Opportunity, CopperEntityNames.Person, CopperEntityNames.Task, CopperEntityNames.Project],
        ConnectionName = CopperEntityNames.Company,
        HasFiles = true,
        Dates = static company => (company.DateCreated, company.DateModified),
    };

    /// <summary>
    /// Opportunities (developer.copper.com/opportunities/list-opportunities-search; the last line of fields only in the older Postman
    /// collection).
    /// </summary>
    public static CopperEntity<CopperOpportunity> Opportunity { get; } = new(
        CopperEntityNames.Opportunity,
        CopperEntityNames.Opportunities,
        Json.CopperOpportunity,
        "name", "assignee", "company_name", "customer_source_id", "date_created", "date_modified", "inactive_days", "interaction_count",
        "last_interaction", "monetary_unit", "monetary_value", "primary_contact", "priority", "stage", "status",
        "account", "value", "contact", "close_date", "source", "deal_last_stage", "win_probability")
    {
        IsSearchable = true,
        IsPrimary = true,
        Bulk = BulkOperations.Create,
        IsFoundById = true,
        WebhookType = CopperEntityNames.Opportunity,
        UpdatedSinceFilter = ModifiedSince,
        RelatedEntities = [CopperEntityNames.Company, CopperEntityNames.Person, CopperEntityNames.Task, CopperEntityNames.Project],
        ConnectionName = CopperEntityNames.Opportunity,
        HasFiles = true,
        HasLayoutPerPipeline = true,
        Dates = static opportunity => (opportunity.DateCreated, opportunity.DateModified),
    };

    /// <summary>Projects (developer.copper.com/projects/list-projects-search).</summary>
    public static CopperEntity<CopperProject> Project { get; } = new(
        CopperEntityNames.Project,
        CopperEntityNames.Projects,
        Json.CopperProject,
        "name", "assigned_to", "related_to", "status", "date_modified", "date_created")
    {
        IsSearchable = true,
        IsPrimary = true,
        IsFoundById = true,
        WebhookType = CopperEntityNames.Project,
        UpdatedSinceFilter = ModifiedSince,
        RelatedEntities = [CopperEntityNames.Company, CopperEntityNames.Person, CopperEntityNames.Opportunity, CopperEntityNames.Task],
        ConnectionName = CopperEntityNames.Project,
        HasFiles = true,
        Dates = static project => (project.DateCreated, project.DateModified),
    };

    /// <summary>Tasks (developer.copper.com/tasks/list-tasks-search).</summary>
    public static CopperEntity<CopperTask> Task { get; } = new(
        CopperEntityNames.Task,
        CopperEntityNames.Tasks,
        Json.CopperTask,
        "name", "assigned_to", "related_to", "status", "priority", "due_date", "reminder_date", "completed_date", "date_created",
        "date_modified")
    {
        IsSearchable = true,
        IsPrimary = true,
        IsFoundById = true,
        WebhookType = CopperEntityNames.Task,
        UpdatedSinceFilter = ModifiedSince,
        RelatedEntities =
        [
            CopperEntityNames.Company, CopperEntityNames.Person, CopperEntityNames.Opportunity, CopperEntityNames.Lead,
            CopperEntityNames.Project,
        ],
        Dates = static task => (task.DateCreated, task.DateModified),
    };

    /// <summary>
    /// Activities (developer.copper.com/activities/list-activities-search). They come newest first and cannot be sorted. The service
    /// finds them by the date of the activity only, which users may edit.
    /// </summary>
    public static CopperEntity<CopperActivity> Activity { get; } = new(
        CopperEntityNames.Activity,
        CopperEntityNames.Activities,
        Json.CopperActivity)
    {
        IsSearchable = true,
        Bulk = BulkOperations.Create,
        WebhookType = "activity_log",
        UpdatedSinceFilter = "minimum_activity_date",
        Dates = static activity => (activity.DateCreated, activity.DateModified),

        // With full_result one activity may come several times, an e-mail to several users for example.
        RowOf = static (activity, filter) => filter.Contains("full_result") ? activity.UserId ?? 0 : 0,
    };

    /// <summary>Users (developer.copper.com/account-and-users). The service hands them out in pages, without criteria.</summary>
    public static CopperEntity<CopperUser> User { get; } = new(CopperEntityNames.User, CopperEntityNames.Users, Json.CopperUser)
    {
        IsListedAndReadById = true,
        ConnectionName = CopperEntityNames.User,
    };

    /// <summary>The account itself: one record.</summary>
    public static CopperEntity<CopperAccount> Account { get; } = new(CopperEntityNames.Account, "account", Json.CopperAccount);

    /// <summary>Definitions of custom fields (developer.copper.com/custom-fields).</summary>
    public static CopperEntity<CopperCustomFieldDefinition> CustomFieldDefinition { get; } = new(
        CopperEntityNames.CustomFieldDefinition,
        "custom_field_definitions",
        Json.CopperCustomFieldDefinition)
    {
        IsListedAndReadById = true,
        AlsoAffects = ["field_layouts"],
    };

    /// <summary>Types of activities that the account created.</summary>
    public static CopperEntity<CopperCustomActivityType> CustomActivityType { get; } = new(
        CopperEntityNames.CustomActivityType,
        "custom_activity_types",
        Json.CopperCustomActivityType)
    {
        IsListedAndReadById = true,

        // A custom type is listed among all types too.
        AlsoAffects = ["activity_types"],
    };

    /// <summary>All types of activities (developer.copper.com/activities/list-activity-types).</summary>
    public static CopperEntity<CopperActivityType> ActivityType { get; } = new(
        CopperEntityNames.ActivityType, "activity_types", Json.CopperActivityType);

    /// <summary>Pipelines with their stages (developer.copper.com/opportunities/list-pipelines).</summary>
    public static CopperEntity<CopperPipeline> Pipeline { get; } = new(CopperEntityNames.Pipeline, "pipelines", Json.CopperPipeline);

    /// <summary>The stages of all pipelines (developer.copper.com/opportunities/list-pipeline-stages).</summary>
    public static CopperEntity<CopperPipelineStage> PipelineStage { get; } = new(
        CopperEntityNames.PipelineStage, "pipeline_stages", Json.CopperPipelineStage);

    /// <summary>Contact types of people and companies (developer.copper.com/people/list-contact-types).</summary>
    public static CopperEntity<CopperContactType> ContactType { get; } = new(
        CopperEntityNames.ContactType, "contact_types", Json.CopperContactType);

    /// <summary>Sources of leads and opportunities (developer.copper.com/opportunities/list-customer-sources).</summary>
    public static CopperEntity<CopperCustomerSource> CustomerSource { get; } = new(
        CopperEntityNames.CustomerSource, "customer_sources", Json.CopperCustomerSource);

    /// <summary>Reasons why opportunities are lost (developer.copper.com/opportunities/list-loss-reasons).</summary>
    public static CopperEntity<CopperLossReason> LossReason { get; } = new(
        CopperEntityNames.LossReason, "loss_reasons", Json.CopperLossReason);

    /// <summary>Statuses of leads (developer.copper.com/leads/list-lead-statuses).</summary>
    public static CopperEntity<CopperLeadStatus> LeadStatus { get; } = new(
        CopperEntityNames.LeadStatus, "lead_statuses", Json.CopperLeadStatus);

    /// <summary>Webhook subscriptions (developer.copper.com/webhooks).</summary>
    public static CopperEntity<CopperWebhook> Webhook { get; } = new(CopperEntityNames.Webhook, "webhooks", Json.CopperWebhook);

    /// <summary>Every kind of record.</summary>
    public static IReadOnlyList<CopperEntity> All { get; } =
    [
        Lead, Person, Company, Opportunity, Project, Task, Activity, User, Account, CustomFieldDefinition, CustomActivityType, ActivityType,
        Pipeline, PipelineStage, ContactType, CustomerSource, LossReason, LeadStatus, Webhook,
    ];

    /// <summary>The kinds of records that are searched: leads, people, companies, opportunities, projects, tasks and activities.</summary>
    public static IReadOnlyList<CopperEntity> Searchable { get; } = [.. All.Where(static entity => entity.IsSearchable)];

    /// <summary>The six kinds of records that others point to; see <see cref="CopperEntity.IsPrimary"/>.</summary>
    public static IReadOnlyList<CopperEntity> Primary { get; } = [.. All.Where(static entity => entity.IsPrimary)];

    /// <summary>The kind of a record, or of what a <see cref="CopperRelatedResource"/> points to.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="ArgumentException">It is of no known kind; the message lists those that there are.</exception>
    public static CopperEntity Of(ICopperRecord record)
    {
        var word = (record ?? throw new ArgumentNullException(nameof(record))).GetEntityType();
        return All.FirstOrDefault(entity => string.Equals(entity.Name, word, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"'{word}' is no kind of record. There are: {string.Join(", ", All.Select(static entity => entity.Name))}.",
                nameof(record));
    }

    /// <summary>One of the six primary kinds of records.</summary>
    /// <param name="word">Its singular or plural word, for example person or people; case does not matter.</param>
    /// <returns>The entity; null when the word is none of the six.</returns>
    public static CopperEntity? FindPrimary(string? word) => Primary.FirstOrDefault(entity =>
        string.Equals(entity.Name, word, StringComparison.OrdinalIgnoreCase)
        || string.Equals(entity.Path, word, StringComparison.OrdinalIgnoreCase));

    /// <summary>One of the six primary kinds of records.</summary>
    /// <param name="word">Its singular or plural word, for example person or people; case does not matter.</param>
    /// <exception cref="ArgumentException">The word is none of the six; the message lists them.</exception>
    public static CopperEntity GetPrimary(string word) => FindPrimary(word)
        ?? throw new ArgumentException($"'{word}' is not one of: {string.Join(", ", Primary.Select(static entity => entity.Name))}.");
}
