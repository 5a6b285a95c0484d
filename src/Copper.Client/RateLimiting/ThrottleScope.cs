namespace Copper.Client.RateLimiting;

/// <summary>
/// The windows of one account, or of the credentials whose account nobody knows yet, what was learnt from refusals, and who waits.
/// Not thread-safe: the address that owns it holds the lock.
/// </summary>
internal sealed class ThrottleScope
{
    private const int UnsharedLimit = 10_000;
    private static readonly TimeSpan UnsharedMemory = Shared.LimiterState.Memory;
    private readonly AdaptiveBackoff _caution = new();
    private readonly WindowSet _all;
    private readonly WindowSet _bulk;
    private readonly List<(TimeSpan Time, bool Bulk, object Owner)> _unshared;

    /// <summary>An empty scope.</summary>
    /// <param name="accountId">The account; null for the credentials whose account is not known.</param>
    public ThrottleScope(long? accountId)
        : this(accountId, new WindowSet(), new WindowSet(), [])
    {
    }

    private ThrottleScope(long? accountId, WindowSet all, WindowSet bulk, List<(TimeSpan Time, bool Bulk, object Owner)> unshared)
    {
        (AccountId, _all, _bulk, _unshared) = (accountId, all, bulk, unshared);
        Alone = [this];
    }

    /// <summary>The account; null for the credentials whose account is not known.</summary>
    public long? AccountId { get; }

    /// <summary>This scope as a list.</summary>
    public ThrottleScope[] Alone { get; }

    /// <summary>Who waits, first come first.</summary>
    public LinkedList<ThrottleWaiter> Waiters { get; } = new();

    /// <summary>The next in line to be looked at.</summary>
    public LinkedListNode<ThrottleWaiter>? Cursor { get; set; }

    /// <summary>Somebody who came before waits for these windows.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>A step back to the whole rate takes one of the shortest windows.</summary>
    private TimeSpan Pace => _all.Windows.Count == 0 ? TimeSpan.Zero : _all.Windows.Min(static window => window.Limit.Window);

    /// <summary>The windows of an account that has just become known: all that was sent with unknown credentials may be of it.</summary>
    public ThrottleScope Fork(long accountId)
    {
        var fork = new ThrottleScope(accountId, _all.Copy(), _bulk.Copy(), [.. _unshared]);
        fork._caution.Absorb(_caution);
        return fork;
    }

    /// <summary>From now on these limits hold, and no others.</summary>
    public void SetLimits(IEnumerable<RateLimit> limits, IEnumerable<RateLimit> bulkLimits, TimeSpan now)
    {
        _all.SetLimits(limits, now);
        _bulk.SetLimits(bulkLimits, now);
    }

    public void ApplyBackoff(TimeSpan now)
    {
        var share = _caution.ShareAt(now, Pace);
        _all.Share = share;
        _bulk.Share = share;
    }

    /// <summary>There is a place, leaving aside the windows for bulk requests alone.</summary>
    public bool HasRoom(TimeSpan now) => !(now < _caution.HoldUntil) && _all.HasRoom(now);

    public bool HasBulkRoom(TimeSpan now) => _bulk.HasRoom(now);

    /// <summary>When there may be a place; null while that depends on an answer.</summary>
    public TimeSpan? NextRoom(bool bulk, TimeSpan now)
    {
        var due = Later(_caution.HoldUntil ?? now, _all.NextRoom(now));
        return bulk ? Later(due, _bulk.NextRoom(now)) : due;
    }

    public void Take(bool bulk)
    {
        _all.Take();
        if (bulk)
        {
            _bulk.Take();
        }
    }

    public void Complete(RateLimitPermit lease, bool sent, TimeSpan now)
    {
        _all.Complete(now, sent, lease.Throttle);
        if (lease.Bulk)
        {
            _bulk.Complete(now, sent, lease.Throttle);
        }
    }

    /// <summary>What was sent with this credential turned out to be of another account.</summary>
    public void Forget(object owner, TimeSpan now)
    {
        _all.Forget(owner, now);
        _bulk.Forget(owner, now);
        _unshared.RemoveAll(answer => answer.Owner == owner);
    }

    public (TimeSpan Hold, double Share, bool Further)? NoteRefusal(TimeSpan admitted, TimeSpan? hint, TimeSpan now)
    {
        var isNews = _caution.NoteRefusal(admitted, hint, now, Pace);
        return isNews ? (HoldLeft(now), _caution.ShareAt(now, Pace), _caution.IsInSuccession) : null;
    }

    /// <summary>How each window stands.</summary>
    public IEnumerable<RateLimitStatus> Status(TimeSpan now)
    {
        ApplyBackoff(now);
        return [.. _all.Windows.Select(window => Status(window, false)), .. _bulk.Windows.Select(window => Status(window, true))];

        RateLimitStatus Status(RollingWindow window, bool bulk)
        {
            var wait = window.HasRoom(now, _all.Share) ? TimeSpan.Zero : Positive((window.NextRelease ?? now + window.Limit.Window) - now);
            return new RateLimitStatus(window.Limit, window.Used, wait > HoldLeft(now) ? wait : HoldLeft(now), bulk);
        }
    }

    /// <summary>A request that other processes were not told of is over.</summary>
    public void NoteUnshared(RateLimitPermit lease, TimeSpan now)
    {
        _unshared.Add((now, lease.Bulk, lease.Throttle));
        if (_unshared.Count > UnsharedLimit || _unshared[0].Time + UnsharedMemory + UnsharedMemory < now)
        {
            _unshared.RemoveAll(answer => answer.Time + UnsharedMemory < now);
            _unshared.RemoveRange(0, Math.Max(0, _unshared.Count - (UnsharedLimit / 2)));
        }
    }

    /// <summary>What other processes were not told of, which they are told now.</summary>
    /// <param name="owner">The credential; null for all.</param>
    public IReadOnlyList<(TimeSpan Time, bool Bulk)> TakeUnshared(object? owner)
    {
        var taken = _unshared.Where(Matches).Select(static answer => (answer.Time, answer.Bulk)).ToArray();
        _unshared.RemoveAll(Matches);
        return taken;

        bool Matches((TimeSpan Time, bool Bulk, object Owner) answer) => owner is null || answer.Owner == owner;
    }

    /// <summary>Nothing in it matters to anybody who comes later.</summary>
    public bool IsForgotten(TimeSpan now) =>
        Waiters.Count == 0 && _all.IsForgotten(now) && _bulk.IsForgotten(now) && !(now < _caution.HoldUntil) && _caution.ShareAt(now, Pace) >= 1;

    /// <summary>How long what was sent matters.</summary>
    public TimeSpan Memory => _all.Memory > _bulk.Memory ? _all.Memory : _bulk.Memory;

    private TimeSpan HoldLeft(TimeSpan now) => Positive((_caution.HoldUntil ?? now) - now);

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;

    private static TimeSpan? Later(TimeSpan? left, TimeSpan? right) => left is null || right is null ? null : left > right ? left : right;
}
