using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copper.Client.Json;

// The service writes one thing and may write another tomorrow: numbers as text and text as numbers, dates as seconds or as
// text. These converters take what can be converted. What does not is null, and kept among the record's additional members: see
// UnconvertedValue.

/// <summary>Text, also where the service sends a number, a flag or something nested.</summary>
internal sealed class TextConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => TolerantText.ReadString(in reader),
        JsonTokenType.Null => null,
        _ => Other(ref reader),
    };

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TolerantText.ReadString(in reader);

    private static string? Other(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }
}

/// <summary>A whole number: 7, 7.0, "7" or "7.0".</summary>
internal sealed class WholeNumberConverter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.String && ReadWhole(ref reader) is { } whole)
        {
            return whole;
        }

        UnconvertedValue.Keep(ref reader);
        return null;
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) => JsonValueWriter.Write(writer, value);

    /// <summary>The number; null, without a trace, for what is none.</summary>
    public static long? ReadWhole(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                return whole;
            case JsonTokenType.Number:
                return reader.TryGetDecimal(out var number) ? Whole(number) : null;
            case JsonTokenType.String:
                return NumberConverter.Parse(TolerantText.ReadString(in reader)) is { } parsed ? Whole(parsed) : null;
            default:
                reader.Skip();
                return null;
        }
    }

    private static long? Whole(decimal number) =>
        number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;
}

/// <summary>The id of a record. One without is no record.</summary>
internal sealed class IdConverter : JsonConverter<long>
{
    public override bool HandleNull => true;

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WholeNumberConverter.ReadWhole(ref reader) ?? throw new JsonException("A record's id is not a whole number.");

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>A number: 2500, 2500.5, "250000.0".</summary>
internal sealed class NumberConverter : JsonConverter<decimal?>
{
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetDecimal(out var number):
                return number;
            case JsonTokenType.String when Parse(TolerantText.ReadString(in reader)) is { } parsed:
                return parsed;
            default:
                UnconvertedValue.Keep(ref reader);
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options) =>
        JsonValueWriter.Write(writer, value);

    /// <summary>The number in a text; null when there is none.</summary>
    public static decimal? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A moment: Unix seconds as number or text, an ISO 8601 text, or a date without a time (midnight UTC).</summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset?>
{
    // DateTimeOffset.FromUnixTimeSeconds allows years 1 to 9999.
    private const long Earliest = -62135596800;
    private const long Latest = 253402300799;

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (TryRead(in reader) is { } time)
        {
            return time;
        }

        UnconvertedValue.Keep(ref reader);
        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        JsonValueWriter.Write(writer, value);

    /// <summary>The moment; null, without a trace, for what is none.</summary>
    public static DateTimeOffset? TryRead(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.TryGetDouble(out var seconds) ? FromSeconds(seconds) : null,
        JsonTokenType.String => FromText(TolerantText.ReadString(in reader)),
        _ => null,
    };

    private static DateTimeOffset? FromText(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return FromSeconds(seconds);
        }

        // Without a year .NET takes that of today: 12:30 is no moment.
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return HasYear(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out var time) ? time : null;
    }

    private static DateTimeOffset? FromSeconds(double seconds) =>
        seconds is < Earliest or > Latest ? null
        : seconds == Math.Truncate(seconds) ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
        : DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000));

    private static bool HasYear(string text)
    {
        var digits = 0;
        foreach (var letter in text)
        {
            digits = letter is >= '0' and <= '9' ? digits + 1 : 0;
            if (digits == 4)
            {
                return true;
            }
        }

        return false;
    }
}
