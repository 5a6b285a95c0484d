using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copper.Client.Json;

/// <summary>
/// Reads any JSON as plain CLR values: text, long, decimal, <see cref="BigInteger"/> or double, bool, null,
/// <see cref="JsonArray"/>, <see cref="AdditionalMembers"/>.
/// </summary>
internal sealed class ClrValueConverter : JsonConverter<object?>
{
    /// <summary>The digits that a decimal keeps, whatever they are.</summary>
    private const int DecimalDigits = 28;

    /// <summary>The digits of which a double comes back as the same number.</summary>
    private const int DoubleDigits = 15;

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

        // Decimal first: money keeps its digits.
        var text = Encoding.UTF8.GetString(reader.HasValueSequence ? [] : reader.ValueSpan.ToArray());
        var digits = SignificantDigits(text);
        if (digits <= DecimalDigits && reader.TryGetDecimal(out var number) && number != 0)
        {
            return number;
        }

        // No digit of a whole number is lost, however long it is: it may be an id of another system.
        if (text.All(static c => c is (>= '0' and <= '9') or '-'))
        {
            return BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        // What a double would round, or call infinite, is kept as it was written.
        return digits <= DoubleDigits && reader.TryGetDouble(out var large) && !double.IsInfinity(large) ? large : text;
    }

    /// <summary>The digits without zeros at the begin and at the end, and without the exponent.</summary>
    private static int SignificantDigits(string number)
    {
        var exponent = number.IndexOfAny(['e', 'E']);
        var digits = (exponent < 0 ? number : number.Substring(0, exponent)).Replace(".", string.Empty).Replace("-", string.Empty);
        return digits.Trim('0').Length;
    }
}
