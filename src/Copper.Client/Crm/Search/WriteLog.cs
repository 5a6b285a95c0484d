using System.Collections.Concurrent;

namespace Copper.Client.Crm.Search;

/// <summary>Counts the requests that may have changed records, by the first word of their path, so that a search knows whether its pages may have shifted.</summary>
internal sealed class WriteLog
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Note(string requestPath)
    {
        var slash = requestPath.IndexOf('/');
        _counts.AddOrUpdate(slash < 0 ? requestPath : requestPath.Substring(0, slash), 1, static (_, count) => count + 1);
    }

    public long Count(string path) => _counts.TryGetValue(path, out var count) ? count : 0;
}
