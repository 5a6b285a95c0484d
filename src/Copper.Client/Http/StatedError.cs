using System.Text;
using System.Text.Json;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>
/// Tells an object that states an error from a record, whatever the status of the response is. A record may have members of the same
/// names (a status, for example), so that most of them count only where there is no id of a record.
/// </summary>
internal static class StatedError
{
    private static readonly string[] MembersOfErrors = ["error", "errors"];

    /// <summary>
    /// The object states that nothing was done: <c>success</c> is false, an <c>error</c>, or a <c>status</c> of errors with a message.
    /// </summary>
    /// <param name="item">Any value; only an object states an error.</param>
    /// <param name="mayHaveId">The failure may name the record that it is about.</param>
    public static bool IsOne(JsonElement item, bool mayHaveId)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (IsFalse(item, "success"))
        {
            return true;
        }

        return (HasError(item) && (mayHaveId || Number(item, "id") is null))
            || (Number(item, "status") is >= 400 and < 600 && HasContent(item, "message") && Number(item, "id") is null);
    }

    /// <summary>The object has a message, and nothing that states that all is well.</summary>
    public static bool IsBareMessage(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && HasContent(item, "message") && Number(item, "id") is null
        && !IsTrue(item, "success") && !IsTrue(item, "is_deleted") && !IsTrue(item, "removed") && !IsTrue(item, "added")
        && Number(item, "status") is not (>= 200 and < 300);

    /// <summary>The member is false, be it as text.</summary>
    public static bool IsFalse(JsonElement item, string name) => Is(item, name, JsonValueKind.False, "false");

    /// <summary>A whole number as in any record: 7, 7.0 or "7".</summary>
    public static long? Number(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out var value) || value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
        {
            return null;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value.GetRawText()));
        return reader.Read() ? WholeNumberConverter.ReadWhole(ref reader) : null;
    }

    private static bool HasError(JsonElement item) => MembersOfErrors.Any(name => HasContent(item, name));

    /// <summary>The member holds something: neither nothing nor an empty text, list or object, nor a flag that is not set.</summary>
    private static bool HasContent(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.String => TolerantText.Of(value).Trim().Length > 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        JsonValueKind.True => true,
        _ => false,
    };

    private static bool IsTrue(JsonElement item, string name) => Is(item, name, JsonValueKind.True, "true");

    private static bool Is(JsonElement item, string name, JsonValueKind kind, string text) =>
        item.TryGetProperty(name, out var value)
        && (value.ValueKind == kind
            || (value.ValueKind == JsonValueKind.String
                && string.Equals(TolerantText.Of(value), text, StringComparison.OrdinalIgnoreCase)));
}
