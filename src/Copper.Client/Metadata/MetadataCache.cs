using System.Collections.Concurrent;

namespace Copper.Client.Metadata;

/// <summary>What seldom changes (tags, users, pipelines …), loaded once per session. Safe from any thread.</summary>
public sealed class MetadataCache
{
    /// <summary>The path of field layouts.</summary>
    internal const string FieldLayouts = "field_layouts";

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, bool> _missed = new(StringComparer.Ordinal);

    /// <summary>For each list, the ids that it does not have.</summary>
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _unlisted = new(StringComparer.Ordinal);

    private volatile MetadataGeneration _generation = new();
    private int _version;

    internal MetadataCache()
    {
    }

    /// <summary>What was loaded since the cache was cleared: another object after each time.</summary>
    internal MetadataGeneration Generation => _generation;

    /// <summary>Another number after each time that something was loaded or invalidated.</summary>
    internal int Version => Volatile.Read(ref _version);

    /// <summary>The number of lists that are cached.</summary>
    public int Count => _entries.Values.Count(static entry => entry.Value is not null);

    /// <summary>What is cached under this name, or null; sends nothing.</summary>
    public T? Peek<T>(string name)
        where T : class =>
        _entries.TryGetValue(name, out var entry) ? entry.Value as T : null;

    /// <summary>
    /// What is cached under this name; loaded when there is nothing yet. Callers that come together share one request; a failed one is not
    /// kept.
    /// </summary>
    public async Task<T> GetAsync<T>(string name, Func<CancellationToken, Task<T>> fetch, CancellationToken cancellationToken)
        where T : class
    {
        var generation = _generation;
        var entry = _entries.GetOrAdd(name, static _ => new Entry());
        if (entry.Value is T kept)
        {
            return kept;
        }

        await entry.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (entry.Value is T made)
            {
                return made;
            }

            var value = await fetch(cancellationToken).ConfigureAwait(false);
            Keep(name, entry, value, generation);
            return value;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>
    /// Loads what is cached under this name again; what was there stays until the new value has come. Callers that come together share one
    /// request.
    /// </summary>
    internal async Task<T> RefreshAsync<T>(string name, Func<CancellationToken, Task<T>> fetch, CancellationToken cancellationToken)
        where T : class
    {
        var generation = _generation;
        var entry = _entries.GetOrAdd(name, static _ => new Entry());
        var old = entry.Value;
        await entry.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (entry.Value is T made && !ReferenceEquals(made, old))
            {
                return made;
            }

            var value = await fetch(cancellationToken).ConfigureAwait(false);
            Keep(name, entry, value, generation);
            return value;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>Invalidates everything.</summary>
    public void Clear()
    {
        _generation = new MetadataGeneration();
        _entries.Clear();
        _missed.Clear();
        _unlisted.Clear();
        Interlocked.Increment(ref _version);
    }

    /// <summary>Invalidates what is cached under this name.</summary>
    public void Forget(string name)
    {
        _entries.TryRemove(name, out _);
        _missed.TryRemove(name, out _);
        _unlisted.TryRemove(name, out _);
        Interlocked.Increment(ref _version);
    }

    /// <summary>
    /// A list that only helps to read records could not be had. Who asks for it is not to ask again until the cache is cleared.
    /// </summary>
    internal void NoteMissed(string name) => _missed[name] = true;

    /// <summary>The list was asked for in vain.</summary>
    internal bool IsMissed(string name) => _missed.ContainsKey(name);

    /// <summary>The list does not have the id: it is not read again for that.</summary>
    internal void NoteUnlisted(string name, string id) =>
        _unlisted.GetOrAdd(name, static _ => new ConcurrentDictionary<string, bool>(StringComparer.Ordinal))[id] = true;

    /// <summary>The id was looked for in vain.</summary>
    internal bool IsUnlisted(string name, string id) => _unlisted.TryGetValue(name, out var ids) && ids.ContainsKey(id);

    /// <summary>Invalidates the lists that a request affects, and those below their paths.</summary>
    internal void Forget(IReadOnlyList<string> affected)
    {
        foreach (var name in affected)
        {
            Forget(name);
            foreach (var list in _entries.Keys.Where(key => key.StartsWith(name + "/", StringComparison.Ordinal)))
            {
                Forget(list);
            }
        }
    }

    private void Keep(string name, Entry entry, object value, MetadataGeneration generation)
    {
        entry.Value = value;
        generation.Note(name, value);
        Interlocked.Increment(ref _version);
    }

    private sealed class Entry
    {
        private volatile object? _value;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public object? Value
        {
            get => _value;
            set => _value = value;
        }
    }
}
