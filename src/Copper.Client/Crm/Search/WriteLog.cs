using System.Collections.Concurrent;

namespace Copper.Client.Crm.Search;

/// <summary>
/// Counts the requests that may change records, by the first word of their path, so that a search knows whether its pages
/// may have shifted. A request changes things at some moment between its begin and its end, so both are counted.
/// </summary>
internal sealed class WriteLog
{
    private readonly ConcurrentDictionary<string, long> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _ended = new(StringComparer.Ordinal);

    public void NoteBegin(string requestPath) => Count(_begun, requestPath);

    /// <summary>Also after a failure: the service may have done it.</summary>
    public void NoteEnd(string requestPath) => Count(_ended, requestPath);

    public long Begun(string path) => _begun.TryGetValue(path, out var count) ? count : 0;

    public long Ended(string path) => _ended.TryGetValue(path, out var count) ? count : 0;

    private static void Count(ConcurrentDictionary<string, long> counts, string requestPath)
    {
        var slash = requestPath.IndexOf('/');
        counts.AddOrUpdate(slash < 0 ? requestPath : requestPath.Substring(0, slash), 1, static (_, count) => count + 1);
    }
}
