using System.Collections;
using System.Text.Json;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>
/// A JSON object to be sent: exactly the members that were set, in the order in which they were set. A member that is null
/// goes out as <c>null</c>, which clears a field; a member that is not there leaves the field alone.
/// </summary>
public sealed class JsonBody : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>Reads a JSON object.</summary>
    /// <param name="json">The text.</param>
    /// <param name="allowDoubles">Of a member that stands twice the last is taken; false rejects it.</param>
    /// <exception cref="ArgumentException">The text is not a JSON object, or holds a member twice that may stand once.</exception>
    public static JsonBody Parse(string json, bool allowDoubles = true)
    {
        try
        {
            CheckNumbers(json);
            if (!allowDoubles)
            {
                CheckDoubles(json);
            }

            var body = new JsonBody();
            var members = JsonSerializer.Deserialize(json, PlainJsonContext.Default.AdditionalMembers) 
                ?? throw new JsonException("It is null.");
            foreach (var member in members)
            {
                body[member.Key] = member.Value;
            }

            return body;
        }
        catch (JsonException exception)
        {
            throw new ArgumentException("The text is not a JSON object: " + exception.Message, exception);
        }
    }

    /// <summary>A response keeps a number beyond every type as it was written; in a request it would go out as text.</summary>
    private static void CheckNumbers(string json)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number && (!reader.TryGetDouble(out var number) || double.IsInfinity(number)))
            {
                throw new JsonException($"The number at byte {reader.TokenStartIndex + 1} is too large.");
            }
        }
    }

    private static void CheckDoubles(string json)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json));
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when reader.GetString() is { } name && !open.Peek().Add(name):
                    throw new JsonException($"The member '{name}' stands twice.");
            }
        }
    }

    /// <summary>The number of members.</summary>
    public int Count => _names.Count;

    /// <summary>The member's names in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>
    /// A member's value: null, text, bool, number, <see cref="DateTimeOffset"/> (sent as Unix seconds), a list or a dictionary of such,
    /// another body, or a value object of the models such as an e-mail address.
    /// </summary>
    /// <exception cref="ArgumentException">The value is of a kind that has no JSON form.</exception>
    /// <exception cref="KeyNotFoundException">There is no such member to read.</exception>
    public object? this[string name]
    {
        get => _values[name];
        set
        {
            JsonValueWriter.Check(name, value);
            if (!_values.ContainsKey(name))
            {
                _names.Add(name);
            }

            _values[name] = value;
        }
    }

    /// <summary>Adds or replaces a member; lets the class be filled with a collection initializer.</summary>
    public void Add(string name, object? value) => this[name] = value;

    /// <summary>The body has a member of this name.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>Takes a member away; false when there was none.</summary>
    public bool Remove(string name) => _names.Remove(name) && _values.Remove(name);

    /// <summary>A body with the same members, to be changed on its own.</summary>
    public JsonBody Copy()
    {
        var copy = new JsonBody();
        foreach (var member in this)
        {
            copy[member.Key] = member.Value;
        }

        return copy;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        _names.Select(name => new KeyValuePair<string, object?>(name, _values[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The body as JSON text.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(ToUtf8());

    internal byte[] ToUtf8()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonValueWriter.Options))
        {
            JsonValueWriter.Write(writer, this);
        }

        return stream.ToArray();
    }
}
