namespace Copper.Client.Http.Throttle.Shared;

/// <summary>Who of those that wait here gets in: as many as there is room for in each window, and as this process's turn allows.</summary>
internal sealed partial class SharedLimit
{
    private void LetIn(SharedState state, SharedMember self, TimeSpan now, Glance look)
    {
        var scopes = SharedScope.For(state, credential);
        var rivals = state.Members.Where(member => scopes.Any(scope => scope.Covers(member.Credential))).ToArray();
        var (all, bulk) = (Room(scopes, false, now), Room(scopes, true, now));
        CountWaiters(self, bulk.Free);
        var mine = SharedTurns.Deal(all.Free, self, rivals, static member => member.Waiting, now);
        var mineBulk = SharedTurns.Deal(bulk.Free, self, rivals, static member => member.BulkWaiting, now);
        for (var node = _waiters.First; node is not null && mine > 0;)
        {
            var next = node.Next;
            if (!node.Value.Bulk || mineBulk > 0)
            {
                mine--;
                mineBulk -= node.Value.Bulk ? 1 : 0;
                _waiters.Remove(node);
                var place = Take(node.Value.Bulk, now);
                state.Flights.Add(new SharedFlight(_id, place.Number, credential, place.Bulk, now));
                look.Admitted.Add((node.Value, place));
                self.LastServed = now;
            }

            node = next;
        }

        if (_waiters.Count > 0)
        {
            (all, bulk) = (Room(scopes, false, now), Room(scopes, true, now));
            look.Plan(now, WakeAt(all, bulk, now), scopes.Min(static scope => scope.Pace), _jitter);
        }

        CountWaiters(self, bulk.Free);
        self.NextLook = now + (look.Next ?? TimeSpan.Zero);
    }

    /// <summary>When somebody here may get in; null while that depends on an answer to another process.</summary>
    private TimeSpan? WakeAt((int Free, TimeSpan? Next) all, (int Free, TimeSpan? Next) bulk, TimeSpan now)
    {
        if (all.Free == 0)
        {
            return all.Next;
        }

        // There is room, but it is another's turn; unless only bulk requests wait, and for their own window.
        return bulk.Free == 0 && _waiters.All(static waiter => waiter.Bulk) ? bulk.Next : now + TurnWait;
    }

    private void CountWaiters(SharedMember self, int bulkFree)
    {
        self.BulkWaiting = _waiters.Count(static waiter => waiter.Bulk);
        self.Waiting = _waiters.Count - self.BulkWaiting + Math.Min(self.BulkWaiting, bulkFree);
    }

    private static (int Free, TimeSpan? Next) Room(IReadOnlyList<SharedScope> scopes, bool bulk, TimeSpan now)
    {
        var rooms = scopes.Select(scope => scope.Room(bulk, now)).ToArray();
        return (rooms.Min(static room => room.Free), rooms.Any(static room => room.Next is null) ? null : rooms.Max(static room => room.Next));
    }
}
