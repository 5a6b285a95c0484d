using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Copper.Client.Models;

namespace Copper.Client.Json;

/// <summary>
/// Reads whole answers. A list is read item by item, so that one item that cannot be read costs no other. A
/// <see cref="JsonException"/> means that there is no answer of the kind at all, and says why in words.
/// </summary>
internal static class AnswerReader
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

    /// <summary>Reads the answer that is one record.</summary>
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
                throw new AnswerException($"it is {KindOf(reader.TokenType)}, not {WithArticle(NameOf<T>())}.");
            }

            var item = ReadItem(ref reader, type, out var problem, out _);
            reader.Read();
            return item ?? throw new AnswerException($"the {NameOf<T>()} in it {problem}.");
        }
        catch (JsonException exception) when (exception is not AnswerException)
        {
            throw Broken(json, exception);
        }
    }

    /// <summary>Reads the answer that is a list.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ItemList<T> ReadList<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return ReadList(new Utf8JsonReader(json), type);
        }
        catch (JsonException exception) when (exception is not AnswerException)
        {
            return HasDeepItem(json) ? ReadList(JsonDepth.ReaderOf(json), type) : throw Broken(json, exception);
        }
    }

    /// <summary>
    /// Reads the one reference list that is no array but an object of two, <c>{ "user": [...], "system": [...] }</c>
    /// (developer.copper.com/activities/list-activity-types). A category may come that is not known yet.
    /// </summary>
    /// <exception cref="JsonException">It is neither an object nor an array.</exception>
    public static ItemList<CopperActivityType> ReadActivityTypes(ReadOnlySpan<byte> json, JsonTypeInfo<CopperActivityType> type)
    {
        var reader = new Utf8JsonReader(json);
        var list = new ItemList<CopperActivityType>();
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
                throw new AnswerException($"it is {KindOf(reader.TokenType)}, not the activity types by category.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var category = LenientText.ReadString(in reader);
                reader.Read();
                var first = list.Items.Count;
                if (reader.TokenType == JsonTokenType.StartArray && (category is "user" or "system" || HoldsObjects(reader)))
                {
                    ReadItems(ref reader, type, list);
                }
                else
                {
                    reader.Skip();
                }

                foreach (var item in list.Items.Skip(first).OfType<CopperActivityType>())
                {
                    item.Category ??= category;
                }
            }

            reader.Read();
            return list;
        }
        catch (JsonException exception) when (exception is not AnswerException)
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
            case JsonTokenType.String when typeof(T) == typeof(CopperTag):
                // Seen where counts were not asked for.
                return (T)(object)new CopperTag { Name = LenientText.ReadString(in reader) };
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
            // Broken JSON breaks here again, and costs the whole answer. A name that holds half a character only looks so.
            Misfit.Take();
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
            throw new AnswerException($"it is {KindOf(reader.TokenType)}, not a list.");
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

    /// <summary>The list is one of objects: a member that the service adds one day may be a list of something else.</summary>
    private static bool HoldsObjects(Utf8JsonReader list) => list.Read() && list.TokenType == JsonTokenType.StartObject;

    private static void ReadItems<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type, ItemList<T> list)
        where T : class
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = ReadItem(ref reader, type, out var problem, out var id);
            if (problem is not null)
            {
                list.Unreadable.Add(new UnreadableItem(list.Items.Count, problem, id is null ? null : AdditionalMembers.Text(id)));
            }

            list.Items.Add(item);
        }
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
            Misfit.Take();
            problem = "has members that cannot be read";
            return null;
        }
    }

    private static string Quoted(object id) => id is string ? $"'{id}'" : AdditionalMembers.Text(id);

    private static string WithArticle(string name) => (name[0] is 'a' or 'e' or 'i' or 'o' or 'u' && name != "user" ? "an " : "a ") + name;

    private static string KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };

    private static AnswerException Broken(ReadOnlySpan<byte> json, JsonException exception) => new(
        IsMarkup(json) ? "it is a web page or XML, not JSON."
            : HasDeepItem(json) ? "it is nested more than 64 levels deep."
            : string.Format(CultureInfo.InvariantCulture, "it is no whole JSON: it breaks off or goes wrong in line {0} at byte {1}.", exception.LineNumber + 1, exception.BytePositionInLine + 1),
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

    /// <summary>Says in words why an answer cannot be read.</summary>
    private sealed class AnswerException : JsonException
    {
        public AnswerException(string message, Exception? inner = null)
            : base(message, inner)
        {
        }
    }
}
