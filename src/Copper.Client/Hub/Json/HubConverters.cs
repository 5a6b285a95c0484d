using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Hub.Json;

// As in the CRM: take what makes sense, and give null for what does not, instead of losing the whole record.

/// <summary>
/// A calendar date: "2013-12-24", also with a time of day behind it. "0000-00-00", which databases keep for none, is none.
/// </summary>
internal sealed class HubDateConverter : JsonConverter<DateTime?>
{
    private const string NoDate = "0000-00-00";

    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String
            && TolerantText.ReadString(in reader) is { } text
            && text.Length >= HubText.DateFormat.Length
            && DateTime.TryParseExact(
                text.Substring(0, HubText.DateFormat.Length),
                HubText.DateFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date))
        {
            return date;
        }

        if (reader.TokenType != JsonTokenType.String || TolerantText.ReadString(in reader) is not ("" or NoDate))
        {
            UnconvertedValue.Keep(ref reader);
        }

        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(HubText.Of(value));
}

/// <summary>Yes or no: "1", "0", 1, 0, true, false.</summary>
internal sealed class HubFlagConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number or JsonTokenType.String when WholeNumberConverter.ReadWhole(ref reader) is { } number and (0 or 1):
                return number == 1;
            default:
                UnconvertedValue.Keep(ref reader);
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(HubText.Of(value));
}

/// <summary>An address in full; anything else is none.</summary>
internal sealed class HubUriConverter : JsonConverter<Uri?>
{
    public override Uri? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String
            && Uri.TryCreate(TolerantText.ReadString(in reader), UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https")
        {
            return uri;
        }

        UnconvertedValue.Keep(ref reader);
        return null;
    }

    public override void Write(Utf8JsonWriter writer, Uri? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.AbsoluteUri);
}

/// <summary>
/// The id of a record. An id that is no whole number is read as zero and kept beside the record, so that the record is not lost.
/// </summary>
internal sealed class HubIdConverter : JsonConverter<long>
{
    public override bool HandleNull => true;

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.String && WholeNumberConverter.ReadWhole(ref reader) is { } id)
        {
            return id;
        }

        UnconvertedValue.Keep(ref reader);
        return 0;
    }

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
