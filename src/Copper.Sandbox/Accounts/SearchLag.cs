namespace Copper.Sandbox.Accounts;

/// <summary>
/// Searches that lag behind: what was written shows in them only after a number of searches, or after a time. Until then they
/// see records as they were: a new one not at all, a deleted one still. Reading by id is never late.
/// </summary>
internal sealed class SearchLag(int searches, TimeSpan time)
{
    private readonly Dictionary<(string Type, long Id), Queue<PendingChange>> _pending = [];
    private long _searchCount;

    /// <summary>Notes that a record is being written, and what it was before: null if there was none.</summary>
    public void Note(EntitySchema schema, long id, Record? former, DateTimeOffset now)
    {
        if (searches <= 0 && time <= TimeSpan.Zero)
        {
            return;
        }

        if (!_pending.TryGetValue((schema.Type, id), out var changes))
        {
            _pending.Add((schema.Type, id), changes = new Queue<PendingChange>());
        }

        changes.Enqueue(new PendingChange(former, _searchCount + Math.Max(0, searches), now + time));
    }

    /// <summary>Counts a search; true if it sees something that the one before did not.</summary>
    public bool CountSearch(DateTimeOffset now)
    {
        _searchCount++;
        bool anythingNew = false;
        foreach (var record in _pending.ToArray())
        {
            while (record.Value.Count > 0 && record.Value.Peek().LastBlindSearch < _searchCount && record.Value.Peek().VisibleFrom <= now)
            {
                record.Value.Dequeue();
                anythingNew = true;
            }

            if (record.Value.Count == 0)
            {
                _pending.Remove(record.Key);
            }
        }

        return anythingNew;
    }

    /// <summary>The records of an entity that searches see as they were, by id; null where there was none.</summary>
    public Dictionary<long, Record?> FormerOf(EntitySchema schema) => _pending
        .Where(record => record.Key.Type == schema.Type)
        .ToDictionary(record => record.Key.Id, record => record.Value.Peek().Former);

    private sealed record PendingChange(Record? Former, long LastBlindSearch, DateTimeOffset VisibleFrom);
}
