using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copper.Client.Json;

/// <summary>Looks at the id of a record before the record is read: nothing else can make a record unreadable.</summary>
internal static class RecordId
{
    /// <summary>The type's records have an id of their own: its property Id is marked as required.</summary>
    public static bool IsNeededBy<T>() => Requirement<T>.HasId;

    /// <summary>The object has an id that can be read.</summary>
    /// <param name="item">Stands at the beginning of the object.</param>
    /// <param name="sent">What stands in place of an id; null when nothing does.</param>
    public static bool IsReadable(Utf8JsonReader item, out object? sent)
    {
        sent = null;
        while (item.Read() && item.TokenType == JsonTokenType.PropertyName)
        {
            var isId = item.ValueTextEquals("id"u8);
            item.Read();
            if (!isId)
            {
                item.Skip();
                continue;
            }

            var value = item;
            if (WholeNumberConverter.ReadWhole(ref item) is not null)
            {
                return true;
            }

            sent = ClrValueConverter.ReadValue(ref value);
            return false;
        }

        return false;
    }

    /// <summary>The id of an object that is not read as a record; null when it has none.</summary>
    /// <param name="item">Stands at the beginning of the object.</param>
    public static object? Find(Utf8JsonReader item)
    {
        while (item.Read() && item.TokenType == JsonTokenType.PropertyName)
        {
            var isId = item.ValueTextEquals("id"u8);
            item.Read();
            if (isId && item.TokenType is JsonTokenType.Number or JsonTokenType.String)
            {
                return ClrValueConverter.ReadValue(ref item);
            }

            item.Skip();
        }

        return null;
    }

    /// <summary>Why a value is no id, as the end of a sentence.</summary>
    /// <param name="id">What stands in place of an id.</param>
    public static string Fault(object id) =>
        id is System.Numerics.BigInteger || (id is decimal number && number == decimal.Truncate(number))
            || (id is string text
                && System.Numerics.BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? "too large: ids have at most 64 bits"
            : "not a whole number";

    /// <summary>Each member of the object is null: it points to nothing.</summary>
    /// <param name="item">Stands at the beginning of the object.</param>
    public static bool IsNowhere(Utf8JsonReader item)
    {
        while (item.Read() && item.TokenType == JsonTokenType.PropertyName)
        {
            item.Read();
            if (item.TokenType != JsonTokenType.Null)
            {
                return false;
            }
        }

        return true;
    }

    private static class Requirement<T>
    {
        public static readonly bool HasId = typeof(T).GetProperty("Id")?.IsDefined(typeof(JsonRequiredAttribute), inherit: true) == true;
    }
}
