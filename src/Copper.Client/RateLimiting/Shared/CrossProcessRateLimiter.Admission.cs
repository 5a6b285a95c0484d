namespace Copper.Client.RateLimiting.Shared;

/// <summary>Who of those that wait here gets in: as many as there is room for in each window, and as this process's turn allows.</summary>
internal sealed partial class CrossProcessRateLimiter
{
    private static readonly TimeSpan LongestTurnWait = TimeSpan.FromMilliseconds(250);
    private int _turnsWaited;

    private void Admit(LimiterState state, SharedMember self, TimeSpan now, SyncResult look)
    {
        var scopes = LimiterScope.For(state, credential);
        var rivals = state.Members.Where(member => scopes.Any(scope => scope.Covers(member.Credential))).ToArray();
        var (all, bulk) = (Room(scopes, false, now), Room(scopes, true, now));
        _sharers = rivals.Where(static member => !member.IsLeaving).Select(static member => member.Process).Distinct().Count();
        _seenLimits = scopes.SelectMany(static scope => scope.Limits(bulk: false)).Distinct().ToArray();
        _seenBulkLimits = scopes.SelectMany(static scope => scope.Limits(bulk: true)).Distinct().ToArray();
        CountWaiters(self, bulk.Free);
        var mine = FairShare.Allocate(all.Free, self, rivals, static member => member.Waiting, now);
        var mineBulk = FairShare.Allocate(bulk.Free, self, rivals, static member => member.BulkWaiting, now);
        for (var node = _waiters.First; node is not null && mine > 0;)
        {
            var next = node.Next;
            if (!node.Value.Bulk || mineBulk > 0)
            {
                mine--;
                mineBulk -= node.Value.Bulk ? 1 : 0;
                _waiters.Remove(node);
                var place = Take(node.Value.Bulk, now);
                state.Flights.Add(new InFlightRequest(_id, place.Number, credential, place.Bulk, now));
                look.Admitted.Add((node.Value, place));
                self.LastServed = now;
                _turnsWaited = 0;
            }

            node = next;
        }

        if (_waiters.Count > 0)
        {
            (all, bulk) = (Room(scopes, false, now), Room(scopes, true, now));
            var pace = scopes.Min(static scope => scope.Pace);
            look.Plan(now, WakeAt(all, bulk, pace, now), pace, rivals.Count(static member => member.Waiting > 0), _jitter);
        }

        CountWaiters(self, bulk.Free);
        self.NextLook = now + (look.Next ?? TimeSpan.Zero);
    }

    /// <summary>When somebody here may get in; null while that depends on an answer to another process.</summary>
    private TimeSpan? WakeAt((int Free, TimeSpan? Next) all, (int Free, TimeSpan? Next) bulk, TimeSpan pace, TimeSpan now)
    {
        if (all.Free == 0 || (bulk.Free == 0 && _waiters.All(static waiter => waiter.Bulk)))
        {
            _turnsWaited = 0;
            return all.Free == 0 ? all.Next : bulk.Next;
        }

        // There is room, but it is another's turn, who comes soon, or loses it after a while.
        var longest = Math.Min(LongestTurnWait.Ticks, Math.Max(TurnWait.Ticks, pace.Ticks / 4));
        var wait = Math.Min(longest, TurnWait.Ticks << _turnsWaited);
        _turnsWaited = Math.Min(_turnsWaited + 1, 6);
        return now + TimeSpan.FromTicks(wait);
    }

    private void CountWaiters(SharedMember self, int bulkFree)
    {
        self.BulkWaiting = _waiters.Count(static waiter => waiter.Bulk);
        self.Waiting = _waiters.Count - self.BulkWaiting + Math.Min(self.BulkWaiting, bulkFree);
    }

    private static (int Free, TimeSpan? Next) Room(IReadOnlyList<LimiterScope> scopes, bool bulk, TimeSpan now)
    {
        var rooms = scopes.Select(scope => scope.Room(bulk, now)).ToArray();
        return (rooms.Min(static room => room.Free), rooms.Any(static room => room.Next is null) ? null : rooms.Max(static room => room.Next));
    }
}
