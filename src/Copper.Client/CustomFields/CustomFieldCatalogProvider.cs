using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>
/// What the records of one client share to know their custom fields by name. It outlives the client, and has what was
/// loaded last, also after the cache was cleared. Safe from any thread.
/// </summary>
internal sealed class CustomFieldCatalogProvider : ICustomFieldCatalogProvider
{
    private readonly MetadataCache _cache;
    private volatile CachedCatalog? _last;

    public CustomFieldCatalogProvider(MetadataCache cache, bool isDayFirst)
    {
        _cache = cache;
        IsDayFirst = isDayFirst;
    }

    /// <summary>The account writes the day before the month.</summary>
    public bool IsDayFirst { get; }

    /// <summary>The definitions as far as they are loaded; null when they never were. Sends nothing.</summary>
    public ICustomFieldCatalog? Known =>
        _cache.Latest<IReadOnlyList<CopperCustomFieldDefinition>>(CopperEntities.CustomFieldDefinition.Path) is { } list
            ? GetOrBuild(list)
            : null;

    /// <summary>Tells records, and those within a conversion, where their fields' names are.</summary>
    public void Attach(object? value)
    {
        switch (value)
        {
            case ICustomFieldRecord record:
                Attach(record);
                break;
            case IEnumerable<ICustomFieldRecord?> records:
                foreach (var record in records)
                {
                    Attach(record);
                }

                break;
            case CopperLeadConversion conversion:
                Attach(conversion.Person);
                Attach(conversion.Company);
                Attach(conversion.Opportunity);
                break;
        }
    }

    private void Attach(ICustomFieldRecord? record) => record?.CustomFields.Attach(this, record.GetEntityType());

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
