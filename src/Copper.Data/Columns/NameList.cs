namespace Copper.Data.Columns;

/// <summary>The lists of an account by which columns show names instead of ids.</summary>
public enum NameList
{
    /// <summary>The column shows no name of a list.</summary>
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
}
