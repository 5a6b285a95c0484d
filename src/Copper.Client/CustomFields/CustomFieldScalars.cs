using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>Days, numbers and flags for custom fields, in writes and in searches alike.</summary>
internal static class CustomFieldScalars
{
    private const long SecondsOfDay = 24 * 60 * 60;
    private const long QuarterOfHour = 15 * 60;
    private static readonly DateTime Epoch = new(1970, 1, 1);

    /// <summary>The day as it is given, whatever the zone; a number counts as the service's own seconds when it is a midnight.</summary>
    public static DateTime Day(CopperCustomFieldDefinition definition, object value)
    {
        switch (value)
        {
            case DateTime time:
                return time.Date;
            case DateTimeOffset time:
                return time.DateTime.Date;
            case int or long when IsMidnight(Convert.ToInt64(value, CultureInfo.InvariantCulture)):
                return DayOf(Convert.ToInt64(value, CultureInfo.InvariantCulture));

            // As a file keeps it. Nine digits, since eight may be a date without separators.
            case string digits when digits.Trim().Length >= 9
                && long.TryParse(
                    digits,
                    NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture,
                    out var number)
                && IsMidnight(number):
                return DayOf(number);
            case string text:
                return ParseDay(definition, text);
        }

        // DateOnly, which Windows PowerShell does not have.
        return value.GetType().FullName == "System.DateOnly" && value is IFormattable dateOnly
            ? DateTime.ParseExact(dateOnly.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : throw WrongDay(definition, value);
    }

    /// <summary>Midnight UTC of the day in Unix seconds.</summary>
    public static long SecondsOf(DateTime day) => (long)(day.Date - Epoch).TotalSeconds;

    /// <summary>
    /// The day as it is written, in Unix seconds: ten o'clock UTC. The service keeps a day as midnight in the account's zone, which the
    /// module does not know, and cuts what is sent to a day there; ten o'clock is the same calendar day in all zones from UTC-10 to
    /// UTC+13. Inferred from the published responses, all of which are midnight on the US west coast; no page states it.
    /// </summary>
    public static long WrittenSecondsOf(DateTime day) => SecondsOf(day) + (10 * 60 * 60);

    /// <summary>
    /// The seconds may be the service's own: midnight in some zone, so they are whole quarters of an hour. A small number may be
    /// anything: it counts only when it is midnight UTC.
    /// </summary>
    private static bool IsMidnight(long seconds) =>
        Math.Abs(seconds) < 100_000 * SecondsOfDay
            && (seconds % SecondsOfDay == 0 || (seconds % QuarterOfHour == 0 && Math.Abs(seconds) >= 1_000_000));

    /// <summary>As <see cref="CustomFieldCatalog.ValueOf"/> reads it.</summary>
    private static DateTime DayOf(long seconds) => Epoch.AddSeconds(seconds + (SecondsOfDay / 2)).Date;

    /// <summary>
    /// A number, also as text in the user's culture. A percentage is a number of per cent; no source states a largest one, so that growth
    /// of 150 per cent can be kept.
    /// </summary>
    public static object Number(CopperCustomFieldDefinition definition, object value)
    {
        var isPercentage = definition.DataType == CustomFieldTypes.Percentage;
        switch (value)
        {
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                return value;
            case float or double when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number
                && !double.IsNaN(number) && !double.IsInfinity(number):
                return value;
            case string text when text.TrimEnd().EndsWith("%", StringComparison.Ordinal):
                throw CustomFieldRejections.Wrong(
                    definition, $"takes a number without a sign, and '{text}' has one. Write {text.Trim().TrimEnd('%').TrimEnd()}.", text);
            case string text:
                return ParseNumber(definition, text);
            default:
                throw CustomFieldRejections.WrongValue(
                    definition,
                    isPercentage ? "a number of per cent, for example 50 for one half" : "a number, for example 2500.50",
                    value);
        }
    }

    /// <summary>True or false, also as a table writes it: yes, no, 1, 0, x.</summary>
    public static bool Flag(CopperCustomFieldDefinition definition, object value) =>
        FlagText.Of(value) ?? throw CustomFieldRejections.WrongValue(
            definition, $"{ErrorWords.Current.Flag(true)} or {ErrorWords.Current.Flag(false)}, or the words yes, no, 1, 0 or x", value);

    private static InputRejectedException WrongDay(CopperCustomFieldDefinition definition, object value) =>
        CustomFieldRejections.WrongValue(definition, "a day, for example 2026-01-31 as text, or a [datetime]", value);

    private static DateTime ParseDay(CopperCustomFieldDefinition definition, string text) =>
        DateText.TryParse(text, isCalendarDate: true, out var day)
        || DateText.TryParseRelative(text, DateTime.Now, isCalendarDate: true, out day)
        ? day.DateTime.Date
        : throw CustomFieldRejections.Wrong(
            definition,
            DateText.IsPartial(text)
                ? $"takes a day. '{text}' leaves out the day, the month or the year. Write it as 2026-01-31."
                : DateText.IsOfOtherOrder(text)
                ? $"takes a day. '{text}' {DateText.OtherOrderAdvice(isCell: false)}"
                : $"takes a day. '{text}' is not a date. Write it as 2026-01-31 or as your culture writes dates, or give a [datetime].",
            text);

    private static decimal ParseNumber(CopperCustomFieldDefinition definition, string text)
    {
        try
        {
            return NumberText.Parse(text);
        }
        catch (FormatException exception)
        {
            throw CustomFieldRejections.Wrong(definition, $"takes a number. {exception.Message}", text);
        }
    }
}
