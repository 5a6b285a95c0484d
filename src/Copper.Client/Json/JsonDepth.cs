using System.Text.Json;

namespace Copper.Client.Json;

/// <summary>
/// How deeply JSON is nested. Readers of records go down with the nesting, so that there is a limit; it counts for each record of a
/// response, so that one that is nested deeper costs itself only.
/// </summary>
internal static class JsonDepth
{
    /// <summary>The levels that a record may have: the default of System.Text.Json.</summary>
    public const int Limit = 64;

    private const int Unlimited = 1_000_000;

    /// <summary>Documents of any depth: what is inside is read with the limit.</summary>
    public static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = Unlimited };

    /// <summary>A reader that goes as deep as the JSON does. Whoever reads a record with it looks first whether it is too deep.</summary>
    public static Utf8JsonReader ReaderOf(ReadOnlySpan<byte> json) => ReaderOf(json, isWhole: true);

    /// <summary>The reader goes deeper than a record may: it is one of <see cref="ReaderOf(ReadOnlySpan{byte})"/>.</summary>
    public static bool IsUnlimited(in Utf8JsonReader reader) => reader.CurrentState.Options.MaxDepth == Unlimited;

    /// <summary>The JSON has more levels than a record may have.</summary>
    /// <exception cref="JsonException">It is no proper JSON.</exception>
    public static bool IsTooDeep(ReadOnlySpan<byte> json) => Of(json, isWhole: true) > Limit;

    /// <summary>The value has more levels than a record may have.</summary>
    /// <param name="item">Stands at the beginning of the value.</param>
    public static bool IsTooDeep(Utf8JsonReader item)
    {
        var outer = item.CurrentDepth;
        if (item.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return false;
        }

        do
        {
            if (item.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && item.CurrentDepth - outer >= Limit)
            {
                return true;
            }
        }
        while (item.Read() && item.CurrentDepth > outer);

        return false;
    }

    /// <summary>The levels of the JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="isWhole">False when more may follow.</param>
    /// <exception cref="JsonException">It is no proper JSON.</exception>
    public static int Of(ReadOnlySpan<byte> json, bool isWhole)
    {
        var reader = ReaderOf(json, isWhole);
        var depth = 0;
        while (reader.Read())
        {
            depth = Math.Max(depth, reader.CurrentDepth + 1);
        }

        return depth;
    }

    private static Utf8JsonReader ReaderOf(ReadOnlySpan<byte> json, bool isWhole) =>
        new(json, isWhole, new JsonReaderState(new JsonReaderOptions { MaxDepth = Unlimited }));
}
