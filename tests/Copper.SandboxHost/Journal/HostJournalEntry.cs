namespace Copper.SandboxHost.Journal;

/// <summary>A request as it came over the wire, and what became of it.</summary>
public sealed class HostJournalEntry
{
    /// <summary>Running number, from 1.</summary>
    public required long N { get; init; }

    /// <summary>When its headers were received.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Method { get; init; }

    /// <summary>Path below /developer_api/v1, or the whole path of other addresses.</summary>
    public required string Path { get; init; }

    /// <summary>Query string with its question mark; empty if there is none.</summary>
    public required string Query { get; init; }

    /// <summary>Kestrel's id of the connection: equal for requests that shared one.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>Headers; the values of secret ones are replaced by the beginning of their SHA-256 hash.</summary>
    public required IReadOnlyDictionary<string, string> RawHeaders { get; init; }

    /// <summary>Body text; null until it was read and for uploads.</summary>
    public string? Body { get; internal set; }

    /// <summary>Status sent; null as long as, and if, none was.</summary>
    public int? Status { get; internal set; }

    /// <summary>Whether the exchange ended before the response was complete, on either side's account.</summary>
    public bool Aborted { get; internal set; }

    /// <summary>Whether valid credentials came with the request.</summary>
    public bool Authenticated { get; internal set; }
}
