using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copper.Client.Json;

/// <summary>Yes or no: true, "true", 1; null for what is neither.</summary>
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
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var number) && number is 0 or 1 ? number == 1 : null;
            case JsonTokenType.String:
                return bool.TryParse(LenientText.ReadString(ref reader), out var flag) ? flag : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) => JsonValueWriter.Write(writer, value);
}
