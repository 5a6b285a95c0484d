using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>An entity: its names and the table of its attributes.</summary>
internal sealed class EntitySchema
{
    private readonly Dictionary<string, int> _indexes = [];

    /// <summary>Creates a schema.</summary>
    /// <param name="type">Singular name, as in <c>resource.type</c>.</param>
    /// <param name="path">Plural name, as in paths and bulk bodies.</param>
    /// <param name="attributes">Attributes in the order of replies.</param>
    public EntitySchema(string type, string path, params EntityAttribute[] attributes)
    {
        Type = type;
        Path = path;
        Attributes = attributes;
        for (int index = 0; index < attributes.Length; index++)
        {
            _indexes.Add(attributes[index].Name, index);
        }
    }

    public string Type { get; }

    public string Path { get; }

    public IReadOnlyList<EntityAttribute> Attributes { get; }

    /// <summary>Name of the entity in change events; null if it has none.</summary>
    public string? EventType { get; init; }

    /// <summary>What happens besides storing what was sent.</summary>
    public EntityRules Rules { get; init; } = EntityRules.None;

    /// <summary>Values no two records may share, and the attribute they are taken from; null if there are none.</summary>
    public string? UniqueAttribute { get; init; }

    /// <summary>Takes the unique keys out of the values of a record.</summary>
    public Func<object?[], IEnumerable<string>>? UniqueKeys => UniqueAttribute is null ? null : ReadUniqueKeys;

    public int IndexOf(string attribute) => _indexes[attribute];

    public EntityAttribute? Find(string attribute) =>
        _indexes.TryGetValue(attribute, out int index) ? Attributes[index] : null;

    public bool Has(string attribute) => _indexes.ContainsKey(attribute);

    /// <summary>The stored value of an attribute.</summary>
    public T? Get<T>(Record record, string attribute)
        where T : class => (T?)record.Values[_indexes[attribute]];

    public long? GetInteger(Record record, string attribute) => (long?)record.Values[_indexes[attribute]];

    public object?[] EmptyValues()
    {
        var values = new object?[Attributes.Count];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = Attributes[index].Type.Empty;
        }

        return values;
    }

    private IEnumerable<string> ReadUniqueKeys(object?[] values) => values[_indexes[UniqueAttribute!]] switch
    {
        string key when key.Length > 0 => [key],
        ContactPoint[] points => points.Select(point => point.Value),
        _ => [],
    };
}
