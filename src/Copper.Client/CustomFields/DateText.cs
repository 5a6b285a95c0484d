using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Copper.Client.CustomFields;

/// <summary>
/// Reads dates that people write, the same way in every culture where they are unmistakable (2026-01-31, 2026-01-31T08:00:00Z), and as
/// the current culture writes them otherwise. A text that leaves out the day, the month or the year is no date: .NET would complete it
/// by today's, in silence.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DateText
{
    /// <summary>A sign, at most five digits, a unit.</summary>
    private const int LongestSpan = 7;

    private static readonly char[] ZoneSigns = ['+', '-'];

    /// <summary>Day, month and year in numbers, in either order of the first two: 31.12.2027, 1/2/27 08:00, 1. 2. 2027.</summary>
    private static readonly Regex Numeric = new(
        @"^\s*([0-9]{1,2})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{4}|[0-9]{2})(?![0-9])", RegexOptions.CultureInvariant);

    /// <summary>Reads a date, with or without a time of day.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isCalendarDate">A value without a zone is midnight UTC of the day as written; otherwise it is local time.</param>
    /// <param name="date">The date.</param>
    /// <returns>False when the text is no date, or not a whole one.</returns>
    public static bool TryParse(string text, bool isCalendarDate, out DateTimeOffset date)
    {
        var styles = DateTimeStyles.AllowWhiteSpaces | (isCalendarDate ? DateTimeStyles.AssumeUniversal : DateTimeStyles.AssumeLocal);

        // Year first is ISO 8601; the invariant culture keeps it Gregorian whatever the user's calendar. Another text is read as the
        // current culture writes dates or not at all: two readings in one column would go unnoticed. A bare number is no date, though
        // .NET reads the fifth of July from 7.5.
        var culture = IsYearFirst(text.Trim()) ? CultureInfo.InvariantCulture : CultureInfo.CurrentCulture;
        if (!IsNumber(text) && DateTimeOffset.TryParse(text, culture, styles, out date) && IsWhole(text, date, culture))
        {
            return true;
        }

        date = default;
        return false;
    }

    /// <summary>
    /// Reads a date that is counted from now: today, yesterday, tomorrow; or a number with a sign and a unit, -7d, +2w, -3m (months), -1y,
    /// -12h. Days and longer units count from the beginning of today, hours from this moment. The words are the same in every culture.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The present, in the user's zone.</param>
    /// <param name="isCalendarDate">The date is midnight UTC of the day, and hours are none; otherwise it is local time.</param>
    /// <param name="date">The date.</param>
    /// <returns>False when the text is no such date.</returns>
    public static bool TryParseRelative(string text, DateTime now, bool isCalendarDate, out DateTimeOffset date)
    {
        date = default;
        if (Relative(text.Trim().ToLowerInvariant(), now, isCalendarDate) is not { } local)
        {
            return false;
        }

        // Where the clocks change, midnight may not exist: .NET's rule decides, as everywhere.
        date = isCalendarDate
            ? new DateTimeOffset(local.Date.Ticks, TimeSpan.Zero)
            : new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Local));
        return true;
    }

    private static DateTime? Relative(string text, DateTime now, bool isCalendarDate)
    {
        switch (text)
        {
            case "today":
                return now.Date;
            case "yesterday":
                return now.Date.AddDays(-1);
            case "tomorrow":
                return now.Date.AddDays(1);
        }

        if (text.Length is < 3 or > LongestSpan || !ZoneSigns.Contains(text[0]) || !text.Skip(1).Take(text.Length - 2).All(IsDigit))
        {
            return null;
        }

        var count = int.Parse(text.Substring(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture);
        count = text[0] == '-' ? -count : count;
        try
        {
            return text[text.Length - 1] switch
            {
                'h' when !isCalendarDate => now.AddHours(count),
                'd' => now.Date.AddDays(count),
                'w' => now.Date.AddDays(7.0 * count),
                'm' => now.Date.AddMonths(count),
                'y' => now.Date.AddYears(count),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The text names a part of a date only, such as Dec 2026 or 1/5, which is worth a sentence of its own in an error.</summary>
    public static bool IsPartial(string text) =>
        !IsNumber(text) && DateTimeOffset.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.AllowWhiteSpaces, out _)
            && !TryParse(text, true, out _);

    /// <summary>
    /// The current culture cannot read the text, and would if day and month changed places: the file comes from another culture, and other
    /// days of it may be read wrongly.
    /// </summary>
    public static bool IsOfOtherOrder(string text) => !TryParse(text, true, out _) && IsReadInOtherOrder(text, out _);

    /// <summary>The text is another date if day and month change places.</summary>
    public static bool HasTwoOrders(string text) => TryParse(text, true, out var date) && IsReadInOtherOrder(text, out var other)
        && (date.Day != other.Day || date.Month != other.Month);

    private static bool IsDayFirst =>
        CultureInfo.CurrentCulture.DateTimeFormat.ShortDatePattern.TrimStart().StartsWith("d", StringComparison.Ordinal);

    /// <summary>The year has two digits or four; a time of day may follow.</summary>
    private static bool IsReadInOtherOrder(string text, out DateTime other)
    {
        other = default;
        if (IsNumber(text) || Numeric.Match(text) is not { Success: true } match)
        {
            return false;
        }

        var year = match.Groups[3].Value;
        return DateTime.TryParseExact(
            $"{match.Groups[1].Value}/{match.Groups[2].Value}/{year}",
            (IsDayFirst ? "M'/'d'/'" : "d'/'M'/'") + (year.Length == 2 ? "yy" : "yyyy"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out other);
    }

    /// <summary>A culture that has the order of day and month which the current one has not.</summary>
    public static string OtherCulture => IsDayFirst ? "en-US" : "en-GB";

    /// <summary>What an error says of a date of another order.</summary>
    /// <param name="isCell">
    /// It is a cell of a row, and other rows are written without a look at this one: their dates may be read wrongly.
    /// </param>
    public static string OtherOrderAdvice(bool isCell = true) =>
        "has day and month in another order than your culture"
            + $"{(CultureInfo.CurrentCulture.Name is { Length: > 0 } name ? $" ({name})" : null)}. "
            + (isCell
                ? "Other dates of the same file may have been read with day and month exchanged: check them. "
                : string.Empty)
            + "Write dates as 2026-01-31.";

    private static bool IsYearFirst(string text) => text.Length >= 8 && text.Take(4).All(IsDigit) && text[4] == '-';

    private static bool IsNumber(string text)
    {
        var digits = text.Trim().TrimStart(ZoneSigns);
        return digits.All(static c => IsDigit(c) || c is '.' or ',') && digits.Count(static c => c is '.' or ',') <= 1;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    /// <summary>
    /// A number for the year, one for the day, and one or a name for the month; what belongs to a time of day counts for none.
    /// </summary>
    private static bool IsWhole(string text, DateTimeOffset date, CultureInfo culture)
    {
        var numbers = NumbersOfDate(text);
        var year = numbers.FindIndex(number => IsYear(number, date, culture));
        if (year < 0)
        {
            return false;
        }

        numbers.RemoveAt(year);
        return numbers.Count >= 2 || (numbers.Count == 1 && HasMonthName(text, culture));
    }

    private static bool IsYear(int number, DateTimeOffset date, CultureInfo culture)
    {
        var shown = culture.Calendar.GetYear(date.DateTime);
        return number == date.Year || number == shown || number == date.Year % 100 || number == shown % 100;
    }

    /// <summary>The numbers of a text but those that stand beside a colon or after the letter of a time: 10:30, T08, +0100.</summary>
    private static List<int> NumbersOfDate(string text)
    {
        var numbers = new List<(int Value, int Place)>();
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsDigit(text[i]))
            {
                continue;
            }

            var start = i;
            while (i + 1 < text.Length && IsDigit(text[i + 1]))
            {
                i++;
            }

            var length = i - start + 1;
            var before = start > 0 ? text[start - 1] : ' ';
            var after = i + 1 < text.Length ? text[i + 1] : ' ';
            var isTime = before == ':' || after == ':' || (before is 'T' or 't' && start > 1 && IsDigit(text[start - 2]));
            var isZone = length == 4 && ZoneSigns.Contains(before) && start > 1 && char.IsWhiteSpace(text[start - 2]);
            if (!isTime && !isZone && length <= 4)
            {
                numbers.Add((int.Parse(text.Substring(start, length), NumberStyles.None, CultureInfo.InvariantCulture), start));
            }
        }

        // The year may be written with two digits, and so look like the day: the one of four digits is found first, else the last.
        return
        [
            .. numbers
                .OrderByDescending(static number => number.Value > 31)
                .ThenByDescending(static number => number.Place)
                .Select(static number => number.Value),
        ];
    }

    private static bool HasMonthName(string text, CultureInfo culture)
    {
        var format = culture.DateTimeFormat;
        return format.MonthNames
            .Concat(format.AbbreviatedMonthNames)
            .Concat(format.MonthGenitiveNames)
            .Concat(format.AbbreviatedMonthGenitiveNames)
            .Concat(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames)
            .Any(name => name.Length > 0 && !name.Any(IsDigit)
                && culture.CompareInfo.IndexOf(text, name.TrimEnd('.'), CompareOptions.IgnoreCase) >= 0);
    }
}
