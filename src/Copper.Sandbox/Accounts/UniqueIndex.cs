namespace Copper.Sandbox.Accounts;

/// <summary>Finds a record by one of its unique keys, ignoring case.</summary>
internal sealed class UniqueIndex(Func<object?[], IEnumerable<string>> keys)
{
    private readonly Dictionary<string, long> _ids = new(StringComparer.OrdinalIgnoreCase);

    public long? Find(string key) => _ids.TryGetValue(key, out long id) ? id : null;

    public void Add(Record record)
    {
        foreach (string key in keys(record.Values))
        {
            _ids[key] = record.Id;
        }
    }

    public void Remove(Record record)
    {
        foreach (string key in keys(record.Values))
        {
            _ids.Remove(key);
        }
    }
}
