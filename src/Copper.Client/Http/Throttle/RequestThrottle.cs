using Copper.Client.Http.Throttle.Shared;

namespace Copper.Client.Http.Throttle;

/// <summary>
/// Keeps the requests of one account within several rolling windows at once, for every session in the process.
/// First come, first served; a bulk request that waits only for the bulk window lets the others pass.
/// </summary>
internal sealed partial class RequestThrottle(Clock clock)
{
    private readonly object _gate = new();
    private readonly LinkedList<ThrottleWaiter> _waiters = new();
    private readonly List<ThrottleMembership> _members = [];
    private readonly WindowSet _all = new();
    private readonly WindowSet _bulk = new();
    private IDisposable? _timer;
    private TimeSpan _timerDue;

    /// <summary>A session's limits join; they hold for all until the membership is disposed.</summary>
    public ThrottleMembership Join(IEnumerable<RateLimit> limits, IEnumerable<RateLimit> bulkLimits, SharedPart? shared = null)
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.Join(limits, bulkLimits, shared);
            }

            var member = new ThrottleMembership(this, limits.ToArray(), bulkLimits.ToArray(), shared);
            _members.Add(member);
            ApplyLimits();
            TellShared();
            return member;
        }
    }

    internal void Leave(ThrottleMembership member)
    {
        lock (_gate)
        {
            _successor?.Leave(member);

            // The last one's limits stay: what it sent still counts.
            if (_members.Remove(member) && _members.Count > 0)
            {
                ApplyLimits();
                Pump();
            }
        }
    }

    /// <summary>Waits for a place in every window that counts the request.</summary>
    public Task<ThrottleLease> AcquireAsync(bool bulk, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<ThrottleLease>(cancellationToken);
        }

        var waiter = new ThrottleWaiter(bulk);
        LinkedListNode<ThrottleWaiter> node;
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.AcquireAsync(bulk, cancellationToken);
            }

            node = _waiters.AddLast(waiter);
            Pump();
        }

        if (cancellationToken.CanBeCanceled && !waiter.Admission.IsCompleted)
        {
            waiter.Watch(cancellationToken.Register(() => Cancel(node, cancellationToken)));
        }

        return waiter.Admission;
    }

    /// <summary>The wait that a request would face now: zero when there is room; null while it depends on answers to come.</summary>
    public TimeSpan? ExpectedWait(bool bulk)
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.ExpectedWait(bulk);
            }

            var now = clock.Elapsed;
            BeCautious(now);
            var due = Later(_caution.HoldUntil ?? now, _all.NextRoom(now));
            if (bulk)
            {
                due = Later(due, _bulk.NextRoom(now));
            }

            return due is null ? null : Positive(due.Value - now);
        }
    }

    public IReadOnlyList<RateLimitStatus> GetStatus()
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.GetStatus();
            }

            var now = clock.Elapsed;
            BeCautious(now);
            return [.. _all.Windows.Select(window => Status(window, false)), .. _bulk.Windows.Select(window => Status(window, true))];

            RateLimitStatus Status(RollingWindow window, bool bulk)
            {
                var wait = window.HasRoom(now, _all.Share) ? TimeSpan.Zero : Positive((window.NextRelease ?? now + window.Limit.Window) - now);
                return new RateLimitStatus(window.Limit, window.Used, wait > HoldLeft(now) ? wait : HoldLeft(now), bulk);
            }
        }
    }

    internal void Settle(ThrottleLease lease, bool sent)
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                _successor.Settle(lease, sent);
                return;
            }

            var now = clock.Elapsed;
            _open.Remove(lease);
            if (sent)
            {
                NoteUnshared(lease, now);
            }

            _all.Settle(now, sent);
            if (lease.Bulk)
            {
                _bulk.Settle(now, sent);
            }

            Pump();
        }
    }

    private void Cancel(LinkedListNode<ThrottleWaiter> node, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                _successor.Cancel(node, cancellationToken);
                return;
            }

            if (node.List is null)
            {
                return;
            }

            _waiters.Remove(node);
            Pump();
        }

        node.Value.Cancel(cancellationToken);
    }

    /// <summary>Lets in whoever may go, in order, and sets the timer for the next one.</summary>
    private void Pump()
    {
        var now = clock.Elapsed;
        TimeSpan? wake = null;
        BeCautious(now);
        for (var node = _waiters.First; node is not null;)
        {
            var next = node.Next;
            if (IsHeld(now))
            {
                wake = _caution.HoldUntil;
                break;
            }

            if (!_all.HasRoom(now))
            {
                wake = Earlier(wake, _all.NextRoom(now));
                break;
            }

            if (node.Value.Bulk && !_bulk.HasRoom(now))
            {
                wake = Earlier(wake, _bulk.NextRoom(now));
            }
            else
            {
                _waiters.Remove(node);
                Admit(node.Value, now);
            }

            node = next;
        }

        SetTimer(wake, now);
    }

    private void Admit(ThrottleWaiter waiter, TimeSpan now)
    {
        _all.Take();
        if (waiter.Bulk)
        {
            _bulk.Take();
        }

        var lease = new ThrottleLease(this, waiter.Bulk, now);
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
            _timer = clock.Schedule(Positive(due - now), OnTimer);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            Pump();
        }
    }

    private void ApplyLimits()
    {
        var now = clock.Elapsed;
        _all.SetLimits(_members.SelectMany(static member => member.Limits), now);
        _bulk.SetLimits(_members.SelectMany(static member => member.BulkLimits), now);
    }

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right : left;

    private static TimeSpan? Later(TimeSpan? left, TimeSpan? right) => left is null || right is null ? null : left > right ? left : right;

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;
}
