namespace Copper.Client.RateLimiting.Shared;

/// <summary>What this process knows at the begin of a sync. Nothing of it changes until the sync is committed.</summary>
internal sealed class LocalSnapshot
{
    /// <summary>The windows of the sessions of this process.</summary>
    public IReadOnlyList<RateLimit> Limits { get; init; } = [];

    /// <summary>Their windows for bulk endpoints.</summary>
    public IReadOnlyList<RateLimit> BulkLimits { get; init; } = [];

    /// <summary>No request of these sessions takes longer; null without sessions.</summary>
    public TimeSpan? LongestRequest { get; init; }

    /// <summary>The account of the credential; null while it is not known.</summary>
    public Guid? Account { get; init; }

    /// <summary>The requests that wait, in the order of arrival.</summary>
    public IReadOnlyList<CrossProcessWaiter> Waiters { get; init; } = [];

    /// <summary>The requests in flight, and the permits that are reserved.</summary>
    public IReadOnlyList<CrossProcessPermit> InFlight { get; init; } = [];

    /// <summary>How many permits to reserve for the requests that will come before the next sync.</summary>
    public int Expected { get; init; }

    /// <summary>No more may be admitted now, whatever is free: the store was in outage until a moment ago.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>The same for bulk requests.</summary>
    public int MostBulk { get; init; } = int.MaxValue;

    /// <summary>Some permits are reserved.</summary>
    public bool HasReserve { get; init; }

    /// <summary>The outcomes that the store does not contain yet.</summary>
    public IReadOnlyList<RequestOutcome> Outcomes { get; init; } = [];

    /// <summary>A session of this process is open.</summary>
    public bool HasSessions => LongestRequest is not null;
}
