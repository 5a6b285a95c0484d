using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>
/// Tells the records of one client where the names behind their ids are. What a record shows does not change when the cache is cleared;
/// records that are read after that wait for the lists to be loaded again. Safe from any thread.
/// </summary>
internal sealed class ReferenceNames
{
    private readonly MetadataCache _cache;
    private readonly RecordAccount _account;
    private volatile ListedNames _current;

    /// <param name="cache">The client's cache.</param>
    /// <param name="account">The client's account.</param>
    public ReferenceNames(MetadataCache cache, RecordAccount account)
    {
        _account = account;
        _cache = cache;
        _current = new ListedNames(cache.Generation, account);
    }

    /// <summary>The names of the lists as they are cached now.</summary>
    public ListedNames Current
    {
        get
        {
            var current = _current;
            var generation = _cache.Generation;
            return current.IsOf(generation) ? current : _current = new ListedNames(generation, _account);
        }
    }

    /// <summary>Another number after each time that a list was loaded or invalidated.</summary>
    public int Version => _cache.Version;

    /// <summary>The pipelines bring their stages, so that one request serves for both.</summary>
    public static NameList TableOf(NameList list) => list == NameList.PipelineStages ? NameList.Pipelines : list;

    /// <summary>
    /// Tells records, and those within a conversion, where their names are. A record of another account keeps the names of that one: its
    /// ids mean something else here.
    /// </summary>
    public void Attach(object? value)
    {
        var names = Current;
        foreach (var record in CopperRecord.In(value))
        {
            if (record is not null && (record.GetAccount() is not { } account || account.IsSame(_account)))
            {
                record.Attach(names);
            }
        }
    }
}
