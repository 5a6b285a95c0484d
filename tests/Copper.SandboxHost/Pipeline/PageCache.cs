using System.Collections.Concurrent;
using Copper.Sandbox;

namespace Copper.SandboxHost.Pipeline;

/// <summary>
/// Keeps the responses to searches until something is written, encoded as they go out, so that a measurement of clients is not one
/// of this host. What decides over a request (credential, limits, faults, latency, journal) comes before and is not touched.
/// </summary>
internal sealed class PageCache
{
    private readonly ConcurrentDictionary<(string Path, string Query, string? Body, bool Gzip), SandboxReply> _replies = new();

    /// <summary>The response kept for this search, or a new one.</summary>
    public SandboxReply Respond(Exchange exchange, Func<SandboxReply> respond)
    {
        if (!IsSearch(exchange.Request))
        {
            if (exchange.Request.Method != "GET")
            {
                _replies.Clear();
            }

            return respond();
        }

        string query = exchange.Context.Request.QueryString.Value ?? "";
        var key = (exchange.Request.Path, query, exchange.Request.Body, ReplyWriter.AcceptsGzip(exchange));
        if (exchange.Admission.Allowed && exchange.Entry.Authenticated == true && _replies.TryGetValue(key, out var kept))
        {
            return kept;
        }

        var reply = respond();
        if (reply.Status == 200)
        {
            _replies[key] = reply = key.Item4 && reply.Body.Length > 0 ? ReplyWriter.Encode(reply) : reply;
        }

        return reply;
    }

    public void Clear() => _replies.Clear();

    private static bool IsSearch(SandboxRequest request) =>
        request.Method == "POST" && request.Path.EndsWith("/search", StringComparison.Ordinal);
}
