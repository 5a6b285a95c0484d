using System.Text.Json;

namespace Copper.Client.Json;

/// <summary>
/// A list as the service sent it, item by item, for who keeps it: the members nobody knows yet, the order of members, and numbers and
/// texts in the very spelling in which they came. Only the white space between them is left out.
/// </summary>
public sealed class RawList
{
    private RawList(IReadOnlyList<byte[]> items, long? total)
    {
        Items = items;
        Total = total;
    }

    /// <summary>The items: each is one JSON value in UTF-8, without line ends.</summary>
    public IReadOnlyList<byte[]> Items { get; }

    /// <summary>How many records the whole result of a search has at most (X-PW-TOTAL); null when the service did not state it.</summary>
    public long? Total { get; }

    /// <exception cref="JsonException">The response is no list, or no whole JSON.</exception>
    internal static RawList Read(ReadOnlySpan<byte> json, long? total)
    {
        var reader = JsonDepth.ReaderOf(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("It is not a list.");
        }

        var items = new List<byte[]>();
        using var item = new MemoryStream();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            item.SetLength(0);
            CopyValue(ref reader, item);
            items.Add(item.ToArray());
        }

        reader.Read();
        return new RawList(items, total);
    }

    /// <summary>Copies a value without the white space between its parts.</summary>
    /// <param name="reader">Stands at the value, and afterwards at its end.</param>
    /// <param name="target">Gets the value.</param>
    private static void CopyValue(ref Utf8JsonReader reader, MemoryStream target)
    {
        var depth = 0;
        var needsComma = false;
        do
        {
            if (needsComma && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            {
                target.WriteByte((byte)',');
            }

            needsComma = true;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    target.WriteByte(reader.TokenType == JsonTokenType.StartObject ? (byte)'{' : (byte)'[');
                    depth++;
                    needsComma = false;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    target.WriteByte(reader.TokenType == JsonTokenType.EndObject ? (byte)'}' : (byte)']');
                    depth--;
                    break;
                case JsonTokenType.PropertyName:
                    CopyText(reader.ValueSpan, target);
                    target.WriteByte((byte)':');
                    needsComma = false;
                    break;
                case JsonTokenType.String:
                    CopyText(reader.ValueSpan, target);
                    break;
                default:
                    Copy(reader.ValueSpan, target);
                    break;
            }
        }
        while (depth > 0 && reader.Read());
    }

    /// <summary>Between the quotation marks stands what came, escapes included.</summary>
    private static void CopyText(ReadOnlySpan<byte> text, MemoryStream target)
    {
        target.WriteByte((byte)'"');
        Copy(text, target);
        target.WriteByte((byte)'"');
    }

    private static void Copy(ReadOnlySpan<byte> bytes, MemoryStream target)
    {
#if NET
        target.Write(bytes);
#else
        foreach (var part in bytes)
        {
            target.WriteByte(part);
        }
#endif
    }
}
