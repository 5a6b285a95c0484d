using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>A list of the account that seldom changes. It is loaded once, and then cached for all users of the client.</summary>
/// <typeparam name="T">The items.</typeparam>
public class MetadataList<T> : INameList
    where T : class
{
    private readonly MetadataCache _cache;
    private readonly Func<CancellationToken, Task<IReadOnlyList<T>>> _fetch;
    private readonly Func<long, CancellationToken, Task<T>>? _fetchOne;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected MetadataList()
    {
    }
#pragma warning restore CS8618

    /// <param name="cache">Where the list is cached.</param>
    /// <param name="key">Under which name: the path that it comes from, so that a change there drops it.</param>
    /// <param name="itemName">What an item is called in messages.</param>
    /// <param name="fetch">Reads the whole list.</param>
    /// <param name="fetchOne">Reads one item, where the service can do that.</param>
    internal MetadataList(
        MetadataCache cache,
        string key,
        string itemName,
        Func<CancellationToken, Task<IReadOnlyList<T>>> fetch,
        Func<long, CancellationToken, Task<T>>? fetchOne = null)
    {
        _cache = cache;
        Key = key;
        ItemName = itemName;
        _fetch = fetch;
        _fetchOne = fetchOne;
    }

    /// <summary>What one of the items is called, for example contact type.</summary>
    public virtual string ItemName { get => Substitute.Part(field, this); }

    internal string Key { get; }

    /// <summary>The whole list; from the cache when it is there.</summary>
    public virtual Task<IReadOnlyList<T>> GetAsync(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_cache, this);
        return _cache.GetAsync(Key, _fetch, cancellationToken);
    }

    /// <summary>The whole list as it is cached, or null; sends nothing.</summary>
    public virtual IReadOnlyList<T>? Peek()
    {
        Substitute.Check(_cache, this);
        return _cache.Peek<IReadOnlyList<T>>(Key);
    }

    /// <summary>
    /// The list was asked for in vain, as something that only helps to read records, and the client does not ask again for that: see
    /// <see cref="NoteMissed"/>. <see cref="GetAsync"/> asks all the same.
    /// </summary>
    public virtual bool IsMissed => Peek() is null && _cache.IsMissed(Key);

    /// <summary>Notes that the list could not be had, until it is invalidated or the cache is cleared.</summary>
    public virtual void NoteMissed()
    {
        Substitute.Check(_cache, this);
        _cache.NoteMissed(Key);
    }

    /// <summary>Invalidates the list, so that the next call loads it again.</summary>
    public virtual void Forget()
    {
        Substitute.Check(_cache, this);
        _cache.Forget(Key);
    }

    string INameList.Items => Key.Replace('_', ' ');

    bool INameList.IsCached => Peek() is not null;

    bool INameList.IsUnlisted(string id) => _cache.IsUnlisted(Key, id);

    void INameList.NoteUnlisted(string id) => _cache.NoteUnlisted(Key, id);

    Task INameList.LoadAsync(CancellationToken cancellationToken) => GetAsync(cancellationToken);

    Task INameList.RefreshAsync(CancellationToken cancellationToken) => _cache.RefreshAsync(Key, _fetch, cancellationToken);

    /// <summary>The items with this id: none, one, or several where the service gives ids by category.</summary>
    /// <remarks>An item that is not listed, such as a user who has left, is asked for by itself where the service can do that.</remarks>
    public virtual async Task<IReadOnlyList<T>> FindAsync(long id, CancellationToken cancellationToken = default)
    {
        var list = await GetAsync(cancellationToken).ConfigureAwait(false);
        var listed = list.Where(item => item is ICopperRecord record && record.Id == id).ToArray();
        if (listed.Length > 0 || _fetchOne is null || id <= 0)
        {
            return listed;
        }

        try
        {
            return [await _fetchOne(id, cancellationToken).ConfigureAwait(false)];
        }
        catch (CopperNotFoundException)
        {
            return [];
        }
    }
}
