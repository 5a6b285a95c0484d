using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copper.Client.Json;

/// <summary>Yes or no: true, "true", 1, "1"; null for what is neither.</summary>
internal sealed class FlagConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number when reader.TryGetDecimal(out var number) && number is 0 or 1:
                return number != 0;
            case JsonTokenType.String when TryParse(TolerantText.ReadString(in reader), out var flag):
                return flag;
            default:
                UnconvertedValue.Keep(ref reader);
                return null;
        }
    }

    /// <summary>Reads true, false, 1 and 0, in capitals too.</summary>
    public static bool TryParse(string text, out bool flag)
    {
        var trimmed = text.Trim();
        flag = trimmed == "1";
        return flag || trimmed == "0" || bool.TryParse(trimmed, out flag);
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) => JsonValueWriter.Write(writer, value);
}
