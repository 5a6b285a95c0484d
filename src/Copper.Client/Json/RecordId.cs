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
