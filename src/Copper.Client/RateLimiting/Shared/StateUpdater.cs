namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Brings the state up to date with what this process knows: its entry, its requests in flight, and their outcomes. Has no state of its
/// own that changes.
/// </summary>
/// <param name="process">This process.</param>
/// <param name="credential">The credential that sends.</param>
/// <param name="liveness">Which processes run.</param>
/// <param name="kind">What is known of the processes that share the store.</param>
internal sealed class StateUpdater(ProcessIdentity process, Guid credential, ProcessLivenessCache liveness, StoreKind kind)
{
    private readonly Guid _id = Guid.NewGuid();

    /// <summary>Reads the state, as it is now.</summary>
    /// <param name="stored">Its bytes.</param>
    /// <param name="local">What this process knows.</param>
    /// <param name="time">The time.</param>
    public LimiterState Read(IStoredState stored, LocalSnapshot local, SyncTime time)
    {
        var state = Deserialize(stored, local, time.Latest);
        if (state.Members.Find(member => member.Id == _id) is { } self)
        {
            self.LastSeen = time.Now;
        }

        state.Clean(time, other => liveness.IsAlive(other, time.Local), stored.Age, kind);
        return state;
    }

    /// <summary>Writes what this process knows into the state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="local">What this process knows.</param>
    /// <param name="completed">The completed requests that the state has contained; called when the entry of this process is lost.</param>
    /// <param name="time">The time.</param>
    /// <returns>The entry of this process.</returns>
    public LimiterMember Update(
        LimiterState state, LocalSnapshot local, Func<IReadOnlyList<(TimeSpan Time, bool Bulk)>> completed, SyncTime time)
    {
        var self = state.Members.Find(member => member.Id == _id) ?? Restore(state, completed(), time.Offset);
        self.Limits = local.Limits;
        self.BulkLimits = local.BulkLimits;
        self.LongestRequest = local.LongestRequest ?? self.LongestRequest;
        self.IsLeaving = !local.HasSessions;
        self.FoundDead = null;
        self.LastSeen = time.Now;
        if (local.Account is { } account)
        {
            state.Identify(credential, account);
        }

        UpdateInFlight(state, local, time);
        foreach (var outcome in local.Outcomes)
        {
            Apply(state, outcome, time.Offset);
        }

        return self;
    }

    /// <summary>Removes the entry of this process when it is not needed any more.</summary>
    public void RemoveIfUnused(LimiterState state, LimiterMember self)
    {
        if (self.IsLeaving && !state.InFlight.Exists(request => request.Member == _id))
        {
            state.Members.Remove(self);
        }
    }

    private LimiterMember Restore(LimiterState state, IReadOnlyList<(TimeSpan Time, bool Bulk)> completed, ClockOffset offset)
    {
        var self = new LimiterMember(_id, process, credential);
        state.Members.Add(self);
        state.Completed.AddRange(
            completed.Select(request => new CompletedRequest(offset.LatestAt(request.Time), credential, request.Bulk)));
        state.Completed.Sort(static (left, right) => left.Time.CompareTo(right.Time));
        return self;
    }

    private void UpdateInFlight(LimiterState state, LocalSnapshot local, SyncTime time)
    {
        // A permit that is in the store, but was lost here when the store failed, would never be completed by anybody.
        var known = new HashSet<long>(local.InFlight.Select(static permit => permit.Number));
        known.UnionWith(local.Outcomes.Where(static outcome => outcome.Number is not null).Select(static outcome => outcome.Number!.Value));
        state.CompleteAll(request => request.Member == _id && !known.Contains(request.Number), time.Latest);
        foreach (var permit in local.InFlight)
        {
            if (!state.InFlight.Exists(request => request.Member == _id && request.Number == permit.Number))
            {
                state.InFlight.Add(new InFlightRequest(
                    _id, permit.Number, credential, permit.Bulk, time.Offset.LatestAt(permit.Admitted)));
            }
        }
    }

    private void Apply(LimiterState state, RequestOutcome outcome, ClockOffset offset)
    {
        var time = offset.LatestAt(outcome.Time);
        if (outcome.TooManyRequests is var (admitted, hint))
        {
            var recoveryStep = LimiterScope.For(state, credential).Max(static scope => scope.RecoveryStep);
            state.BackoffOf(credential).NoteTooManyRequests(offset.LatestAt(admitted), hint, time, recoveryStep);
            return;
        }

        state.InFlight.RemoveAll(request => request.Member == _id && request.Number == outcome.Number);
        if (outcome.Sent)
        {
            var after = state.Completed.FindLastIndex(request => request.Time <= time);
            state.Completed.Insert(after + 1, new CompletedRequest(time, credential, outcome.Bulk));
        }
    }

    private static LimiterState Deserialize(IStoredState stored, LocalSnapshot local, TimeSpan now)
    {
        if (stored.Bytes.Length == 0)
        {
            return new LimiterState();
        }

        if (LimiterStateSerializer.Read(stored.Bytes) is { } state)
        {
            return state;
        }

        // The content is lost, except for what each process restores of its own. So the whole limit may have been used just before the
        // state was written.
        var longest = local.Limits.Concat(local.BulkLimits).Select(static limit => limit.Window).DefaultIfEmpty(TimeSpan.Zero).Max();
        var remaining = stored.Age > TimeSpan.Zero ? longest - stored.Age : longest;
        return new LimiterState { HoldUntil = now + (remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero) };
    }
}
