using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copper.Client.Json;

/// <summary>
/// Reads any JSON as plain CLR values: text, long, decimal or double, bool, null, <see cref="JsonArray"/>, <see
/// cref="AdditionalMembers"/>.
/// </summary>
internal sealed class ClrValueConverter : JsonConverter<object?>
{
    public override bool HandleNull => true;

    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadValue(ref reader);

    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) => JsonValueWriter.Write(writer, value);

    public static object? ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.String:
                return TolerantText.ReadString(in reader);
            case JsonTokenType.Number:
                return ReadNumber(ref reader);
            case JsonTokenType.StartArray:
                var array = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    array.Add(ReadValue(ref reader));
                }

                return array;
            case JsonTokenType.StartObject:
                var members = new AdditionalMembers();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = TolerantText.ReadString(in reader);
                    reader.Read();
                    members[name] = ReadValue(ref reader);
                }

                return members;
            default:
                throw new JsonException();
        }
    }

    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
        {
            return whole;
        }

        // Decimal first: money keeps its digits. What it cannot hold, or would round to nothing, is a double.
        if (reader.TryGetDecimal(out var number) && number != 0)
        {
            return number;
        }

        // Beyond a double it is kept as it was written; .NET Framework would throw, and others call it infinite.
        return reader.TryGetDouble(out var large) && !double.IsInfinity(large)
            ? large
            : Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
    }
}
