namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// The permits that are reserved for the next requests of this process, so that not each of them costs a round trip to the store. As
/// many as were used between two syncs, and no more than the batch of the store: none for a file. Not thread-safe: its owner holds the
/// lock.
/// </summary>
/// <param name="kind">How many permits are reserved at most, and for how long.</param>
internal sealed class PermitReserve(StoreKind kind)
{
    private readonly Queue<CrossProcessPermit> _permits = new();
    private int _used;
    private int _demand;
    private int _size;

    public int Count => _permits.Count;

    /// <summary>How many permits to reserve at the next sync, beside those that wait.</summary>
    /// <param name="isWaiting">Requests wait, so that what was needed before is needed still.</param>
    public int Expect(bool isWaiting) =>
        Math.Max(0, Math.Min(kind.Batch, isWaiting ? Math.Max(_used, _demand) : _used) - _permits.Count);

    /// <summary>So few are left that a sync should bring new ones.</summary>
    public bool IsRunningOut => _size > 0 && _permits.Count <= _size / 3;

    /// <summary>A request was admitted, with a reserved permit or without.</summary>
    public void NoteUse() => _used++;

    /// <summary>A sync begins to count anew.</summary>
    /// <param name="added">The permits that it has reserved.</param>
    /// <param name="isStarved">Requests wait: that few were used does not mean that few are needed.</param>
    public void Add(IReadOnlyList<CrossProcessPermit> added, bool isStarved)
    {
        _demand = isStarved ? Math.Max(_used, _demand) : _used;
        _used = 0;
        foreach (var permit in added)
        {
            _permits.Enqueue(permit);
        }

        _size = _permits.Count;
    }

    /// <summary>Takes a permit; null when none is left.</summary>
    public CrossProcessPermit? TryTake() => _permits.Count > 0 ? _permits.Dequeue() : null;

    /// <summary>Takes the permits that were reserved for too long.</summary>
    /// <param name="now">The time on the clock of this machine.</param>
    public IReadOnlyList<CrossProcessPermit> TakeExpired(TimeSpan now)
    {
        var expired = new List<CrossProcessPermit>();
        while (_permits.Count > 0 && _permits.Peek().Admitted + kind.ReserveFor <= now)
        {
            expired.Add(_permits.Dequeue());
        }

        return expired;
    }

    /// <summary>Takes all permits.</summary>
    public IReadOnlyList<CrossProcessPermit> TakeAll()
    {
        var all = _permits.ToArray();
        _permits.Clear();
        return all;
    }
}
