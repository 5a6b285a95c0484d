namespace Copper.Sandbox.Values;

/// <summary>The custom field values of a record. Immutable, and an array rather than a dictionary because there are many of them.</summary>
internal sealed class CustomFieldValues
{
    private readonly KeyValuePair<long, object>[] _values;

    public CustomFieldValues(params KeyValuePair<long, object>[] values) => _values = values;

    public static CustomFieldValues None { get; } = new();

    public IEnumerable<long> DefinitionIds => _values.Select(pair => pair.Key);

    public object? Find(long definitionId)
    {
        foreach (var pair in _values)
        {
            if (pair.Key == definitionId)
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>The same values with one changed, or removed if null is given.</summary>
    public CustomFieldValues With(long definitionId, object? value)
    {
        var others = _values.Where(pair => pair.Key != definitionId);
        return value is null
            ? new CustomFieldValues([.. others])
            : new CustomFieldValues([.. others, new KeyValuePair<long, object>(definitionId, value)]);
    }
}
