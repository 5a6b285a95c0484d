using System.Globalization;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// What to do while the store cannot be used: a full disk, a folder that was removed, a process that keeps the store open. After some
/// time this process continues with a share of the limit, because the others may have lost the store too, and all of them together must
/// stay within the limit. Has one lock.
/// </summary>
internal sealed class StoreOutage(ILimiterStore store)
{
    /// <summary>Nobody knows how many processes have lost the store: this many are assumed at least.</summary>
    private const int FewestProcesses = 4;

    /// <summary>A store that fails for so long is in outage: a broken disk never blocks a command for ever.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>So is a store that one and the same process uses for so long; while its users change, the wait continues.</summary>
    private static readonly TimeSpan InUsePatience = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly Backoff _backoff = new();
    private SyncResult _lastSync = SyncResult.Nothing;
    private string _version = string.Empty;
    private TimeSpan? _failingSince;
    private TimeSpan? _unreachableSince;
    private TimeSpan? _recoveringUntil;
    private string? _reason;
    private bool _isReported;

    /// <summary>The windows that applied at the last sync.</summary>
    public IReadOnlyList<RateLimit> Limits
    {
        get
        {
            lock (_gate)
            {
                return _lastSync.Limits;
            }
        }
    }

    /// <summary>The windows that applied to bulk endpoints at the last sync.</summary>
    public IReadOnlyList<RateLimit> BulkLimits
    {
        get
        {
            lock (_gate)
            {
                return _lastSync.BulkLimits;
            }
        }
    }

    /// <summary>
    /// This process keeps to its share: in an outage, and for a while after it. Others come back a little later, and what they send until
    /// then, with their shares, the store does not know yet.
    /// </summary>
    public bool IsReduced(TimeSpan now)
    {
        lock (_gate)
        {
            return _reason is not null || now < _recoveringUntil;
        }
    }

    /// <summary>A sync has succeeded.</summary>
    /// <param name="result">What it has decided.</param>
    /// <param name="now">The time.</param>
    public void End(SyncResult result, TimeSpan now)
    {
        lock (_gate)
        {
            if (_reason is not null)
            {
                // The longest that another process takes to notice: it waits for its next attempt, and an attempt that just began.
                _recoveringUntil = now + store.Kind.LongestInterval + Patience;
            }

            (_failingSince, _unreachableSince, _reason, _isReported) = (null, null, null, false);
            _lastSync = result;
            _backoff.Reset();
        }
    }

    /// <summary>The store is in outage.</summary>
    public bool IsOutage
    {
        get
        {
            lock (_gate)
            {
                return _reason is not null;
            }
        }
    }

    /// <summary>Why the store cannot be used; null when it is not in outage.</summary>
    public string? Reason
    {
        get
        {
            lock (_gate)
            {
                return _reason;
            }
        }
    }

    /// <summary>How long an attempt may take before the store is in outage; in an outage each may take as long as the first.</summary>
    public TimeSpan TimeLeft(TimeSpan now)
    {
        lock (_gate)
        {
            return _reason is null && _unreachableSince + Patience - now is { } left
                ? left > TimeSpan.Zero ? left : TimeSpan.Zero
                : Patience;
        }
    }

    /// <summary>The store cannot be reached from the start. Whoever opens a session is told, also when others were told before.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="now">The time.</param>
    public void Begin(string reason, TimeSpan now)
    {
        lock (_gate)
        {
            (_failingSince, _reason, _isReported) = (now - Patience, Describe(reason), false);
        }
    }

    /// <summary>A sync has failed.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="isInUse">Another process uses the store.</param>
    /// <param name="started">When it began.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether the store is in outage, and the time until the next attempt.</returns>
    public (bool IsOutage, TimeSpan Next) NoteFailure(string reason, bool isInUse, TimeSpan started, TimeSpan now)
    {
        lock (_gate)
        {
            if (isInUse && store.Version is var version && version != _version)
            {
                // The store works, and its users change: this process gets it in the end.
                (_version, _failingSince) = (version, null);
            }

            _unreachableSince = isInUse ? null : _unreachableSince ?? started;
            _failingSince ??= started;
            var next = _backoff.Next();
            if (now - _failingSince < (isInUse ? InUsePatience : Patience))
            {
                return (false, isInUse ? next : TimeSpan.FromTicks(next.Ticks * 4));
            }

            _reason = Describe(reason);
            return (true, store.Kind.LongestInterval);
        }
    }

    /// <summary>Why the limit is not shared now; null when it is shared, and before the first request.</summary>
    public string? TakeWarning()
    {
        lock (_gate)
        {
            if (_reason is null || _isReported)
            {
                return null;
            }

            _isReported = true;
            return string.Format(
                CultureInfo.InvariantCulture,
                "The rate limit is not shared with other processes for the time being: {0} "
                + "This process goes on with {1:0.#} % of the rate, so that all of them together stay within it.",
                _reason,
                100 * Share);
        }
    }

    /// <summary>The part of a limit that this process uses without the store. Less than one request is one in a longer window.</summary>
    public (int Limit, TimeSpan Window) Reduce(RateLimit limit)
    {
        lock (_gate)
        {
            var part = limit.Limit * Share;
            return part >= 1 ? ((int)part, limit.Window) : (1, TimeSpan.FromTicks((long)(limit.Window.Ticks / part)));
        }
    }

    /// <summary>Creates the error for a store that cannot be used.</summary>
    /// <param name="name">The store.</param>
    /// <param name="reason">Why.</param>
    /// <param name="advice">What to do.</param>
    public static IOException Unusable(string name, Exception reason, string advice) => new(
        $"The rate limit cannot be shared with other processes: '{name}' cannot be written ({reason.Message.TrimEnd('.')}). {advice}",
        reason);

    private string Describe(string reason) => $"'{store.Name}' cannot be used: {reason.TrimEnd('.')}.";

    private double Share => 1.0 / Math.Max(FewestProcesses, _lastSync.Processes);
}
