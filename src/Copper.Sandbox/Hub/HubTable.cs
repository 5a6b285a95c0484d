namespace Copper.Sandbox.Hub;

/// <summary>All records of one kind, by id. Ids are never used twice.</summary>
internal sealed class HubTable
{
    private readonly SortedDictionary<long, HubRecord> _records = [];
    private long _lastId;

    public IEnumerable<HubRecord> All => _records.Values;

    public HubRecord Add()
    {
        var record = new HubRecord(++_lastId);
        _records.Add(record.Id, record);
        return record;
    }

    public HubRecord? Find(long? id) => id is { } number && _records.TryGetValue(number, out var record) ? record : null;

    public void Remove(HubRecord record) => _records.Remove(record.Id);
}
