namespace Copper.Client.Models;

/// <summary>The lists of an account that have the names behind ids in records.</summary>
public enum NameList
{
    /// <summary>No list.</summary>
    None,

    /// <summary>Users: the name, or the e-mail address of one without a name.</summary>
    Users,

    /// <summary>The contact types of people and companies.</summary>
    ContactTypes,

    /// <summary>The sources of leads and opportunities.</summary>
    CustomerSources,

    /// <summary>The reasons for which opportunities are lost.</summary>
    LossReasons,

    /// <summary>The statuses of leads.</summary>
    LeadStatuses,

    /// <summary>The pipelines of opportunities.</summary>
    Pipelines,

    /// <summary>The stages of pipelines; a name may occur in several pipelines.</summary>
    PipelineStages,

    /// <summary>The types of activities, whose ids are unique only within a category.</summary>
    ActivityTypes,

    /// <summary>The account's own types of activities, which tasks have.</summary>
    CustomActivityTypes,

    /// <summary>The custom fields.</summary>
    CustomFieldDefinitions,
}
