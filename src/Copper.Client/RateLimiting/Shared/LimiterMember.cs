namespace Copper.Client.RateLimiting.Shared;

/// <summary>The entry of one credential of one process in the state.</summary>
internal sealed class LimiterMember(Guid id, ProcessIdentity process, Guid credential)
{
    public Guid Id { get; } = id;

    public ProcessIdentity Process { get; } = process;

    public Guid Credential { get; } = credential;

    public IReadOnlyList<RateLimit> Limits { get; set; } = [];

    public IReadOnlyList<RateLimit> BulkLimits { get; set; } = [];

    /// <summary>Its waiting requests that could go if permits were free.</summary>
    public int Waiting { get; set; }

    /// <summary>Those among them that wait for the bulk window.</summary>
    public int BulkWaiting { get; set; }

    /// <summary>When it syncs again.</summary>
    public TimeSpan NextSync { get; set; }

    /// <summary>When one of its requests was admitted for the last time.</summary>
    public TimeSpan LastAdmitted { get; set; }

    /// <summary>When it has synced for the last time.</summary>
    public TimeSpan LastSeen { get; set; }

    /// <summary>None of its requests takes longer.</summary>
    public TimeSpan LongestRequest { get; set; }

    /// <summary>When its process was first found to have ended.</summary>
    public TimeSpan? FoundDead { get; set; }

    /// <summary>Its sessions are closed; it stays only for its requests in flight.</summary>
    public bool IsLeaving { get; set; }
}
