using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting;

/// <summary>
/// Keeps the requests to one service address within the rolling windows of each account, for every session in the process. First
/// come, first served; a bulk request that waits only for the bulk window lets the others pass. What is sent with a credential
/// whose account nobody knows yet counts for every account, for it may belong to it, until the account is known.
/// </summary>
internal sealed class AddressThrottle
{
    private readonly object _gate = new();
    private readonly Clock _clock;
    private readonly ThrottleScope _unknown = new(null);
    private readonly Dictionary<string, AccountRateLimiter> _credentials = new(StringComparer.Ordinal);
    private readonly List<RateLimiterHandle> _members = [];
    private readonly HashSet<RateLimitPermit> _open = [];
    private ThrottleScope[] _scopes;
    private IDisposable? _timer;
    private TimeSpan _timerDue;
    private long _number;

    public AddressThrottle(Clock clock)
    {
        _clock = clock;
        _scopes = _unknown.Alone;
    }

    /// <summary>The credentials that are remembered.</summary>
    public int CredentialCount
    {
        get
        {
            lock (_gate)
            {
                return _credentials.Count;
            }
        }
    }

    /// <summary>The sessions whose limits hold.</summary>
    public int MemberCount
    {
        get
        {
            lock (_gate)
            {
                return _members.Count;
            }
        }
    }

    /// <summary>The way of a credential.</summary>
    public AccountRateLimiter For(string fingerprint)
    {
        lock (_gate)
        {
            if (!_credentials.TryGetValue(fingerprint, out var throttle))
            {
                _credentials[fingerprint] = throttle = new AccountRateLimiter(this);
            }

            throttle.Touched = _clock.Elapsed;
            return throttle;
        }
    }

    /// <summary>The credential turned out to belong to this account: it shares the account's windows, and counts in no others.</summary>
    public void Identify(AccountRateLimiter throttle, long accountId)
    {
        CrossProcessRateLimiter? shared;
        lock (_gate)
        {
            if (throttle.Account?.AccountId == accountId)
            {
                return;
            }

            var now = _clock.Elapsed;
            var account = Array.Find(_scopes, scope => scope.AccountId == accountId) ?? Open(accountId);
            var before = throttle.Account ?? _unknown;
            throttle.Account = account;
            foreach (var lease in _open.Where(lease => lease.Throttle == throttle))
            {
                Array.ForEach(Array.FindAll(lease.Scopes, scope => scope != account), scope => scope.Complete(lease, sent: false, now));
                if (Array.IndexOf(lease.Scopes, account) < 0)
                {
                    account.Take(lease.Bulk);
                }

                lease.Scopes = account.Alone;
            }

            Array.ForEach(Array.FindAll(_scopes, scope => scope != account), scope => scope.Forget(throttle, now));
            MoveWaiters(throttle, before, account);
            ApplyLimits();
            shared = TellShared(throttle);
            AdmitWaiters();
        }

        shared?.TrySyncOnClose();
    }

    public RateLimiterHandle Join(AccountRateLimiter throttle, RateLimit[] limits, RateLimit[] bulkLimits, LimiterRegistration? shared)
    {
        var member = new RateLimiterHandle(throttle, limits, bulkLimits, shared);
        CrossProcessRateLimiter? told;
        lock (_gate)
        {
            _members.Add(member);
            throttle.Touched = _clock.Elapsed;
            ApplyLimits();
            told = TellShared(throttle);
            AdmitWaiters();
        }

        told?.TrySyncOnClose();
        return member;
    }

    public void Leave(RateLimiterHandle member)
    {
        lock (_gate)
        {
            if (_members.Remove(member))
            {
                member.Throttle.Touched = _clock.Elapsed;
                ApplyLimits();
                AdmitWaiters();
            }
        }
    }

    /// <summary>Forgets the accounts and credentials that nobody uses any more, once what they sent does not matter either.</summary>
    /// <returns>Nothing is left.</returns>
    public bool Prune()
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            foreach (var pair in _credentials.Where(pair => IsIdle(pair.Value)).ToArray())
            {
                _credentials.Remove(pair.Key);
            }

            _scopes = Array.FindAll(_scopes, scope => scope == _unknown || !scope.IsForgotten(now) || _credentials.Values.Any(throttle => throttle.Account == scope));
            return _scopes.Length == 1 && _credentials.Count + _members.Count + _open.Count == 0 && _unknown.IsForgotten(now);

            bool IsIdle(AccountRateLimiter throttle) =>
                throttle.Touched + (throttle.Account ?? _unknown).Memory < now
                && !_members.Exists(member => member.Throttle == throttle)
                && !_open.Any(lease => lease.Throttle == throttle);
        }
    }

    public Task<RateLimitPermit> AcquireAsync(AccountRateLimiter throttle, bool bulk, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<RateLimitPermit>(cancellationToken);
        }

        ThrottleWaiter waiter;
        LinkedListNode<ThrottleWaiter> node;
        lock (_gate)
        {
            waiter = new ThrottleWaiter(throttle, bulk, ++_number);
            node = (throttle.Account ?? _unknown).Waiters.AddLast(waiter);
            AdmitWaiters();
        }

        waiter.Watch(() => Cancel(node, cancellationToken), cancellationToken);
        return waiter.Admission;
    }

    public void Complete(RateLimitPermit lease, bool sent)
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            _open.Remove(lease);
            lease.Throttle.Touched = now;
            foreach (var scope in lease.Scopes)
            {
                scope.Complete(lease, sent, now);
                if (sent && lease.Place is null)
                {
                    scope.NoteUnshared(lease, now);
                }
            }

            AdmitWaiters();
        }
    }

    /// <summary>The limit that this process keeps together with others as soon as one session of the account wants that.</summary>
    public CrossProcessRateLimiter? SharedOf(AccountRateLimiter throttle)
    {
        lock (_gate)
        {
            return SharedBy(throttle);
        }
    }

    public void Hold(RateLimitPermit lease, CrossProcessPermit place)
    {
        lock (_gate)
        {
            lease.Place?.Complete(sent: false);
            lease.Place = place;
        }
    }

    public (TimeSpan Hold, double Share, bool Further)? NoteRefusal(RateLimitPermit lease, TimeSpan? hint)
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            lease.Place?.Refused(hint);
            var own = lease.Throttle.Account ?? _unknown;
            var news = own.NoteRefusal(lease.Admitted, hint, now);
            foreach (var scope in ScopesOf(lease.Throttle).Where(scope => scope != own))
            {
                scope.NoteRefusal(lease.Admitted, hint, now);
            }

            // The timer may be set for a place that must not be taken any more.
            AdmitWaiters();
            return news;
        }
    }

    public TimeSpan? ExpectedWait(AccountRateLimiter throttle, bool bulk)
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            var scopes = ScopesOf(throttle);
            Array.ForEach(scopes, scope => scope.ApplyBackoff(now));
            return NextRoom(scopes, bulk, now) is { } due ? Positive(due - now) : null;
        }
    }

    public IReadOnlyList<RateLimitStatus> GetStatus(AccountRateLimiter throttle)
    {
        lock (_gate)
        {
            // While the account is not known, the fullest of the accounts that it may be.
            var now = _clock.Elapsed;
            var rows = new List<RateLimitStatus>();
            foreach (var row in ScopesOf(throttle).SelectMany(scope => scope.Status(now)).OrderBy(static row => row.IsBulk))
            {
                var same = rows.FindIndex(row.IsOfTheSameWindow);
                if (same < 0)
                {
                    rows.Add(row);
                }
                else
                {
                    rows[same] = rows[same].With(row);
                }
            }

            return rows;
        }
    }

    private ThrottleScope[] ScopesOf(AccountRateLimiter throttle) => throttle.Account?.Alone ?? _scopes;

    private ThrottleScope Open(long accountId)
    {
        var account = _unknown.Fork(accountId);
        _scopes = [.. _scopes, account];
        foreach (var lease in _open.Where(lease => Array.IndexOf(lease.Scopes, _unknown) >= 0))
        {
            lease.Scopes = [.. lease.Scopes, account];
        }

        return account;
    }

    /// <summary>Each account keeps to the limits of its own sessions, and to those of the sessions that may be its own.</summary>
    private void ApplyLimits()
    {
        var now = _clock.Elapsed;
        foreach (var scope in _scopes)
        {
            // The last one's limits stay: what it sent still counts.
            var members = _members.FindAll(member => member.Throttle.Account is null || member.Throttle.Account == scope);
            if (members.Count > 0)
            {
                scope.SetLimits(members.SelectMany(static member => member.Limits), members.SelectMany(static member => member.BulkLimits), now);
            }
        }
    }

    private static void MoveWaiters(AccountRateLimiter throttle, ThrottleScope from, ThrottleScope to)
    {
        for (var node = from.Waiters.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Throttle == throttle)
            {
                from.Waiters.Remove(node);
                var after = to.Waiters.Last;
                while (after is not null && after.Value.Number > node.Value.Number)
                {
                    after = after.Previous;
                }

                if (after is null)
                {
                    to.Waiters.AddFirst(node);
                }
                else
                {
                    to.Waiters.AddAfter(after, node);
                }
            }

            node = next;
        }
    }

    private CrossProcessRateLimiter? SharedBy(AccountRateLimiter throttle)
    {
        if (throttle.Account is { } account)
        {
            return First(member => member.Throttle.Account == account);
        }

        return First(member => member.Throttle == throttle) ?? First(static _ => true);

        CrossProcessRateLimiter? First(Predicate<RateLimiterHandle> which) => _members.Find(member => member.Shared is not null && which(member))?.Shared!.Limit;
    }

    /// <summary>Tells the other processes what they do not know yet: also the requests under way, and those answered before.</summary>
    private CrossProcessRateLimiter? TellShared(AccountRateLimiter throttle)
    {
        if (SharedBy(throttle) is not { } shared)
        {
            return null;
        }

        foreach (var lease in _open.Where(lease => lease.Place is null && (lease.Throttle == throttle || (throttle.Account is { } account && lease.Throttle.Account == account))))
        {
            lease.Place = shared.Enter(lease.Bulk);
        }

        shared.Remember((throttle.Account ?? _unknown).TakeUnshared(throttle.Account is null ? throttle : null));
        return shared;
    }

    private void Cancel(LinkedListNode<ThrottleWaiter> node, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (node.List is not { } line)
            {
                return;
            }

            line.Remove(node);
            AdmitWaiters();
        }

        node.Value.Cancel(cancellationToken);
    }

    /// <summary>Lets in whoever may go, in order, and sets the timer for the next one.</summary>
    private void AdmitWaiters()
    {
        var now = _clock.Elapsed;
        TimeSpan? wake = null;
        foreach (var scope in _scopes)
        {
            scope.ApplyBackoff(now);
            (scope.Cursor, scope.IsBlocked) = (scope.Waiters.First, false);
        }

        while (NextInLine() is { } line)
        {
            var node = line.Cursor!;
            line.Cursor = node.Next;
            var scopes = line == _unknown ? _scopes : line.Alone;
            if (Array.Exists(scopes, static scope => scope.IsBlocked))
            {
                Array.ForEach(scopes, static scope => scope.IsBlocked = true);
            }
            else if (!Array.TrueForAll(scopes, scope => scope.HasRoom(now)))
            {
                wake = Earlier(wake, NextRoom(scopes, false, now));
                Array.ForEach(scopes, static scope => scope.IsBlocked = true);
            }
            else if (node.Value.Bulk && !Array.TrueForAll(scopes, scope => scope.HasBulkRoom(now)))
            {
                wake = Earlier(wake, NextRoom(scopes, true, now));
            }
            else
            {
                line.Waiters.Remove(node);
                Admit(node.Value, scopes, now);
            }
        }

        SetTimer(wake, now);
    }

    /// <summary>The line whose next one came first of all that may still go.</summary>
    private ThrottleScope? NextInLine()
    {
        ThrottleScope? first = null;
        foreach (var scope in _scopes)
        {
            if (!scope.IsBlocked && scope.Cursor is { } cursor && (first is null || cursor.Value.Number < first.Cursor!.Value.Number))
            {
                first = scope;
            }
        }

        return first;
    }

    private void Admit(ThrottleWaiter waiter, ThrottleScope[] scopes, TimeSpan now)
    {
        foreach (var scope in scopes)
        {
            scope.Take(waiter.Bulk);
        }

        var lease = new RateLimitPermit(waiter.Throttle, scopes, waiter.Bulk, now);
        _open.Add(lease);
        waiter.Admit(lease);
    }

    private void SetTimer(TimeSpan? wake, TimeSpan now)
    {
        if (_timer is not null && wake == _timerDue)
        {
            return;
        }

        _timer?.Dispose();
        _timer = null;
        if (wake is { } due)
        {
            _timerDue = due;
            _timer = _clock.Schedule(Positive(due - now), OnTimer);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            AdmitWaiters();
        }
    }

    private static TimeSpan? NextRoom(ThrottleScope[] scopes, bool bulk, TimeSpan now)
    {
        TimeSpan? due = now;
        foreach (var scope in scopes)
        {
            var next = scope.NextRoom(bulk, now);
            due = due is null || next is null ? null : next > due ? next : due;
        }

        return due;
    }

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right : left;

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;
}
