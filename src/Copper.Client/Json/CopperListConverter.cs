using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copper.Client.Json;

/// <summary>
/// Reads a list: an array, or a single item where an array is expected, or null for none. Items that are null, or of a
/// shape that cannot be converted, are left out; with one of the latter the whole list is noted as a <see cref="UnconvertedValue"/>.
/// </summary>
internal abstract class CopperListConverter<TList, T> : JsonConverter<TList>
    where TList : CopperList<T>, new()
{
    public override bool HandleNull => true;

    public override TList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var list = new TList();
        var start = reader;
        var fits = true;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            fits = Add(list, ref reader, options);
        }
        else
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                fits &= Add(list, ref reader, options);
            }
        }

        if (!fits)
        {
            UnconvertedValue.Keep(ref start);
        }

        return list;
    }

    public override void Write(Utf8JsonWriter writer, TList value, JsonSerializerOptions options) => JsonValueWriter.Write(writer, value);

    /// <summary>The item that the reader stands on, or nothing when it cannot be converted, which is noted.</summary>
    protected abstract bool TryReadItem(ref Utf8JsonReader reader, JsonSerializerOptions options, out T? item);

    /// <summary>Adds an item; false when it was left out although it has a value.</summary>
    private bool Add(TList list, ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (TryReadItem(ref reader, options, out var item) && item is not null)
        {
            list.Add(item);
        }

        return UnconvertedValue.Take() is null;
    }
}

/// <summary>A list of objects.</summary>
internal sealed class ObjectListConverter<TList, T> : CopperListConverter<TList, T>
    where TList : CopperList<T>, new()
    where T : class
{
    protected override bool TryReadItem(ref Utf8JsonReader reader, JsonSerializerOptions options, out T? item)
    {
        item = TolerantObject.Read<T>(ref reader, options);
        return item is not null;
    }
}

/// <summary>A list of texts, such as tags.</summary>
internal sealed class TextListConverter : CopperListConverter<CopperList<string>, string>
{
    private static readonly TextConverter Text = new();

    protected override bool TryReadItem(ref Utf8JsonReader reader, JsonSerializerOptions options, out string? item)
    {
        item = Text.Read(ref reader, typeof(string), options);
        return item is not null;
    }
}
