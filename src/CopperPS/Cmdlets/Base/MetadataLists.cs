using Copper.Client.Metadata;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>The list of each kind of item, so that the type argument of a cmdlet alone states which it reads.</summary>
internal static class MetadataLists
{
    private static readonly Dictionary<Type, Func<CopperMetadata, object>> ByModel = new()
    {
        [typeof(CopperAccount)] = static metadata => metadata.Account,
        [typeof(CopperUser)] = static metadata => metadata.Users,
        [typeof(CopperPipeline)] = static metadata => metadata.Pipelines,
        [typeof(CopperPipelineStage)] = static metadata => metadata.PipelineStages,
        [typeof(CopperContactType)] = static metadata => metadata.ContactTypes,
        [typeof(CopperCustomerSource)] = static metadata => metadata.CustomerSources,
        [typeof(CopperLossReason)] = static metadata => metadata.LossReasons,
        [typeof(CopperLeadStatus)] = static metadata => metadata.LeadStatuses,
        [typeof(CopperActivityType)] = static metadata => metadata.ActivityTypes,
        [typeof(CopperCustomActivityType)] = static metadata => metadata.CustomActivityTypes,
        [typeof(CopperCustomFieldDefinition)] = static metadata => metadata.CustomFieldDefinitions,
        [typeof(CopperTag)] = static metadata => metadata.Tags,
    };

    /// <summary>The list of a model.</summary>
    public static MetadataList<T> Of<T>(CopperMetadata metadata)
        where T : class => (MetadataList<T>)ByModel[typeof(T)](metadata);

    /// <summary>The smallest id that there is: a note is the activity type number 0.</summary>
    public static long SmallestIdOf<T>() => typeof(T) == typeof(CopperActivityType) ? 0 : 1;
}
