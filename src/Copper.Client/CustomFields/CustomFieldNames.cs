using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>
/// Tells the records of one client where the names of their custom fields are. Records that are read after the cache was cleared wait for
/// the definitions to be loaded again. Safe from any thread.
/// </summary>
/// <param name="cache">The client's cache.</param>
/// <param name="isDayFirst">The account writes the day before the month.</param>
internal sealed class CustomFieldNames(MetadataCache cache, bool isDayFirst)
{
    private volatile CustomFieldCatalogProvider _current = new(cache, cache.Generation, isDayFirst);

    private CustomFieldCatalogProvider Current
    {
        get
        {
            var current = _current;
            var generation = cache.Generation;
            return current.IsOf(generation) ? current : _current = new CustomFieldCatalogProvider(cache, generation, isDayFirst);
        }
    }

    /// <summary>Tells records, and those within a conversion, where their fields' names are.</summary>
    public void Attach(object? value)
    {
        var provider = Current;
        foreach (var record in CopperRecord.In(value).OfType<ICustomFieldRecord>())
        {
            record.CustomFields.Attach(provider, record.GetEntityType());
        }
    }
}
