namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Decides which waiting requests of this process may go: as many as there are free permits in each window, and as the fair share of the
/// process allows; and when the process syncs next. Not thread-safe: the <see cref="StateSynchronizer"/> syncs once at a time.
/// </summary>
/// <param name="kind">How often processes sync.</param>
internal sealed class AdmissionPlanner(StoreKind kind)
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestYield = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Processes that wait for the same moment sync this many milliseconds apart, for each of them, because a sync takes one or two.
    /// </summary>
    private const int JitterPerProcess = 2;
    private const int ShortestJitter = 8;
    private const int MaxYields = 6;

    /// <summary>How long a sync takes; set after each.</summary>
    public TimeSpan Duration { get; set; }

    private readonly Random _jitter = new(Guid.NewGuid().GetHashCode());
    private int _yields;

    /// <summary>Admits waiting requests and writes that into the state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="self">This process's entry in it.</param>
    /// <param name="local">The requests that wait, and how many more are to be expected.</param>
    /// <param name="createPermit">Creates a permit.</param>
    /// <param name="time">The time.</param>
    public SyncResult Plan(
        LimiterState state,
        LimiterMember self,
        LocalSnapshot local,
        Func<bool, TimeSpan, CrossProcessPermit> createPermit,
        SyncTime time)
    {
        var now = time.Now;
        var scopes = LimiterScope.For(state, self.Credential);
        var rivals = state.Members.Where(member => scopes.Any(scope => scope.Covers(member.Credential))).ToArray();
        var (all, bulk) = (Room(scopes, false, now), Room(scopes, true, now));
        var waiting = new Queue<CrossProcessWaiter>(local.Waiters);
        SetWaiting(self, waiting, bulk.Free);
        self.Waiting += local.Expected;
        var share = FairShare.Allocate(all.Free, self, rivals, static member => member.Waiting, now, kind);
        var bulkShare = FairShare.Allocate(bulk.Free, self, rivals, static member => member.BulkWaiting, now, kind);
        (share, bulkShare) = (Math.Min(share, local.Most), Math.Min(bulkShare, local.MostBulk));
        var admitted = new List<(CrossProcessWaiter, CrossProcessPermit)>();
        for (var left = waiting.Count; left > 0; left--)
        {
            var waiter = waiting.Dequeue();
            if (share == 0 || (waiter.Bulk && bulkShare == 0))
            {
                waiting.Enqueue(waiter);
                continue;
            }

            share--;
            bulkShare -= waiter.Bulk ? 1 : 0;
            admitted.Add((waiter, Admit(waiter.Bulk)));
        }

        var reserved = new List<CrossProcessPermit>();
        for (; share > 0 && reserved.Count < local.Expected && waiting.Count == 0; share--)
        {
            reserved.Add(Admit(bulk: false));
        }

        var (wait, next) = ((TimeSpan?)null, (TimeSpan?)null);
        if (waiting.Count > 0)
        {
            (all, bulk) = (Room(scopes, false, now), Room(scopes, true, now));
            var shortestWindow = scopes.Min(static scope => scope.RecoveryStep);
            wait = NextAdmission(all, bulk, waiting, shortestWindow, now) is { } due ? Positive(due - now) : null;
            next = NextSync(wait, shortestWindow, rivals.Where(static member => member.Waiting > 0).ToArray(), self, now);
        }

        SetWaiting(self, waiting, bulk.Free);
        self.NextSync = now + (next ?? TimeSpan.Zero);
        return new SyncResult
        {
            HeldUntil = state.HoldUntil - time.Offset.Earliest,
            IsHeld = scopes.Any(scope => scope.BackoffAt(now).HoldUntil > now),
            Admitted = admitted,
            Reserved = reserved,
            Processes = rivals.Where(static member => !member.IsLeaving).Select(static member => member.Process).Distinct().Count(),
            Limits = scopes.SelectMany(static scope => scope.Limits(bulk: false)).Distinct().ToArray(),
            BulkLimits = scopes.SelectMany(static scope => scope.Limits(bulk: true)).Distinct().ToArray(),
            Wait = wait,
            NextSync = next,
            IdleSync = reserved.Count > 0 || local.HasReserve ? kind.ReserveFor
                : state.InFlight.Exists(request => request.Member == self.Id) ? kind.Heartbeat
                : null,
        };

        CrossProcessPermit Admit(bool bulk)
        {
            var permit = createPermit(bulk, time.Local);
            state.InFlight.Add(new InFlightRequest(self.Id, permit.Number, self.Credential, permit.Bulk, now));
            self.LastAdmitted = now;
            _yields = 0;
            return permit;
        }
    }

    /// <summary>When a request of this process may be admitted; null while that depends on a response to another process.</summary>
    private TimeSpan? NextAdmission(
        (int Free, TimeSpan? Next) all,
        (int Free, TimeSpan? Next) bulk,
        IEnumerable<CrossProcessWaiter> waiting,
        TimeSpan shortestWindow,
        TimeSpan now)
    {
        if (all.Free == 0 || (bulk.Free == 0 && waiting.All(static waiter => waiter.Bulk)))
        {
            _yields = 0;
            return all.Free == 0 ? all.Next : bulk.Next;
        }

        // Permits are free, but they are the share of another process, which takes them soon, or loses them after a while.
        var longest = Math.Min(kind.LongestYield.Ticks, Math.Max(ShortestYield.Ticks, shortestWindow.Ticks / 4));
        var wait = Math.Min(longest, ShortestYield.Ticks << _yields);
        _yields = Math.Min(_yields + 1, MaxYields);
        return now + TimeSpan.FromTicks(wait);
    }

    private TimeSpan NextSync(TimeSpan? wait, TimeSpan shortestWindow, LimiterMember[] rivals, LimiterMember self, TimeSpan now)
    {
        var unknown = TimeSpan.FromTicks(Math.Max(ShortestInterval.Ticks, Math.Min(kind.UnknownWait.Ticks, shortestWindow.Ticks / 4)));
        var next = wait ?? unknown;
        next = next > kind.ShortestInterval ? next : kind.ShortestInterval;

        // A little apart from the others, who wait for the same moment. Where a sync takes long, in the order in which they get their
        // share, each when the one before it has read and written.
        var apart = Math.Min(ShortestJitter + (JitterPerProcess * rivals.Length), unknown.TotalMilliseconds);
        var jitter = TimeSpan.FromMilliseconds(_jitter.NextDouble() * apart);
        if (kind.IsRemote)
        {
            var mine = now + next;
            var ahead = rivals.Count(
                other => other != self && FairShare.Compare(other, self) < 0
                    && other.NextSync > mine - Duration && other.NextSync < mine + Duration);
            jitter += TimeSpan.FromTicks(Math.Min(Duration.Ticks * ahead / 2, unknown.Ticks * 2));
        }

        var longest = TimeSpan.FromTicks(Math.Max(kind.LongestInterval.Ticks, Math.Min(kind.LongestLook.Ticks, next.Ticks / 4)));
        return (next < longest ? next : longest) + jitter;
    }

    private static void SetWaiting(LimiterMember self, Queue<CrossProcessWaiter> waiting, int bulkFree)
    {
        self.BulkWaiting = waiting.Count(static waiter => waiter.Bulk);
        self.Waiting = waiting.Count - self.BulkWaiting + Math.Min(self.BulkWaiting, bulkFree);
    }

    private static (int Free, TimeSpan? Next) Room(IReadOnlyList<LimiterScope> scopes, bool bulk, TimeSpan now)
    {
        var rooms = scopes.Select(scope => scope.Room(bulk, now)).ToArray();
        var next = rooms.Any(static room => room.Next is null) ? null : rooms.Max(static room => room.Next);
        return (rooms.Min(static room => room.Free), next);
    }

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;
}
