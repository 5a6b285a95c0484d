namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// This process's part in a rate limit that several processes of the machine keep together. It comes after the process's own
/// throttle and follows the same rule: a place is taken, and written down for all, before the request goes out, and comes free one
/// window after its answer began. There is no server and no lock that outlives its owner: each look opens the store, sees
/// everything, changes it and closes it.
/// </summary>
internal sealed partial class CrossProcessRateLimiter(LimiterStore store, Clock clock, ProcessLivenessChecker probe, Guid credential, Action<Action> start)
{
    /// <summary>Who waits looks at least so often: another process may have ended, or given a place back.</summary>
    public static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    /// <summary>A store that fails for so long is given up for now: a command is never held up for ever by a broken disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>So is one that one and the same process keeps open for so long; while its owners change, the wait goes on.</summary>
    private static readonly TimeSpan BusyPatience = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly object _looking = new();
    private readonly LinkedList<CrossProcessWaiter> _waiters = new();
    private readonly List<CrossProcessPermit> _underWay = [];
    private readonly List<SharedOutcome> _outcomes = [];
    private readonly Queue<(TimeSpan Time, bool Bulk)> _history = new();
    private readonly Random _jitter = new(Guid.NewGuid().GetHashCode());
    private readonly Backoff _backoff = new();
    private readonly Guid _id = Guid.NewGuid();
    private Guid? _account;
    private bool _isKnown;
    private bool _running;
    private bool _again;
    private long _number;
    private long _revision;
    private IDisposable? _timer;
    private TimeSpan? _failingSince;
    private string? _lost;

    public string StoreName => store.Name;

    /// <summary>Nobody takes part any more, and all is written down.</summary>
    public bool IsIdle => HasNothingToSay;

    /// <summary>Waits for a place in every window that counts the request, among all processes.</summary>
    /// <param name="bulk">The request goes to a bulk endpoint.</param>
    /// <param name="waits">Called at most once, when the request does not go at once, with the wait to expect if that is known.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<CrossProcessPermit> AcquireAsync(bool bulk, Action<TimeSpan?> waits, CancellationToken cancellationToken) =>
        AcquireAsync(bulk, waits, null, cancellationToken);

    /// <summary>As the other.</summary>
    /// <param name="bulk">The request goes to a bulk endpoint.</param>
    /// <param name="waits">Called at most once, when the request does not go at once, with the wait to expect if that is known.</param>
    /// <param name="warns">Is told, while the request waits, what the user should know.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<CrossProcessPermit> AcquireAsync(bool bulk, Action<TimeSpan?> waits, Action<string>? warns, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<CrossProcessPermit>(cancellationToken);
        }

        var waiter = new CrossProcessWaiter(bulk, waits, warns);
        lock (_gate)
        {
            _waiters.AddLast(waiter);
        }

        waiter.Watch(() => Cancel(waiter, cancellationToken), cancellationToken);
        Look();
        return waiter.Admission;
    }

    /// <summary>Counts a request that is under way already.</summary>
    public CrossProcessPermit Enter(bool bulk)
    {
        lock (_gate)
        {
            return Take(bulk, clock.Elapsed);
        }
    }

    /// <summary>Counts requests that were answered before.</summary>
    public void Remember(IEnumerable<(TimeSpan Time, bool Bulk)> answered)
    {
        lock (_gate)
        {
            _outcomes.AddRange(answered.Select(static answer => new SharedOutcome(null, true, answer.Bulk, answer.Time)));
        }
    }

    /// <summary>The credential belongs to this account.</summary>
    public void Identify(Guid account)
    {
        lock (_gate)
        {
            if (_account == account)
            {
                return;
            }

            _account = account;
        }

        Look();
    }

    internal void Complete(CrossProcessPermit place, bool sent)
    {
        lock (_gate)
        {
            // The time is now, not when it is written: the service has counted the request by now.
            if (_underWay.Remove(place))
            {
                _outcomes.Add(new SharedOutcome(place.Number, sent, place.Bulk, clock.Elapsed));
            }
        }

        Look();
    }

    internal void Refused(TimeSpan admitted, TimeSpan? hint)
    {
        lock (_gate)
        {
            _outcomes.Add(new SharedOutcome(null, false, false, clock.Elapsed) { Refusal = (admitted, hint) });
        }

        Look();
    }

    private CrossProcessPermit Take(bool bulk, TimeSpan now)
    {
        var place = new CrossProcessPermit(this, ++_number, bulk, now);
        _underWay.Add(place);
        return place;
    }

    private void Cancel(CrossProcessWaiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Together: a look that fails puts back into the line who was let in by it, but nobody who has gone.
            _waiters.Remove(waiter);
            waiter.Cancel(cancellationToken);
        }
    }

    /// <summary>Looks as soon as may be, on another thread; once more when a look is under way that may have missed something.</summary>
    private void Look()
    {
        lock (_gate)
        {
            if (_running)
            {
                _again = true;
                return;
            }

            _running = true;
            _timer?.Dispose();
            _timer = null;
        }

        start(RunSyncLoop);
    }

    private void RunSyncLoop()
    {
        while (true)
        {
            lock (_gate)
            {
                _again = false;
            }

            var (busy, next) = TrySync();
            lock (_gate)
            {
                if (_again && !busy)
                {
                    continue;
                }

                _running = false;
                _timer = next is { } delay ? clock.Schedule(delay, Look) : null;
                return;
            }
        }
    }
}

/// <summary>How a request ended, until it is written down.</summary>
internal sealed record SharedOutcome(long? Number, bool Sent, bool Bulk, TimeSpan Time)
{
    /// <summary>The service refused a request that was let in at that time.</summary>
    public (TimeSpan Admitted, TimeSpan? Hint)? Refusal { get; init; }
}
