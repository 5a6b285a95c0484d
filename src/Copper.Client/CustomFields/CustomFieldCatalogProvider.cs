using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>
/// What the records share to know their custom fields by name that a client has read between two times that its cache was cleared. It
/// outlives the client with the definitions that were loaded last; where there were none, those that were loaded later count. Safe from
/// any thread.
/// </summary>
/// <param name="cache">The client's cache.</param>
/// <param name="generation">What was loaded between the two times.</param>
/// <param name="isDayFirst">The account writes the day before the month.</param>
internal sealed class CustomFieldCatalogProvider(MetadataCache cache, MetadataGeneration generation, bool isDayFirst)
    : ICustomFieldCatalogProvider
{
    private volatile CachedCatalog? _last;

    /// <inheritdoc/>
    public bool IsDayFirst => isDayFirst;

    /// <summary>The definitions as far as they are loaded; null when they never were. Sends nothing.</summary>
    public ICustomFieldCatalog? Known => (ListOf(generation) ?? ListOf(cache.Generation)) is { } list ? GetOrBuild(list) : null;

    /// <summary>The cache was not cleared since.</summary>
    public bool IsOf(MetadataGeneration current) => ReferenceEquals(generation, current);

    private static IReadOnlyList<CopperCustomFieldDefinition>? ListOf(MetadataGeneration loaded) =>
        loaded.Latest<IReadOnlyList<CopperCustomFieldDefinition>>(CopperEntities.CustomFieldDefinition.Path);

    /// <summary>The catalog of a list is built once.</summary>
    private CustomFieldCatalog GetOrBuild(IReadOnlyList<CopperCustomFieldDefinition> list)
    {
        var last = _last;
        if (last is null || !ReferenceEquals(last.List, list))
        {
            _last = last = new CachedCatalog(list);
        }

        return last.Catalog;
    }

    private sealed class CachedCatalog(IReadOnlyList<CopperCustomFieldDefinition> list)
    {
        public IReadOnlyList<CopperCustomFieldDefinition> List { get; } = list;

        public CustomFieldCatalog Catalog { get; } = new(list);
    }
}
