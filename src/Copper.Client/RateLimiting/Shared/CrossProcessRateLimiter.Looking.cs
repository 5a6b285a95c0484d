namespace Copper.Client.RateLimiting.Shared;

/// <summary>One look at what all processes know: tell what happened here, take what is free, and go.</summary>
internal sealed partial class CrossProcessRateLimiter
{
    private static readonly TimeSpan TurnWait = TimeSpan.FromMilliseconds(10);
    private readonly ProcessLivenessCache _roll = new(probe);

    private (bool Busy, TimeSpan? Next) TrySync()
    {
        var look = new SyncResult();
        try
        {
            if (TryLook(look))
            {
                return (false, look.Next);
            }

            return (true, Fail(look, "another process keeps it open", isBusy: true));
        }
#pragma warning disable CA1031 // On a thread of the pool anything else would end the whole process.
        catch (Exception exception)
        {
            return (true, Fail(look, exception.Message, isBusy: false));
        }
#pragma warning restore CA1031
    }

    /// <summary>All sessions have left and all is written down: a look that was asked for before must not make the store again.</summary>
    private bool HasNothingToSay
    {
        get
        {
            lock (_gate)
            {
                return _parts.Count + _waiters.Count + _outcomes.Count + _underWay.Count == 0 && !_isKnown;
            }
        }
    }

    /// <summary>False when somebody else has the store open.</summary>
    private bool TryLook(SyncResult look)
    {
        lock (_looking)
        {
            if (HasNothingToSay)
            {
                return true;
            }

            var done = store.TryUpdate((bytes, age) =>
            {
                lock (_gate)
                {
                    return Change(bytes, age, look);
                }
            });
            if (done)
            {
                Commit(look);
                _roll.Refresh(clock.Elapsed);
            }

            return done;
        }
    }

    private byte[] Change(byte[] bytes, TimeSpan age, SyncResult look)
    {
        var now = clock.Elapsed;
        var state = Read(bytes, age, now);
        if (state.Members.Find(member => member.Id == _id) is { } before)
        {
            before.LastSeen = now;
        }

        state.Clean(now, process => _roll.IsAlive(process, now), age);
        look.HeldUntil = state.HoldUntil;
        var self = Present(state, now);
        look.Outcomes = _outcomes.Count;
        foreach (var outcome in _outcomes)
        {
            Apply(state, outcome);
        }

        Admit(state, self, now, look);
        if (self.IsLeaving && !state.Flights.Exists(flight => flight.Member == _id))
        {
            state.Members.Remove(self);
        }

        return LimiterStateSerializer.Write(state);
    }

    private LimiterState Read(byte[] bytes, TimeSpan age, TimeSpan now)
    {
        if (bytes.Length == 0)
        {
            return new LimiterState();
        }

        if (LimiterStateSerializer.Read(bytes) is { } state)
        {
            return state;
        }

        // What it held is lost, except for what each process puts in again of its own. So as much as fits may have been sent just
        // before it was last written.
        var longest = Limits(static part => part.Limits.Concat(part.BulkLimits)).Select(static limit => limit.Window).DefaultIfEmpty(TimeSpan.Zero).Max();
        return new LimiterState { HoldUntil = now + (age > TimeSpan.Zero ? Positive(longest - age) : longest) };
    }

    /// <summary>This process's own entry, made again when it is lost, with all that this process knows.</summary>
    private SharedMember Present(LimiterState state, TimeSpan now)
    {
        var self = state.Members.Find(member => member.Id == _id);
        if (self is null)
        {
            self = new SharedMember(_id, probe.Self, credential);
            state.Members.Add(self);
            if (_isKnown)
            {
                state.Answers.AddRange(_history.Select(answer => new CompletedRequest(answer.Time, credential, answer.Bulk)));
                state.Answers.Sort(static (left, right) => left.Time.CompareTo(right.Time));
            }
        }

        self.Limits = Limits(static part => part.Limits);
        self.BulkLimits = Limits(static part => part.BulkLimits);
        self.Patience = _parts.Select(static part => part.Patience).DefaultIfEmpty(self.Patience).Max();
        self.IsLeaving = _parts.Count == 0;
        self.FoundDead = null;
        self.LastSeen = now;
        if (_account is { } account)
        {
            state.Identify(credential, account);
        }

        // Written down, and then forgotten here because the store failed: nobody else would ever take them out.
        state.Land(flight => flight.Member == _id && !_underWay.Exists(place => place.Number == flight.Number) && !_outcomes.Exists(outcome => outcome.Number == flight.Number), now);
        foreach (var place in _underWay.Where(place => !state.Flights.Exists(flight => flight.Member == _id && flight.Number == place.Number)))
        {
            state.Flights.Add(new InFlightRequest(_id, place.Number, credential, place.Bulk, place.Since));
        }

        return self;
    }

    private void Apply(LimiterState state, SharedOutcome outcome)
    {
        if (outcome.Refusal is var (admitted, hint))
        {
            var pace = LimiterScope.For(state, credential).Max(static scope => scope.Pace);
            state.CautionOf(credential).NoteRefusal(admitted, hint, outcome.Time, pace);
            return;
        }

        state.Flights.RemoveAll(flight => flight.Member == _id && flight.Number == outcome.Number);
        if (outcome.Sent)
        {
            var after = state.Answers.FindLastIndex(answer => answer.Time <= outcome.Time);
            state.Answers.Insert(after + 1, new CompletedRequest(outcome.Time, credential, outcome.Bulk));
        }
    }

    /// <summary>It is written: now what was decided holds.</summary>
    private void Commit(SyncResult look)
    {
        CrossProcessWaiter[] left;
        lock (_gate)
        {
            var now = clock.Elapsed;
            foreach (var outcome in _outcomes.Take(look.Outcomes).Where(static outcome => outcome.Sent))
            {
                _history.Enqueue((outcome.Time, outcome.Bulk));
            }

            while (_history.Count > 0 && _history.Peek().Time + LimiterState.Memory < now)
            {
                _history.Dequeue();
            }

            _outcomes.RemoveRange(0, look.Outcomes);
            _isKnown = _parts.Count > 0;
            if (!_isKnown)
            {
                _history.Clear();
            }

            (_failingSince, _lost, _isLossTold) = (null, null, false);
            _backoff.Reset();
            left = [.. _waiters];
        }

        foreach (var (waiter, place) in look.Admitted)
        {
            if (!waiter.Admit(place))
            {
                place.Complete(sent: false);
            }
        }

        if (look.IsWorthTelling)
        {
            Array.ForEach(left, waiter => waiter.Tell(look.Wait));
        }

        TellWarnings(look);
    }

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;

    /// <summary>What one look has decided.</summary>
    private sealed class SyncResult
    {
        private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(10);
        private static readonly TimeSpan WaitForAnswers = TimeSpan.FromMilliseconds(250);

        /// <summary>So far apart those look who wait for the same moment: a look takes a millisecond or two.</summary>
        private const int JitterOfOne = 2;
        private const int ShortestJitter = 8;

        /// <summary>Nobody is let in before, for the former state was lost.</summary>
        public TimeSpan? HeldUntil { get; set; }

        public int Outcomes { get; set; }

        public List<(CrossProcessWaiter Waiter, CrossProcessPermit Place)> Admitted { get; } = [];

        /// <summary>The time until the next look; null when nobody waits.</summary>
        public TimeSpan? Next { get; private set; }

        /// <summary>The time until somebody gets in, if that is known.</summary>
        public TimeSpan? Wait { get; private set; }

        public bool IsWorthTelling => Next is not null && (Wait is null || Wait > TurnWait + TurnWait);

        public void Plan(TimeSpan now, TimeSpan? wake, TimeSpan shortestWindow, int rivals, Random jitter)
        {
            Wait = wake is { } time ? Positive(time - now) : null;
            var unknown = TimeSpan.FromTicks(Math.Max(ShortestLook.Ticks, Math.Min(WaitForAnswers.Ticks, shortestWindow.Ticks / 4)));
            var next = Wait ?? unknown;

            // A little apart from the others, who wait for the same moment.
            var apart = Math.Min(ShortestJitter + (JitterOfOne * rivals), unknown.TotalMilliseconds);
            Next = (next < LongestLook ? next : LongestLook) + TimeSpan.FromMilliseconds(jitter.NextDouble() * apart);
        }
    }
}
