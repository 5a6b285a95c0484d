namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Decides which waiting requests of this process may go: as many as there are free permits in each window, and as the fair share of the
/// process allows; and when the process syncs next. Not thread-safe: the <see cref="StateSynchronizer"/> syncs once at a time.
/// </summary>
internal sealed class AdmissionPlanner
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan UnknownWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortestYield = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestYield = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Processes that wait for the same moment sync this many milliseconds apart, for each of them, because a sync takes one or two.
    /// </summary>
    private const int JitterPerProcess = 2;
    private const int ShortestJitter = 8;
    private const int MaxYields = 6;

    private readonly Random _jitter = new(Guid.NewGuid().GetHashCode());
    private int _yields;

    /// <summary>Admits waiting requests and writes that into the state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="self">This process's entry in it.</param>
    /// <param name="waiters">The requests that wait.</param>
    /// <param name="createPermit">Creates a permit.</param>
    /// <param name="now">The time.</param>
    public SyncResult Plan(
        LimiterState state,
        LimiterMember self,
        IReadOnlyList<CrossProcessWaiter> waiters,
        Func<bool, TimeSpan, CrossProcessPermit> createPermit,
        TimeSpan now)
    {
        var heldUntil = state.HoldUntil;
        var scopes = LimiterScope.For(state, self.Credential);
        var rivals = state.Members.Where(member => scopes.Any(scope => scope.Covers(member.Credential))).ToArray();
        var (all, bulk) = (Room(scopes, false, now), Room(scopes, true, now));
        var waiting = new Queue<CrossProcessWaiter>(waiters);
        SetWaiting(self, waiting, bulk.Free);
        var share = FairShare.Allocate(all.Free, self, rivals, static member => member.Waiting, now);
        var bulkShare = FairShare.Allocate(bulk.Free, self, rivals, static member => member.BulkWaiting, now);
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
            var permit = createPermit(waiter.Bulk, now);
            state.InFlight.Add(new InFlightRequest(self.Id, permit.Number, self.Credential, permit.Bulk, now));
            admitted.Add((waiter, permit));
            self.LastAdmitted = now;
            _yields = 0;
        }

        var (wait, next) = ((TimeSpan?)null, (TimeSpan?)null);
        if (waiting.Count > 0)
        {
            (all, bulk) = (Room(scopes, false, now), Room(scopes, true, now));
            var shortestWindow = scopes.Min(static scope => scope.RecoveryStep);
            wait = NextAdmission(all, bulk, waiting, shortestWindow, now) is { } due ? Positive(due - now) : null;
            next = NextSync(wait, shortestWindow, rivals.Count(static member => member.Waiting > 0));
        }

        SetWaiting(self, waiting, bulk.Free);
        self.NextSync = now + (next ?? TimeSpan.Zero);
        return new SyncResult
        {
            HeldUntil = heldUntil,
            Admitted = admitted,
            Processes = rivals.Where(static member => !member.IsLeaving).Select(static member => member.Process).Distinct().Count(),
            Limits = scopes.SelectMany(static scope => scope.Limits(bulk: false)).Distinct().ToArray(),
            BulkLimits = scopes.SelectMany(static scope => scope.Limits(bulk: true)).Distinct().ToArray(),
            Wait = wait,
            NextSync = next,
        };
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
        var longest = Math.Min(LongestYield.Ticks, Math.Max(ShortestYield.Ticks, shortestWindow.Ticks / 4));
        var wait = Math.Min(longest, ShortestYield.Ticks << _yields);
        _yields = Math.Min(_yields + 1, MaxYields);
        return now + TimeSpan.FromTicks(wait);
    }

    private TimeSpan NextSync(TimeSpan? wait, TimeSpan shortestWindow, int rivals)
    {
        var unknown = TimeSpan.FromTicks(Math.Max(ShortestInterval.Ticks, Math.Min(UnknownWait.Ticks, shortestWindow.Ticks / 4)));
        var next = wait ?? unknown;

        // A little apart from the others, who wait for the same moment.
        var apart = Math.Min(ShortestJitter + (JitterPerProcess * rivals), unknown.TotalMilliseconds);
        var jitter = TimeSpan.FromMilliseconds(_jitter.NextDouble() * apart);
        return (next < SyncResult.LongestInterval ? next : SyncResult.LongestInterval) + jitter;
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
