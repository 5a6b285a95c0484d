using System.Collections;

namespace Copper.Client;

/// <summary>
/// Values of custom fields, each by the field's name or id, as people write them: a choice by its label, a multi-select as a list of
/// labels, a date as a <see cref="DateTime"/>, a number as a number. Null clears a field; a field that is not here is left alone. The
/// client finds the fields by the account's definitions, which it reads once, and checks each value against the type of its field.
/// </summary>
/// <example><code>new PersonUpdate { CustomFields = { ["Region"] = "North", ["Score"] = 7 } }</code></example>
public sealed class CustomFieldSet : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase);

    internal CustomFieldSet()
    {
    }

    /// <summary>The number of fields.</summary>
    public int Count => _values.Count;

    /// <summary>The value of a field.</summary>
    /// <param name="field">Its name, its key, or its id as text.</param>
    /// <exception cref="KeyNotFoundException">The field was not set.</exception>
    public object? this[string field]
    {
        get => _values[field];
        set => _values[field] = value;
    }

    /// <summary>Adds a field; lets the set be filled by a collection initializer.</summary>
    /// <exception cref="ArgumentException">The field was set already.</exception>
    public void Add(string field, object? value) => _values.Add(field, value);

    /// <summary>The field was set.</summary>
    public bool Contains(string field) => _values.ContainsKey(field);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal IDictionary ToDictionary() => _values;
}
