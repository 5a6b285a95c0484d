using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>
/// Converts a custom field's value on the wire to what people know it by: labels instead of option ids, days instead of seconds
/// (developer.copper.com/custom-fields). What cannot be converted for the field's type comes back as it is.
/// </summary>
internal static class CustomFieldReading
{
    private static readonly string[] DayForms =
        ["M/d/yyyy", "yyyy-M-d", "yyyy-M-d'T'HH:mm:ss", "yyyy-M-d'T'HH:mm:ss.FFFFFFF", "yyyy-M-d HH:mm:ss"];
    private static readonly string[] DayFirstForms = ["d/M/yyyy", .. DayForms];

    // DateTimeOffset.FromUnixTimeSeconds allows years 1 to 9999.
    private const long Earliest = -62135596800;
    private const long Latest = 253402300799;

    /// <summary>The typed value: text, decimal, bool, a day, a label, a list of labels; null when the field is empty.</summary>
    /// <param name="catalog">The account's fields.</param>
    /// <param name="definition">The field.</param>
    /// <param name="value">The value as the service sends it.</param>
    /// <param name="isDayFirst">The account writes the day before the month.</param>
    public static object? Typed(CustomFieldCatalog catalog, CopperCustomFieldDefinition definition, object? value, bool isDayFirst) =>
        definition.DataType switch
        {
            CustomFieldTypes.MultiSelect => new CopperList<string>(
                Items(value).Select(item => Label(catalog, definition, item)).OfType<string>()),

            // The vendor's example has a list here too.
            CustomFieldTypes.Dropdown => Items(value).Select(item => Label(catalog, definition, item)).OfType<string>().FirstOrDefault(),
            CustomFieldTypes.Checkbox => Flag(value),
            CustomFieldTypes.Date => Day(value, isDayFirst),
            CustomFieldTypes.Number or CustomFieldTypes.Percentage or CustomFieldTypes.Currency => Number(value),
            _ => value is "" ? null : value,
        };

    private static IReadOnlyList<object?> Items(object? value) => value switch
    {
        null or "" => Array.Empty<object?>(),
        JsonArray list => list,
        _ => new[] { value },
    };

    private static string? Label(CustomFieldCatalog catalog, CopperCustomFieldDefinition definition, object? item) => item switch
    {
        null => null,
        _ when OptionId(item) is { } id && catalog.LabelOf(definition.Id, id) is { } label => label,
        _ => AdditionalMembers.Text(item),
    };

    private static long? OptionId(object item) => item switch
    {
        long id => id,
        decimal number when number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue => (long)number,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => OptionId(number),
        _ => null,
    };

    private static object Flag(object? value) => value switch
    {
        null or "" => false,
        long and (0 or 1) => (long)value == 1,
        decimal and (0 or 1) => (decimal)value == 1,
        string text when FlagConverter.TryParse(text, out var flag) => flag,
        _ => value,
    };

    private static object? Number(object? value) => value switch
    {
        long whole => (decimal)whole,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        "" => null,
        _ => value,
    };

    /// <summary>
    /// Seconds of midnight, in whatever zone, are a day without a zone; the introduction of the API promises text as well.
    /// </summary>
    private static object? Day(object? value, bool isDayFirst) => value switch
    {
        long seconds and >= Earliest and <= Latest => Unzoned(seconds),
        decimal seconds and >= Earliest and <= Latest => Unzoned((long)seconds),
        string text when DateTime.TryParseExact(
            text,
            isDayFirst ? DayFirstForms : DayForms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AllowWhiteSpaces,
            out var day) => day.Date,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) =>
            Day(seconds, isDayFirst),
        string text when text.IndexOf('T') > 0
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) =>
            CalendarDateConverter.DayOf(moment),
        "" => null,
        _ => value,
    };

    private static DateTime Unzoned(long seconds) => CalendarDateConverter.DayOf(DateTimeOffset.FromUnixTimeSeconds(seconds));
}
