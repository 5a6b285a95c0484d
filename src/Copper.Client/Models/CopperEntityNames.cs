namespace Copper.Client.Models;

/// <summary>
/// The API's words for kinds of records: singular in bodies and messages, plural in paths. Everything else that there is to know of a
/// kind of record stands in the registry, <c>CopperEntities</c>.
/// </summary>
public static class CopperEntityNames
{
    /// <summary>A lead.</summary>
    public const string Lead = "lead";

    /// <summary>A person.</summary>
    public const string Person = "person";

    /// <summary>A company.</summary>
    public const string Company = "company";

    /// <summary>An opportunity.</summary>
    public const string Opportunity = "opportunity";

    /// <summary>A project.</summary>
    public const string Project = "project";

    /// <summary>A task.</summary>
    public const string Task = "task";

    /// <summary>An activity.</summary>
    public const string Activity = "activity";

    /// <summary>A user of the account.</summary>
    public const string User = "user";

    /// <summary>Leads, in paths.</summary>
    public const string Leads = "leads";

    /// <summary>People, in paths.</summary>
    public const string People = "people";

    /// <summary>Companies, in paths.</summary>
    public const string Companies = "companies";

    /// <summary>Opportunities, in paths.</summary>
    public const string Opportunities = "opportunities";

    /// <summary>Projects, in paths.</summary>
    public const string Projects = "projects";

    /// <summary>Tasks, in paths.</summary>
    public const string Tasks = "tasks";

    /// <summary>Activities, in paths.</summary>
    public const string Activities = "activities";

    /// <summary>Users, in paths.</summary>
    public const string Users = "users";

    internal const string Account = "account";
    internal const string ActivityType = "activity type";
    internal const string ContactType = "contact type";
    internal const string CustomActivityType = "custom activity type";
    internal const string CustomerSource = "customer source";
    internal const string CustomFieldDefinition = "custom field definition";
    internal const string LeadStatus = "lead status";
    internal const string LossReason = "loss reason";
    internal const string Pipeline = "pipeline";
    internal const string PipelineStage = "pipeline stage";
    internal const string Webhook = "webhook";

    /// <summary>The paths of the records that other records can point to, by their singular words.</summary>
    internal static IReadOnlyDictionary<string, string> PrimaryPaths { get; } = new Dictionary<string, string>(
        StringComparer.OrdinalIgnoreCase)
    {
        [Lead] = Leads,
        [Person] = People,
        [Company] = Companies,
        [Opportunity] = Opportunities,
        [Project] = Projects,
        [Task] = Tasks,
    };

    /// <summary>The singular word of a record that others can point to, of either word; null for any other word.</summary>
    internal static string? SingularOf(string? word) => PrimaryPaths
        .Where(names => string.Equals(names.Key, word, StringComparison.OrdinalIgnoreCase)
            || string.Equals(names.Value, word, StringComparison.OrdinalIgnoreCase))
        .Select(static names => names.Key)
        .FirstOrDefault();
}
