using Copper.Sandbox;

namespace Copper.SandboxHost.Journal;

/// <summary>Everything the host received except control requests, with counts for statistics. Safe to use from several threads.</summary>
public sealed class HostJournal
{
    private readonly Lock _gate = new();
    private readonly List<HostJournalEntry> _entries = [];
    private readonly HashSet<HostJournalEntry> _underWay = [];

    /// <summary>The requests so far, oldest first.</summary>
    public IReadOnlyList<HostJournalEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>The most requests that were in progress at once.</summary>
    public int MaximumConcurrency { get; private set; }

    /// <summary>The requests in progress now.</summary>
    public int UnderWay
    {
        get
        {
            lock (_gate)
            {
                return _underWay.Count;
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            MaximumConcurrency = _underWay.Count;
        }
    }

    internal HostJournalEntry Begin(HttpContext context, string path, DateTimeOffset time)
    {
        lock (_gate)
        {
            var entry = new HostJournalEntry
            {
                N = _entries.Count + 1,
                Time = time,
                Method = context.Request.Method,
                Path = path,
                Query = context.Request.QueryString.Value ?? "",
                ConnectionId = context.Connection.Id,
                RawHeaders = context.Request.Headers.ToDictionary(
                    header => header.Key, header => SecretMask.MaskHeader(header.Key, header.Value.ToString())),
            };
            _entries.Add(entry);
            _underWay.Add(entry);
            MaximumConcurrency = Math.Max(MaximumConcurrency, _underWay.Count);
            return entry;
        }
    }

    /// <summary>
    /// The request is not in progress any more. Called before the last of the response goes out, since the client's next request may come
    /// before this host goes on; and once more when all is over, for those that got no response.
    /// </summary>
    internal void End(HostJournalEntry entry)
    {
        lock (_gate)
        {
            _underWay.Remove(entry);
        }
    }
}
