using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>
/// Tells the records of one client where the names behind their ids are. What a record shows does not change when the cache is cleared;
/// records that are read after that wait for the lists to be loaded again. Safe from any thread.
/// </summary>
internal sealed class ReferenceNames
{
    private readonly WeakReference<MetadataCache> _cache;
    private volatile ListedNames _current;

    public ReferenceNames(MetadataCache cache)
    {
        _cache = new WeakReference<MetadataCache>(cache);
        _current = new ListedNames(_cache, cache.Generation);
    }

    /// <summary>The names of the lists as they are cached now.</summary>
    public ListedNames Current
    {
        get
        {
            var current = _current;
            return !_cache.TryGetTarget(out var cache) || current.IsOf(cache.Generation)
                ? current
                : _current = new ListedNames(_cache, cache.Generation);
        }
    }

    /// <summary>The pipelines bring their stages, so that one request serves for both.</summary>
    public static NameList TableOf(NameList list) => list == NameList.PipelineStages ? NameList.Pipelines : list;

    /// <summary>Tells records, and those within a conversion, where their names are.</summary>
    public void Attach(object? value)
    {
        var names = Current;
        switch (value)
        {
            case CopperRecord record:
                record.Attach(names);
                break;
            case IEnumerable<CopperRecord?> records:
                foreach (var record in records)
                {
                    record?.Attach(names);
                }

                break;
            case CopperLeadConversion conversion:
                conversion.Person?.Attach(names);
                conversion.Company?.Attach(names);
                conversion.Opportunity?.Attach(names);
                break;
        }
    }
}
