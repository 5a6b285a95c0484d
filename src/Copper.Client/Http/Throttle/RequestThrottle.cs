namespace Copper.Client.Http.Throttle;

/// <summary>
/// Keeps the requests of one account within several rolling windows at once, for every session in the process.
/// First come, first served; a bulk request that waits only for the bulk window lets the others pass.
/// </summary>
internal sealed partial class RequestThrottle(Clock clock)
{
    private readonly object _gate = new();
    private readonly LinkedList<AdmissionWaiter<ThrottleLease>> _waiters = new();
    private readonly WindowSet _all = new();
    private readonly WindowSet _bulk = new();
    private IDisposable? _timer;
    private TimeSpan _timerDue;

    /// <summary>Waits for a place in every window that counts the request.</summary>
    public Task<ThrottleLease> AcquireAsync(bool bulk, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<ThrottleLease>(cancellationToken);
        }

        var waiter = new AdmissionWaiter<ThrottleLease>(bulk);
        LinkedListNode<AdmissionWaiter<ThrottleLease>> node;
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.AcquireAsync(bulk, cancellationToken);
            }

            node = _waiters.AddLast(waiter);
            Pump();
        }

        waiter.Watch(() => Cancel(node, cancellationToken), cancellationToken);
        return waiter.Admission;
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

    private void Cancel(LinkedListNode<AdmissionWaiter<ThrottleLease>> node, CancellationToken cancellationToken)
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

    private void Admit(AdmissionWaiter<ThrottleLease> waiter, TimeSpan now)
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

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right : left;

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;
}
