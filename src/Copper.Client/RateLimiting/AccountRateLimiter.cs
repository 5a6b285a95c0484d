namespace Copper.Client.RateLimiting;

/// <summary>
/// The rate limit of one account in this process: its windows, its queue, and the backoff after a 429. One more limiter of this kind
/// serves the credentials whose account is not known. Not thread-safe: the <see cref="ServiceRateLimiter"/> that owns it holds the
/// lock.
/// </summary>
internal sealed class AccountRateLimiter
{
    private readonly AdaptiveBackoff _backoff = new();
    private readonly RateFallback _fallback = new();
    private readonly WindowSet _all;
    private readonly WindowSet _bulk;
    private RateLimit[] _limits = [];
    private RateLimit[] _fallbackLimits = [];
    private bool _hasFallenBack;

    /// <summary>A limiter that has counted nothing.</summary>
    /// <param name="accountId">The account; null for the credentials whose account is not known.</param>
    public AccountRateLimiter(long? accountId)
        : this(accountId, new WindowSet(), new WindowSet(), new UnsharedRequests())
    {
    }

    private AccountRateLimiter(long? accountId, WindowSet all, WindowSet bulk, UnsharedRequests unshared)
    {
        (AccountId, _all, _bulk, Unshared) = (accountId, all, bulk, unshared);
        CountedBy = [this];
    }

    /// <summary>The account; null for the credentials whose account is not known.</summary>
    public long? AccountId { get; }

    /// <summary>
    /// The limiters that count a request of this account: this one. A request of a credential whose account is not known counts in
    /// every limiter, because it may belong to any of them.
    /// </summary>
    public AccountRateLimiter[] CountedBy { get; set; }

    /// <summary>The requests that wait.</summary>
    public WaiterQueue Queue { get; } = new();

    /// <summary>The completed requests that no other process knows.</summary>
    public UnsharedRequests Unshared { get; }

    /// <summary>How long a completed request matters.</summary>
    public TimeSpan Memory => _all.Memory > _bulk.Memory ? _all.Memory : _bulk.Memory;

    /// <summary>The rate recovers by one step in the time of the shortest window.</summary>
    private TimeSpan RecoveryStep => _all.Windows.Count == 0 ? TimeSpan.Zero : _all.Windows.Min(static window => window.Limit.Window);

    /// <summary>
    /// The limiter of an account that has just become known. It counts all requests of unknown credentials, which may be its own.
    /// </summary>
    public AccountRateLimiter Fork(long accountId)
    {
        var fork = new AccountRateLimiter(accountId, _all.Copy(), _bulk.Copy(), new UnsharedRequests(Unshared));
        fork._backoff.Absorb(_backoff);
        fork._fallback.Absorb(_fallback);
        return fork;
    }

    /// <summary>Replaces the limits.</summary>
    /// <param name="limits">Those of all requests.</param>
    /// <param name="fallbackLimits">Those that apply to all requests too for some time after a 429.</param>
    /// <param name="bulkLimits">Those of bulk requests.</param>
    /// <param name="now">The time.</param>
    public void SetLimits(
        IEnumerable<RateLimit> limits, IEnumerable<RateLimit> fallbackLimits, IEnumerable<RateLimit> bulkLimits, TimeSpan now)
    {
        _limits = [.. limits];
        _fallbackLimits = [.. fallbackLimits];
        _bulk.SetLimits(bulkLimits, now);
        ApplyLimits(now);
    }

    /// <summary>Adjusts the limits, and the share of each that may be used, to what the service's rejections allow now.</summary>
    public void ApplyBackoff(TimeSpan now)
    {
        if (_hasFallenBack && _fallback.RemainingAt(now) is null)
        {
            ApplyLimits(now);
        }

        var share = _backoff.ShareAt(now, RecoveryStep);
        _all.Share = share;
        _bulk.Share = share;
    }

    /// <summary>The time for which nobody may send, since the service has asked for it; zero for none.</summary>
    public TimeSpan HoldAt(TimeSpan now) => RemainingHold(now);

    /// <summary>A permit is free in every window that counts all requests.</summary>
    public bool HasRoom(TimeSpan now) => !(now < _backoff.HoldUntil) && _all.HasRoom(now);

    /// <summary>A permit is free in every window that counts bulk requests only.</summary>
    public bool HasBulkRoom(TimeSpan now) => _bulk.HasRoom(now);

    /// <summary>When a permit may be free; null while that depends on a response.</summary>
    public TimeSpan? NextRoom(bool bulk, TimeSpan now)
    {
        var due = Later(_backoff.HoldUntil ?? now, _all.NextRoom(now));
        return bulk ? Later(due, _bulk.NextRoom(now)) : due;
    }

    /// <summary>Takes a permit from each window that counts the request.</summary>
    public void Take(bool bulk)
    {
        _all.Take();
        if (bulk)
        {
            _bulk.Take();
        }
    }

    /// <summary>The response began or the request failed. When the request was not sent, its permit is free at once.</summary>
    public void Complete(RateLimitPermit permit, bool sent, TimeSpan now)
    {
        _all.Complete(now, sent, permit.Credential);
        if (permit.Bulk)
        {
            _bulk.Complete(now, sent, permit.Credential);
        }
    }

    /// <summary>Stops counting the completed requests of a credential that belongs to another account.</summary>
    public void Remove(LimitedCredential credential, TimeSpan now)
    {
        _all.Remove(credential, now);
        _bulk.Remove(credential, now);
        Unshared.Remove(credential);
    }

    /// <summary>The service responded with 429.</summary>
    /// <returns>The backoff; null when an earlier 429 has told the same.</returns>
    /// <remarks>
    /// A session that tries a higher rate names the limits to fall back to. The first 429 adds these, and they count what was sent
    /// before; only one that comes although they are kept reduces the rate further.
    /// </remarks>
    public RateReduction? NoteTooManyRequests(TimeSpan admitted, TimeSpan? hint, TimeSpan now)
    {
        ApplyBackoff(now);
        RateLimit[] added = _hasFallenBack ? [] : [.. _fallbackLimits.Except(_limits)];
        var fallsBack = added.Length > 0 && _backoff.IsNew(admitted);
        if (fallsBack)
        {
            _fallback.Begin(now);
            ApplyLimits(now);
        }

        var isNew = _backoff.NoteTooManyRequests(admitted, hint, now, RecoveryStep, keepsRate: fallsBack);
        return !isNew ? null : new RateReduction(
            RemainingHold(now),
            _backoff.ShareAt(now, RecoveryStep),
            _backoff.IsInSuccession,
            fallsBack ? added : [],
            _fallback.RemainingAt(now) ?? TimeSpan.Zero);
    }

    /// <summary>The state of each window.</summary>
    public IEnumerable<RateLimitStatus> GetStatus(TimeSpan now)
    {
        ApplyBackoff(now);
        return [.. _all.Windows.Select(window => Status(window, false)), .. _bulk.Windows.Select(window => Status(window, true))];

        RateLimitStatus Status(RollingWindow window, bool bulk)
        {
            var wait = window.HasRoom(now, _all.Share) ? TimeSpan.Zero : Positive((window.NextRelease ?? now + window.Limit.Window) - now);
            return new RateLimitStatus(window.Limit, window.Used, wait > RemainingHold(now) ? wait : RemainingHold(now), bulk)
            {
                AppliesFor = bulk || Array.IndexOf(_limits, window.Limit) >= 0 ? null : _fallback.RemainingAt(now),
            };
        }
    }

    /// <summary>Nobody waits, and nothing that it has counted matters to a later request.</summary>
    public bool IsIdle(TimeSpan now) =>
        Queue.IsEmpty && _all.IsIdle(now) && _bulk.IsIdle(now) && !(now < _backoff.HoldUntil) && _backoff.ShareAt(now, RecoveryStep) >= 1
        && _fallback.RemainingAt(now) is null;

    private void ApplyLimits(TimeSpan now)
    {
        _hasFallenBack = _fallback.RemainingAt(now) is not null;
        _all.SetLimits(_hasFallenBack ? _limits.Concat(_fallbackLimits) : _limits, now);
    }

    private TimeSpan RemainingHold(TimeSpan now) => Positive((_backoff.HoldUntil ?? now) - now);

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;

    private static TimeSpan? Later(TimeSpan? left, TimeSpan? right) => left is null || right is null ? null : left > right ? left : right;
}
