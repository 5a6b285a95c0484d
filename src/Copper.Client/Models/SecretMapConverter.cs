using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>Reads an object of texts; anything else counts as none.</summary>
internal sealed class SecretMapConverter : JsonConverter<CopperSecretMap?>
{
    private static readonly TextConverter Text = new();

    public override CopperSecretMap? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            // Kept as a mask: the value is a secret, whatever its form.
            reader.Skip();
            UnconvertedValue.Note(CopperSecretMap.Mask);
            return null;
        }

        var pairs = new List<KeyValuePair<string, string>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = TolerantText.ReadString(in reader);
            reader.Read();
            pairs.Add(new KeyValuePair<string, string>(name, Text.Read(ref reader, typeof(string), options) ?? string.Empty));
        }

        return new CopperSecretMap(pairs);
    }

    public override void Write(Utf8JsonWriter writer, CopperSecretMap? value, JsonSerializerOptions options) =>
        JsonValueWriter.Write(writer, value);
}
