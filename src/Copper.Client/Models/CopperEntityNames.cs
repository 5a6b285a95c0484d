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

    /// <summary>The account itself.</summary>
    public const string Account = "account";

    /// <summary>A type of activities.</summary>
    public const string ActivityType = "activity type";

    /// <summary>A contact type of people and companies.</summary>
    public const string ContactType = "contact type";

    /// <summary>A type of activities of the account's own.</summary>
    public const string CustomActivityType = "custom activity type";

    /// <summary>A source of leads and opportunities.</summary>
    public const string CustomerSource = "customer source";

    /// <summary>A definition of a custom field.</summary>
    public const string CustomFieldDefinition = "custom field definition";

    /// <summary>A status of leads.</summary>
    public const string LeadStatus = "lead status";

    /// <summary>A reason for which opportunities are lost.</summary>
    public const string LossReason = "loss reason";

    /// <summary>A pipeline of opportunities.</summary>
    public const string Pipeline = "pipeline";

    /// <summary>A stage of a pipeline.</summary>
    public const string PipelineStage = "pipeline stage";

    /// <summary>A webhook subscription.</summary>
    public const string Webhook = "webhook";

    /// <summary>The singular word behind its article: a lead, an opportunity.</summary>
    /// <param name="word">The word.</param>
    public static string WithArticle(string word) => (word.Length > 0 && word[0] is 'a' or 'e' or 'i' or 'o' ? "an " : "a ") + word;

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
