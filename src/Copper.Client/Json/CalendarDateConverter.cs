using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copper.Client.Json;

/// <summary>
/// A day without a time or a zone, as close dates are: 1/23/2017 or 23/1/2017 by the account's custom, with or without
/// leading zeros; 2017-01-23 and Unix seconds too (developer.copper.com/opportunities).
/// </summary>
/// <param name="isDayFirst">
/// The account writes the day before the month. A text that can be converted in the other order only is read that way.
/// </param>
internal sealed class CalendarDateConverter(bool isDayFirst) : JsonConverter<DateTime?>
{
    private static readonly string[] MonthFirst = ["M/d/yyyy", "yyyy-M-d"];
    private static readonly string[] DayFirst = ["d/M/yyyy", "yyyy-M-d"];

    /// <summary>
    /// Smaller numbers of seconds, those before March 1973, are something else: a date written without separators, a year, nothing.
    /// </summary>
    private const long EarliestSeconds = 100_000_000;

    /// <summary>Month before day, as by default.</summary>
    public CalendarDateConverter()
        : this(false)
    {
    }

    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = TolerantText.ReadString(in reader);
            if (TryParse(text, isDayFirst ? DayFirst : MonthFirst, out var date)
                || TryParse(text, isDayFirst ? MonthFirst : DayFirst, out date))
            {
                return date;
            }
        }

        if (TimestampConverter.TryRead(in reader) is { } time && time.ToUnixTimeSeconds() >= EarliestSeconds)
        {
            return DayOf(time);
        }

        UnconvertedValue.Keep(ref reader);
        return null;
    }

    /// <summary>
    /// The day that a moment stands for. The service writes days as midnight in the account's own zone, which it does not tell: all
    /// published ones are midnight on the US west coast. Half a day later it is the same day in UTC for every zone from UTC-12 to UTC+11.
    /// </summary>
    public static DateTime DayOf(DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        return DateTime.SpecifyKind((utc > DateTime.MaxValue.AddHours(-12) ? utc : utc.AddHours(12)).Date, DateTimeKind.Unspecified);
    }

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.ToString(isDayFirst ? "dd/MM/yyyy" : "MM/dd/yyyy", CultureInfo.InvariantCulture));

    private static bool TryParse(string text, string[] formats, out DateTime date) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out date);
}
