namespace Copper.Client.RateLimiting.Shared;

/// <summary>What a sync has decided. It applies once it is in the store.</summary>
internal sealed class SyncResult
{
    /// <summary>A wait of this length is not worth reporting.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(20);

    /// <summary>The result when there was nothing to sync.</summary>
    public static SyncResult Nothing { get; } = new();

    /// <summary>No request is admitted before, on the clock of this machine, because the former state was lost.</summary>
    public TimeSpan? HeldUntil { get; init; }

    /// <summary>Permits for the next requests of this process.</summary>
    public IReadOnlyList<CrossProcessPermit> Reserved { get; init; } = [];

    /// <summary>All wait because the service responded with 429 to somebody: what was reserved before is not used either.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The waiting requests that may go, with their permits.</summary>
    public IReadOnlyList<(CrossProcessWaiter Waiter, CrossProcessPermit Permit)> Admitted { get; init; } = [];

    /// <summary>The processes that use the limit, this one included.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>The windows that apply.</summary>
    public IReadOnlyList<RateLimit> Limits { get; init; } = [];

    /// <summary>The windows that apply to bulk endpoints.</summary>
    public IReadOnlyList<RateLimit> BulkLimits { get; init; } = [];

    /// <summary>The time until the next sync; null when no request waits.</summary>
    public TimeSpan? NextSync { get; init; }

    /// <summary>The time until the next sync when no request waits; null when none is needed.</summary>
    public TimeSpan? IdleSync { get; init; }

    /// <summary>The time until a request is admitted; null when no request waits, or that is not known.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Requests wait so long that their callers should know.</summary>
    public bool IsWorthReporting => NextSync is not null && (Wait is null || Wait > ShortWait);
}
