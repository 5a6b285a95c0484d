using System.Collections.Concurrent;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Search;

/// <summary>
/// Counts the requests that may change records, by the first word of their path, so that a search knows whether its pages
/// may have shifted. A request changes things at some moment between its begin and its end, so both are counted.
/// </summary>
internal sealed class MutationTracker
{
    private readonly ConcurrentDictionary<string, long> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _ended = new(StringComparer.Ordinal);

    public void NoteBegin(CopperRequest request) => Count(_begun, request);

    /// <summary>Also after a failure: the service may have done it.</summary>
    public void NoteEnd(CopperRequest request) => Count(_ended, request);

    public long Begun(string path) => _begun.TryGetValue(path, out var count) ? count : 0;

    public long Ended(string path) => _ended.TryGetValue(path, out var count) ? count : 0;

    private static void Count(ConcurrentDictionary<string, long> counts, CopperRequest request)
    {
        foreach (var path in ChangedBy(request))
        {
            counts.AddOrUpdate(path, 1, static (_, count) => count + 1);
        }
    }

    /// <summary>The records of the path, and those that change along with them.</summary>
    private static IEnumerable<string> ChangedBy(CopperRequest request)
    {
        var segments = request.Path.Split('/');
        var own = segments[0];

        // A converted lead leaves its place to a person, a company and an opportunity; any of them may have been there before.
        IEnumerable<string> others = segments[segments.Length - 1] switch
        {
            "convert" => [CopperEntityNames.People, CopperEntityNames.Companies, CopperEntityNames.Opportunities],
            "related" => RelatedBy(request.Body),
            _ => [],
        };
        return others.Append(own).Distinct();
    }

    /// <summary>A relation holds in both directions: the company of a person is one.</summary>
    private static IEnumerable<string> RelatedBy(JsonBody? body) =>
        body is not null && body.Contains("resource") && body["resource"] is JsonBody resource && resource.Contains("type")
            && CopperEntityNames.SingularOf(resource["type"] as string) is { } entity
            ? [CopperEntityNames.PrimaryPaths[entity]]
            : CopperEntityNames.PrimaryPaths.Values;
}
