namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// The requests and sessions of one credential in this process. A sync takes a snapshot of them, and commits once its result is in the
/// store: until then nothing here changes on account of it, so that a sync that fails needs no correction. Has one lock.
/// </summary>
internal sealed class LocalRequests(Clock clock, StoreKind kind)
{
    private readonly object _gate = new();
    private readonly List<LimiterRegistration> _registrations = [];
    private readonly LinkedList<CrossProcessWaiter> _waiters = new();
    private readonly List<CrossProcessPermit> _inFlight = [];
    private readonly List<RequestOutcome> _outcomes = [];
    private readonly Queue<(TimeSpan Time, bool Bulk)> _completed = new();
    private readonly PermitReserve _reserve = new(kind);
    private Guid? _account;
    private bool _isInStore;
    private long _lastNumber;

    /// <summary>No session is open, nothing waits or is in flight, and the store contains everything: there is no reason to sync.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _registrations.Count + _waiters.Count + _outcomes.Count + _inFlight.Count == 0 && !_isInStore;
            }
        }
    }

    /// <summary>A number for a new permit.</summary>
    public long NextNumber() => Interlocked.Increment(ref _lastNumber);

    public void Register(LimiterRegistration registration)
    {
        lock (_gate)
        {
            _registrations.Add(registration);
        }
    }

    /// <summary>False when it was not registered.</summary>
    public bool Unregister(LimiterRegistration registration)
    {
        lock (_gate)
        {
            return _registrations.Remove(registration);
        }
    }

    /// <summary>False when that is known already.</summary>
    public bool Identify(Guid account)
    {
        lock (_gate)
        {
            var isNew = _account != account;
            _account = account;
            return isNew;
        }
    }

    /// <summary>Takes a permit that is reserved; otherwise the request waits for one.</summary>
    /// <param name="waiter">The request.</param>
    /// <returns>Whether a sync is needed now.</returns>
    public bool Enqueue(CrossProcessWaiter waiter)
    {
        lock (_gate)
        {
            ReturnReserved(_reserve.TakeExpired(clock.Elapsed));
            if (_waiters.Count > 0 || waiter.Bulk || _reserve.TryTake() is not { } permit)
            {
                _waiters.AddLast(waiter);
                return true;
            }

            _reserve.NoteUse();
            waiter.Admit(permit);
            return _reserve.IsRunningOut;
        }
    }

    public void Cancel(CrossProcessWaiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiters.Remove(waiter))
            {
                waiter.Cancel(cancellationToken);
            }
        }
    }

    /// <summary>The first waiter that listens to warnings; null without one.</summary>
    public CrossProcessWaiter? FindListener()
    {
        lock (_gate)
        {
            return _waiters.FirstOrDefault(static waiter => waiter.ListensToWarnings);
        }
    }

    /// <summary>Counts a request that is in flight.</summary>
    public void AddInFlight(CrossProcessPermit permit)
    {
        lock (_gate)
        {
            _inFlight.Add(permit);
        }
    }

    /// <summary>Counts requests that completed before.</summary>
    public void AddCompleted(IEnumerable<(TimeSpan Time, bool Bulk)> completed)
    {
        lock (_gate)
        {
            _outcomes.AddRange(completed.Select(static request => new RequestOutcome(null, true, request.Bulk, request.Time)));
        }
    }

    public void Complete(CrossProcessPermit permit, bool sent)
    {
        lock (_gate)
        {
            // The time is now, not when it is written: the service has counted the request by now.
            if (_inFlight.Remove(permit))
            {
                _outcomes.Add(new RequestOutcome(permit.Number, sent, permit.Bulk, clock.Elapsed));
            }
        }
    }

    public void NoteTooManyRequests(TimeSpan admitted, TimeSpan? hint)
    {
        lock (_gate)
        {
            ReturnReserved(_reserve.TakeAll());
            _outcomes.Add(new RequestOutcome(null, false, false, clock.Elapsed) { TooManyRequests = (admitted, hint) });
        }
    }

    /// <summary>What this process knows at the begin of a sync.</summary>
    /// <param name="outage">Whether this process keeps to a share.</param>
    public LocalSnapshot TakeSnapshot(StoreOutage outage)
    {
        lock (_gate)
        {
            var isReduced = outage.IsReduced(clock.Elapsed);
            ReturnReserved(_registrations.Count == 0 ? _reserve.TakeAll() : _reserve.TakeExpired(clock.Elapsed));
            return new LocalSnapshot
            {
                Expected = _registrations.Count == 0 ? 0 : _reserve.Expect(_waiters.Count > 0),
                HasReserve = _reserve.Count > 0,
                Most = isReduced ? RoomWithoutStore(outage, false) : int.MaxValue,
                MostBulk = isReduced ? RoomWithoutStore(outage, true) : int.MaxValue,
                Limits = Limits(static registration => registration.Limits),
                BulkLimits = Limits(static registration => registration.BulkLimits),
                LongestRequest = _registrations.Count == 0 ? null : _registrations.Max(static registration => registration.LongestRequest),
                Account = _account,
                Waiters = [.. _waiters],
                InFlight = [.. _inFlight],
                Outcomes = [.. _outcomes],
            };
        }
    }

    /// <summary>The completed requests that the store has contained, to restore a state that was lost; none when it has not.</summary>
    public IReadOnlyList<(TimeSpan Time, bool Bulk)> CopyCompleted()
    {
        lock (_gate)
        {
            return _isInStore ? [.. _completed] : [];
        }
    }

    /// <summary>The result of a sync is in the store: applies it here.</summary>
    /// <param name="snapshot">What the sync began with.</param>
    /// <param name="result">What it decided.</param>
    /// <param name="waiting">The requests that still wait.</param>
    /// <returns>False when a request was cancelled meanwhile, so that its permit has to be returned by another sync.</returns>
    public bool Commit(LocalSnapshot snapshot, SyncResult result, out IReadOnlyList<CrossProcessWaiter> waiting)
    {
        lock (_gate)
        {
            var now = clock.Elapsed;
            foreach (var outcome in snapshot.Outcomes)
            {
                if (outcome.Sent)
                {
                    _completed.Enqueue((outcome.Time, outcome.Bulk));
                }
            }

            while (_completed.Count > 0 && _completed.Peek().Time + LimiterState.Memory < now)
            {
                _completed.Dequeue();
            }

            // A failing store may have removed the oldest of them in the meantime.
            _outcomes.RemoveAll(new HashSet<RequestOutcome>(snapshot.Outcomes).Contains);
            _isInStore = snapshot.HasSessions;
            if (!_isInStore)
            {
                _completed.Clear();
            }

            var isComplete = true;
            _reserve.Add(result.Reserved, _waiters.Count > result.Admitted.Count);
            _inFlight.AddRange(result.Reserved);
            if (result.IsHeld)
            {
                isComplete = _reserve.Count == 0;
                ReturnReserved(_reserve.TakeAll());
            }

            foreach (var (waiter, permit) in result.Admitted)
            {
                if (_waiters.Remove(waiter))
                {
                    _inFlight.Add(permit);
                    _reserve.NoteUse();
                    waiter.Admit(permit);
                }
                else
                {
                    _outcomes.Add(new RequestOutcome(permit.Number, false, permit.Bulk, now));
                    isComplete = false;
                }
            }

            waiting = [.. _waiters];
            return isComplete;
        }
    }

    /// <summary>Admits without the store whoever fits into a share of the limits, by what this process has sent itself.</summary>
    /// <param name="outage">The limits that were seen last, and the share.</param>
    /// <param name="createPermit">Creates a permit.</param>
    public void AdmitWithoutStore(StoreOutage outage, Func<bool, TimeSpan, CrossProcessPermit> createPermit)
    {
        lock (_gate)
        {
            var now = clock.Elapsed;
            var limits = Limits(static registration => registration.Limits).Union(outage.Limits).ToArray();
            var bulkLimits = Limits(static registration => registration.BulkLimits).Union(outage.BulkLimits).ToArray();
            for (var node = _waiters.First; node is not null;)
            {
                var next = node.Next;
                var waiter = node.Value;
                if (HasRoom(limits, false) && (!waiter.Bulk || HasRoom(bulkLimits, true)))
                {
                    // It counts all the same: the store learns of it when it works again.
                    var permit = createPermit(waiter.Bulk, now);
                    _waiters.Remove(node);
                    _inFlight.Add(permit);
                    waiter.Admit(permit);
                }

                node = next;
            }

            if (_registrations.Count + _inFlight.Count == 0)
            {
                // All sessions are closed and the store is gone: nobody retries for ever.
                _outcomes.Clear();
                _completed.Clear();
                _isInStore = false;
            }

            bool HasRoom(RateLimit[] all, bool ofBulk) => Array.TrueForAll(
                all, limit => outage.Reduce(limit) is var (most, window) && CountSent(window, ofBulk, now) < most);
        }
    }

    /// <summary>The windows that apply without the store: each as it is, and the share of it that this process keeps to.</summary>
    /// <param name="outage">The limits that were seen last, and the share.</param>
    public IReadOnlyList<(RateLimitStatus Whole, RateLimitStatus Share)> DescribeWithoutStore(StoreOutage outage)
    {
        lock (_gate)
        {
            var (now, reason) = (clock.Elapsed, outage.Reason);
            return
            [
                .. Limits(static registration => registration.Limits).Union(outage.Limits).Select(limit => Describe(limit, false)),
                .. Limits(static registration => registration.BulkLimits).Union(outage.BulkLimits).Select(limit => Describe(limit, true)),
            ];

            (RateLimitStatus, RateLimitStatus) Describe(RateLimit limit, bool ofBulk)
            {
                var (most, window) = outage.Reduce(limit);
                var used = CountSent(window, ofBulk, now);
                var completed = _completed.Where(request => request.Bulk || !ofBulk).Select(static request => request.Time)
                    .Concat(_outcomes.Where(outcome => outcome.Sent && (outcome.Bulk || !ofBulk)).Select(static outcome => outcome.Time))
                    .Where(time => time + window >= now).OrderBy(static time => time).ToArray();
                var wait = used < most ? TimeSpan.Zero
                    : used - most < completed.Length ? completed[used - most] + window - now
                    : window;
                return (
                    new RateLimitStatus(limit, 0, TimeSpan.Zero, ofBulk),
                    new RateLimitStatus(most, window, used, wait, ofBulk) { Outage = reason });
            }
        }
    }

    /// <summary>Removes outcomes that are too old to matter, while the store cannot be written.</summary>
    public void RemoveOldOutcomes()
    {
        lock (_gate)
        {
            var now = clock.Elapsed;
            _outcomes.RemoveAll(outcome => outcome.Time + LimiterState.Memory < now);
        }
    }

    /// <summary>These permits are free for others, once a sync has written that.</summary>
    private void ReturnReserved(IReadOnlyList<CrossProcessPermit> permits)
    {
        foreach (var permit in permits)
        {
            _inFlight.Remove(permit);
            _outcomes.Add(new RequestOutcome(permit.Number, false, permit.Bulk, clock.Elapsed));
        }
    }

    private int RoomWithoutStore(StoreOutage outage, bool ofBulk)
    {
        var now = clock.Elapsed;
        var limits = ofBulk
            ? Limits(static registration => registration.BulkLimits).Union(outage.BulkLimits)
            : Limits(static registration => registration.Limits).Union(outage.Limits);
        return limits
            .Select(limit => outage.Reduce(limit) is var (most, window) ? Math.Max(0, most - CountSent(window, ofBulk, now)) : 0)
            .DefaultIfEmpty(int.MaxValue).Min();
    }

    private int CountSent(TimeSpan window, bool ofBulk, TimeSpan now) =>
        _inFlight.Count(permit => permit.Bulk || !ofBulk)
        + _completed.Count(request => (request.Bulk || !ofBulk) && request.Time + window >= now)
        + _outcomes.Count(outcome => outcome.Sent && (outcome.Bulk || !ofBulk) && outcome.Time + window >= now);

    private RateLimit[] Limits(Func<LimiterRegistration, IEnumerable<RateLimit>> limits) =>
        _registrations.SelectMany(limits).Distinct().ToArray();
}
