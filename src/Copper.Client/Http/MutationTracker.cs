using System.Collections.Concurrent;

namespace Copper.Client;

/// <summary>
/// Counts the requests that may change records, by what they affect, so that a search in progress knows whether its pages may have
/// shifted. A request takes effect at some moment between its start and its end, so both are counted.
/// </summary>
internal sealed class MutationTracker
{
    private readonly ConcurrentDictionary<string, long> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _ended = new(StringComparer.Ordinal);

    public void Begin(CopperRequest request) => Count(_begun, request);

    /// <summary>Also after a failure: the service may have carried it out.</summary>
    public void End(CopperRequest request) => Count(_ended, request);

    /// <summary>The requests so far that may change these records.</summary>
    /// <param name="path">The records, by the first segment of their path, for example people.</param>
    public long Begun(string path) => _begun.TryGetValue(path, out var count) ? count : 0;

    /// <summary>Those of them that have ended.</summary>
    /// <param name="path">As for <see cref="Begun"/>.</param>
    public long Ended(string path) => _ended.TryGetValue(path, out var count) ? count : 0;

    private static void Count(ConcurrentDictionary<string, long> counts, CopperRequest request)
    {
        foreach (var path in request.Affects)
        {
            counts.AddOrUpdate(path, 1, static (_, count) => count + 1);
        }
    }
}
