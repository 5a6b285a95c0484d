using System.Globalization;
using System.Text.Json;

namespace Copper.Data.Snapshots;

/// <summary>What a snapshot needs to know of a record that it keeps as it came.</summary>
/// <param name="Id">The id; null where there is none that can be read.</param>
/// <param name="Created">When it was created, in Unix seconds.</param>
/// <param name="Modified">When it was last updated, in Unix seconds.</param>
/// <param name="ActivityDate">When an activity took place, in Unix seconds.</param>
internal readonly record struct RecordHead(long? Id, long? Created, long? Modified, long? ActivityDate)
{
    /// <summary>Reads the head of a record.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static RecordHead Of(ReadOnlySpan<byte> json)
    {
        long? id = null, created = null, modified = null, activityDate = null;
        var reader = new Utf8JsonReader(json, true, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueTextEquals("id"u8) ? 1
                : reader.ValueTextEquals("date_created"u8) ? 2
                : reader.ValueTextEquals("date_modified"u8) ? 3
                : reader.ValueTextEquals("activity_date"u8) ? 4
                : 0;
            reader.Read();
            switch (name)
            {
                case 1:
                    id = NumberOf(ref reader);
                    break;
                case 2:
                    created = NumberOf(ref reader);
                    break;
                case 3:
                    modified = NumberOf(ref reader);
                    break;
                case 4:
                    activityDate = NumberOf(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new RecordHead(id, created, modified, activityDate);
    }

    /// <summary>A number in whatever form it came; a time as Unix seconds.</summary>
    private static long? NumberOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole) ? whole
                    : reader.TryGetDecimal(out var number) && number is > long.MinValue and < long.MaxValue ? (long)number
                    : null;
            case JsonTokenType.String:
                var text = reader.GetString();
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole) ? whole
                    : DateTimeOffset.TryParse(
                        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds()
                    : null;
            default:
                reader.Skip();
                return null;
        }
    }
}
