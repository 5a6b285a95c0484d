using System.Collections.Concurrent;
using System.Globalization;

namespace Copper.Client;

/// <summary>
/// Which records the client has written of late: a search may still show them as they were, and what is read before it is changed must
/// not come from there.
/// </summary>
internal sealed class RecentWrites
{
    /// <summary>Searches of the service lag by seconds.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(1);

    private const int Most = 20000;

    private readonly ConcurrentDictionary<(string Path, long Id), DateTimeOffset> _times = new();

    /// <summary>A request begins, or is over, that may change the records that it names.</summary>
    public void Note(CopperRequest request)
    {
        if (request.Effect == RequestEffect.Read)
        {
            return;
        }

        var parts = request.Path.Split('/', '?');
        if (parts.Length > 1 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            Note(parts[0], id);
        }
        else if (request.Body is { Count: 1 } body && body[body.Names[0]] is IReadOnlyList<JsonBody> items)
        {
            // Ten in one request.
            foreach (var item in items)
            {
                if (item.Contains("id") && item["id"] is long one)
                {
                    Note(parts[0], one);
                }
            }
        }
    }

    private void Note(string path, long id)
    {
        if (_times.Count > Most)
        {
            var oldest = DateTimeOffset.UtcNow - Lag;
            foreach (var entry in _times.Where(entry => entry.Value < oldest).ToArray())
            {
                _ = _times.TryRemove(entry.Key, out _);
            }
        }

        _times[(path, id)] = DateTimeOffset.UtcNow;
    }

    /// <summary>A search may show the record as it was before.</summary>
    public bool Contains(string path, long id) =>
        _times.TryGetValue((path, id), out var time) && DateTimeOffset.UtcNow - time < Lag;
}
