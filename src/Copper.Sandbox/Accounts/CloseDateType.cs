using System.Globalization;
using System.Text.Json;

namespace Copper.Sandbox.Accounts;

/// <summary>
/// A day as text: MM/DD/YYYY or DD/MM/YYYY by the locale of the account. It is taken with or without leading zeros
/// and returned without: the vendor's examples show "1/23/2017".
/// </summary>
internal sealed class CloseDateType : AttributeType
{
    public override object? Read(JsonElement json, AttributeReading reading)
    {
        bool dayFirst = reading.Account.DayFirstDates;
        return json.ValueKind == JsonValueKind.String && TryParse(json.GetString()!, dayFirst, out var day)
            ? Format(day, dayFirst)
            : reading.Fail(dayFirst ? "must be a date such as 31/12/2026" : "must be a date such as 12/31/2026");
    }

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue((string)value);

    public static string Format(DateTimeOffset day, bool dayFirst) => day.ToString(Pattern(dayFirst), CultureInfo.InvariantCulture);

    /// <summary>The day as Unix seconds, which is what searches compare.</summary>
    public static long ToTimestamp(string text, bool dayFirst) =>
        TryParse(text, dayFirst, out var day) ? day.ToUnixTimeSeconds() : throw new FormatException(text);

    public static bool TryParse(string text, bool dayFirst, out DateTimeOffset day) => DateTimeOffset.TryParseExact(
        text, Pattern(dayFirst), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out day);

    private static string Pattern(bool dayFirst) => dayFirst ? "d/M/yyyy" : "M/d/yyyy";
}
