namespace Copper.Sandbox.Accounts;

/// <summary>All records of one entity.</summary>
internal sealed class RecordTable(EntitySchema schema, long firstId)
{
    private readonly Dictionary<long, Record> _records = [];
    private readonly UniqueIndex? _unique = schema.UniqueKeys is null ? null : new UniqueIndex(schema.UniqueKeys);
    private long _nextId = firstId;

    public EntitySchema Schema { get; } = schema;

    /// <summary>The id of the first record.</summary>
    public long FirstId { get; } = firstId;

    public int Count => _records.Count;

    /// <summary>The records in no particular order.</summary>
    public IEnumerable<Record> All => _records.Values;

    public long NextId() => _nextId++;

    public Record? Find(long id) => _records.TryGetValue(id, out var record) ? record : null;

    /// <summary>The record that holds a unique key, such as an e-mail address.</summary>
    public Record? FindByUniqueKey(string key) => _unique?.Find(key) is long id ? Find(id) : null;

    public void Add(Record record)
    {
        _records.Add(record.Id, record);
        _unique?.Add(record);
    }

    public void Replace(Record record, object?[] values)
    {
        _unique?.Remove(record);
        record.Values = values;
        record.Rendered = null;
        _unique?.Add(record);
    }

    public void Remove(Record record)
    {
        _records.Remove(record.Id);
        _unique?.Remove(record);
    }
}
