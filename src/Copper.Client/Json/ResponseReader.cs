using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Copper.Client.Json;

/// <summary>
/// Reads whole responses. A list is read item by item, so that one item that cannot be read costs no other. A
/// <see cref="JsonException"/> means that there is no response of the kind at all, and states why in words.
/// </summary>
internal static class ResponseReader
{
    /// <summary>What one record of a model is called, for example custom field definition.</summary>
    public static string NameOf<T>()
    {
        const string Prefix = "Copper";
        var name = typeof(T).Name;
        return name.StartsWith(Prefix, StringComparison.Ordinal)
            ? string.Concat(name.Substring(Prefix.Length).Select(static (letter, place) =>
                char.IsUpper(letter) ? (place > 0 ? " " : string.Empty) + char.ToLowerInvariant(letter) : letter.ToString()))
            : "record";
    }

    /// <summary>Reads the response that is one record.</summary>
    /// <exception cref="JsonException">It is none, or the record has no id.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new UnreadableResponseException($"it is {KindOf(reader.TokenType)}, not {WithArticle(NameOf<T>())}.");
            }

            var item = ReadItem(ref reader, type, out var problem, out _);
            reader.Read();
            return item ?? throw new UnreadableResponseException($"the {NameOf<T>()} in it {problem}.");
        }
        catch (JsonException exception) when (exception is not UnreadableResponseException)
        {
            throw Broken(json, exception);
        }
    }

    /// <summary>Reads the response that is a list.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ItemList<T> ReadList<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return ReadList(new Utf8JsonReader(json), type);
        }
        catch (JsonException exception) when (exception is not UnreadableResponseException)
        {
            return HasDeepItem(json) ? ReadList(JsonDepth.ReaderOf(json), type) : throw Broken(json, exception);
        }
    }

    /// <summary>
    /// Reads a list that comes in groups, <c>{ "user": [ … ], "system": [ … ] }</c>, or as one array without groups. A group is a list
    /// of items, one item, or an object of items by their ids.
    /// </summary>
    /// <param name="json">The body.</param>
    /// <param name="type">How an item is read.</param>
    /// <param name="what">What the list is, for messages, for example <c>the activity types by category</c>.</param>
    /// <param name="assign">Tells an item which group it came in.</param>
    /// <exception cref="JsonException">It is neither an object nor an array.</exception>
    public static ItemList<T> ReadGroups<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string what, Action<T, string> assign)
        where T : class
    {
        var reader = new Utf8JsonReader(json);
        var list = new ItemList<T>();
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadItems(ref reader, type, list);
                return list;
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new UnreadableResponseException($"it is {KindOf(reader.TokenType)}, not {what}.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var group = TolerantText.ReadString(in reader);
                reader.Read();
                var first = list.Items.Count;
                ReadGroup(ref reader, type, list);
                foreach (var item in list.Items.Skip(first).OfType<T>())
                {
                    assign(item, group);
                }
            }

            reader.Read();
            return list;
        }
        catch (JsonException exception) when (exception is not UnreadableResponseException)
        {
            throw Broken(json, exception);
        }
    }

    /// <summary>Reads an item, whatever it is.</summary>
    /// <param name="reader">Stands at the item, and afterwards at its end.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="problem">Why there is no item, as the end of a sentence; null when there is one, or when it is null.</param>
    /// <param name="id">What the item has in place of an id.</param>
    /// <exception cref="JsonException">The JSON itself is broken.</exception>
    public static T? ReadItem<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type, out string? problem, out object? id)
        where T : class
    {
        problem = null;
        id = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String when type.CreateObject?.Invoke() is IReadableFromText item:
                item.ReadText(TolerantText.ReadString(in reader));
                return (T)item;
            case not JsonTokenType.StartObject:
                problem = $"is {KindOf(reader.TokenType)}";
                reader.Skip();
                return null;
        }

        var start = reader;
        try
        {
            // Readers of records go down with the nesting: no reader may start that might not come up again.
            if (JsonDepth.IsUnlimited(in reader) && JsonDepth.IsTooDeep(reader))
            {
                problem = "is nested more than 64 levels deep";
                id = RecordId.Find(reader);
                reader.Skip();
                return null;
            }

            if (RecordId.IsNeededBy<T>() && !RecordId.IsReadable(reader, out id))
            {
                problem = id is null ? "has no id" : $"has the id {Quoted(id)}, which is {RecordId.Fault(id)}";
                reader.Skip();
                return null;
            }

            return ((JsonConverter<T>)type.Converter).Read(ref reader, typeof(T), type.Options);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Broken JSON breaks here again, and costs the whole response. A name that holds half a character only looks so.
            UnconvertedValue.Take();
            reader = start;
            reader.Skip();
            return Repaired(start, type, out problem);
        }
    }

    private static ItemList<T> ReadList<T>(Utf8JsonReader reader, JsonTypeInfo<T> type)
        where T : class
    {
        var list = new ItemList<T>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new UnreadableResponseException($"it is {KindOf(reader.TokenType)}, not a list.");
        }

        ReadItems(ref reader, type, list);
        reader.Read();
        return list;
    }

    /// <summary>The JSON is in order, and only nested deeper than a record may be.</summary>
    private static bool HasDeepItem(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonDepth.IsTooDeep(json);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// A member that holds no items, such as a text or a list of numbers, is none of the groups; the service may add some.
    /// </summary>
    private static void ReadGroup<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type, ItemList<T> list)
        where T : class
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray when HoldsObject(reader):
                ReadItems(ref reader, type, list);
                break;
            case JsonTokenType.StartObject when HasId(reader):
                AddItem(ref reader, type, list);
                break;
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    reader.Read();
                    if (reader.TokenType == JsonTokenType.StartObject && HasId(reader))
                    {
                        AddItem(ref reader, type, list);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }

                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static bool HoldsObject(Utf8JsonReader list)
    {
        while (list.Read() && list.TokenType != JsonTokenType.EndArray)
        {
            if (list.TokenType == JsonTokenType.StartObject)
            {
                return true;
            }

            list.Skip();
        }

        return false;
    }

    private static bool HasId(Utf8JsonReader item) => RecordId.IsReadable(item, out var sent) || sent is not null;

    private static void ReadItems<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type, ItemList<T> list)
        where T : class
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            AddItem(ref reader, type, list);
        }
    }

    private static void AddItem<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type, ItemList<T> list)
        where T : class
    {
        var item = ReadItem(ref reader, type, out var problem, out var id);
        if (problem is not null)
        {
            list.Unreadable.Add(new UnreadableItem(list.Items.Count, problem, id is null ? null : AdditionalMembers.Text(id)));
        }

        list.Items.Add(item);
    }

    private static T? Repaired<T>(Utf8JsonReader start, JsonTypeInfo<T> type, out string? problem)
        where T : class
    {
        problem = null;
        try
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, JsonValueWriter.Options))
            {
                JsonValueWriter.Write(writer, ClrValueConverter.ReadValue(ref start));
            }

            return JsonSerializer.Deserialize(stream.GetBuffer().AsSpan(0, (int)stream.Length), type);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            UnconvertedValue.Take();
            problem = "has members that cannot be read";
            return null;
        }
    }

    private static string Quoted(object id) => id is string ? $"'{id}'" : AdditionalMembers.Text(id);

    private static string WithArticle(string name) => (name[0] is 'a' or 'e' or 'i' or 'o' ? "an " : "a ") + name;

    private static string KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };

    private static UnreadableResponseException Broken(ReadOnlySpan<byte> json, JsonException exception) => new(
        IsMarkup(json) ? "it is a web page or XML, not JSON."
            : HasDeepItem(json) ? "it is nested more than 64 levels deep."
            : string.Format(
                CultureInfo.InvariantCulture,
                "it is no whole JSON: it breaks off or goes wrong in line {0} at byte {1}.",
                exception.LineNumber + 1, exception.BytePositionInLine + 1),
        exception);

    private static bool IsMarkup(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return letter == (byte)'<';
            }
        }

        return false;
    }

    /// <summary>Describes why a response cannot be read.</summary>
    private sealed class UnreadableResponseException : JsonException
    {
        public UnreadableResponseException(string message, Exception? inner = null)
            : base(message, inner)
        {
        }
    }
}
