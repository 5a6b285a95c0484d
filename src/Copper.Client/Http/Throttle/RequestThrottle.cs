namespace Copper.Client.Http.Throttle;

/// <summary>
/// Keeps the requests of one account within several rolling windows at once, for every session in the process.
/// First come, first served; a bulk request that waits only for the bulk window lets the others pass.
/// </summary>
internal sealed partial class RequestThrottle
{
    // History for windows that a later session adds; what is older than the longest documented window does not matter.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private const int MemoryLimit = 10_000;

    private readonly object _gate = new();
    private readonly Clock _clock;
    private readonly LinkedList<Waiter> _waiters = new();
    private readonly Queue<TimeSpan> _settled = new();
    private readonly Queue<TimeSpan> _settledBulk = new();
    private readonly List<ThrottleMembership> _members = [];
    private List<RollingWindow> _windows = [];
    private List<RollingWindow> _bulkWindows = [];
    private int _inFlight;
    private int _bulkInFlight;
    private IDisposable? _timer;
    private TimeSpan _timerDue;

    public RequestThrottle(Clock clock) => _clock = clock;

    /// <summary>A session's limits join; they hold for all until the membership is disposed.</summary>
    public ThrottleMembership Join(IEnumerable<RateLimit> limits, IEnumerable<RateLimit> bulkLimits)
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.Join(limits, bulkLimits);
            }

            var member = new ThrottleMembership(this, limits.ToArray(), bulkLimits.ToArray());
            _members.Add(member);
            Reconfigure();
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
                Reconfigure();
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

        var waiter = new Waiter(bulk);
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.AcquireAsync(bulk, cancellationToken);
            }

            node = _waiters.AddLast(waiter);
            Pump();
        }

        if (cancellationToken.CanBeCanceled && !waiter.Task.IsCompleted)
        {
            waiter.Watch(cancellationToken.Register(() => Cancel(node, cancellationToken)));
        }

        return waiter.Task;
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

            var now = _clock.Elapsed;
            return NextRoom(bulk ? _windows.Concat(_bulkWindows) : _windows, now) is { } due ? Positive(due - now) : null;
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

            var now = _clock.Elapsed;
            return [.. _windows.Select(window => Status(window, false)), .. _bulkWindows.Select(window => Status(window, true))];

            RateLimitStatus Status(RollingWindow window, bool bulk)
            {
                var wait = window.HasRoom(now) ? TimeSpan.Zero : Positive((window.NextRelease ?? now + window.Limit.Window) - now);
                return new RateLimitStatus(window.Limit, window.Used, wait, bulk);
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

            var now = _clock.Elapsed;
            _inFlight--;
            Settle(_windows, _settled);
            if (lease.Bulk)
            {
                _bulkInFlight--;
                Settle(_bulkWindows, _settledBulk);
            }

            Pump();

            void Settle(List<RollingWindow> windows, Queue<TimeSpan> history)
            {
                foreach (var window in windows)
                {
                    if (sent)
                    {
                        window.Settle(now);
                    }
                    else
                    {
                        window.Return();
                    }
                }

                if (sent)
                {
                    history.Enqueue(now);
                }

                while (history.Count > 0 && (history.Count > MemoryLimit || history.Peek() + Memory < now))
                {
                    history.Dequeue();
                }
            }
        }
    }

    private void Cancel(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
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
        var now = _clock.Elapsed;
        TimeSpan? wake = null;
        for (var node = _waiters.First; node is not null;)
        {
            var next = node.Next;
            if (!HasRoom(_windows, now))
            {
                wake = Earlier(wake, NextRoom(_windows, now));
                break;
            }

            if (node.Value.Bulk && !HasRoom(_bulkWindows, now))
            {
                wake = Earlier(wake, NextRoom(_bulkWindows, now));
            }
            else
            {
                _waiters.Remove(node);
                Admit(node.Value);
            }

            node = next;
        }

        SetTimer(wake, now);
    }

    private void Admit(Waiter waiter)
    {
        _inFlight++;
        _windows.ForEach(static window => window.Take());
        if (waiter.Bulk)
        {
            _bulkInFlight++;
            _bulkWindows.ForEach(static window => window.Take());
        }

        waiter.Admit(new ThrottleLease(this, waiter.Bulk));
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
            Pump();
        }
    }

    private void Reconfigure()
    {
        var now = _clock.Elapsed;
        _windows = Windows(_windows, _members.SelectMany(static member => member.Limits), _settled, _inFlight);
        _bulkWindows = Windows(_bulkWindows, _members.SelectMany(static member => member.BulkLimits), _settledBulk, _bulkInFlight);

        List<RollingWindow> Windows(List<RollingWindow> present, IEnumerable<RateLimit> limits, Queue<TimeSpan> history, int inFlight) =>
            limits.Distinct().Select(limit => present.Find(window => window.Limit.Equals(limit)) ?? Seeded(limit, history, inFlight)).ToList();

        RollingWindow Seeded(RateLimit limit, Queue<TimeSpan> history, int inFlight)
        {
            var window = new RollingWindow(limit);
            window.Seed(history, inFlight, now);
            return window;
        }
    }

    private static bool HasRoom(List<RollingWindow> windows, TimeSpan now)
    {
        foreach (var window in windows)
        {
            if (!window.HasRoom(now))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first moment at which every window may have room; null while one of them waits for an answer.</summary>
    private static TimeSpan? NextRoom(IEnumerable<RollingWindow> windows, TimeSpan now)
    {
        var due = now;
        foreach (var window in windows)
        {
            if (window.HasRoom(now))
            {
                continue;
            }

            if (window.NextRelease is not { } release)
            {
                return null;
            }

            due = release > due ? release : due;
        }

        return due;
    }

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right : left;

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;

    private sealed class Waiter(bool bulk)
    {
        private readonly TaskCompletionSource<ThrottleLease> _admission = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationTokenRegistration _registration;

        public bool Bulk { get; } = bulk;

        public Task<ThrottleLease> Task => _admission.Task;

        public void Watch(CancellationTokenRegistration registration)
        {
            _registration = registration;
            _ = _admission.Task.ContinueWith(
                static (_, state) => ((Waiter)state!)._registration.Dispose(), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        public void Admit(ThrottleLease lease) => _admission.TrySetResult(lease);

        public void Cancel(CancellationToken cancellationToken) => _admission.TrySetCanceled(cancellationToken);
    }
}
