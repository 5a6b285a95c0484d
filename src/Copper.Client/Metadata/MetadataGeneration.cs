using System.Collections.Concurrent;

namespace Copper.Client.Metadata;

/// <summary>
/// What a client has loaded between two times that its cache was cleared. Records keep it, and so show their names after the client is
/// gone, and after its lists were invalidated. Safe from any thread.
/// </summary>
internal sealed class MetadataGeneration
{
    private readonly ConcurrentDictionary<string, object> _latest = new(StringComparer.Ordinal);

    /// <summary>What was loaded last under this name, be it invalidated since, or null.</summary>
    public T? Latest<T>(string name)
        where T : class =>
        _latest.TryGetValue(name, out var value) ? value as T : null;

    /// <summary>Keeps what was loaded.</summary>
    public void Note(string name, object value) => _latest[name] = value;
}
