using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Copper.Client.CustomFields;

namespace CopperPS.Binding;

/// <summary>
/// Reads dates the same way in every culture where they are unmistakable (2026-01-31, 2026-01-31T08:00:00Z), and as the
/// user's culture writes them otherwise; also today, yesterday, tomorrow, and what is counted from now, such as -7d. A value without a zone
/// is local time; a blank text is none. A part of a date, such as Dec 2026, is rejected.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DateTransformationAttribute : RowValueTransformationAttribute
{
    /// <summary>
    /// The parameter is about days, not moments: a value without a zone is taken as written, so that no time zone shifts it
    /// to the day before or after. It is midnight UTC, as the service keeps such days.
    /// </summary>
    public bool IsCalendarDate { get; set; }

    private protected override object? Read(object? inputData)
    {
        var value = CellValue.Bare(inputData);
        return value switch
        {
            null => null,
            string text when string.IsNullOrWhiteSpace(text) => null,
            string text => Parse(text),
            DateTimeOffset time => time,
            DateTime time => Read(time, inputData),
            PSObject { BaseObject: PSCustomObject } past when past.TypeNames[0] == "Deserialized.System.DateTimeOffset" =>
                Past(past, inputData),

            // DateOnly, which Windows PowerShell does not have.
            IFormattable day when value.GetType().FullName == "System.DateOnly" =>
                Read(
                    DateTime.ParseExact(
                        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    inputData),
            _ when AsTyped(inputData, value) is { } text && TryReadRelative(text, out var time) => time,
            _ => throw Wrong(inputData),
        };
    }

    /// <summary>PowerShell takes -7d for the number -7, of type decimal, and -1y for one of a byte; it keeps what was typed.</summary>
    private static string? AsTyped(object? inputData, object? value) => value is decimal or sbyte
        ? LanguagePrimitives.ConvertTo<string>(inputData)
        : null;

    private bool TryReadRelative(string text, out DateTimeOffset time) =>
        DateText.TryParseRelative(text, DateTime.Now, IsCalendarDate, out time);

    private DateTimeOffset Parse(string text) => DateText.TryParse(text, IsCalendarDate, out var time) || TryReadRelative(text, out time)
        ? time
        : throw (DateText.IsPartial(text)
            ? CellValue.Wrong(text, "leaves out the day, the month or the year. Write it as 2026-01-31 or 2026-01-31T08:00:00Z.")
            : Wrong(text));

    private DateTimeOffset Read(DateTime time, object? given)
    {
        try
        {
            // Where the clocks change, a local time may not exist or exist twice: .NET's rule decides, as everywhere in PowerShell.
            return IsCalendarDate ? new DateTimeOffset(time.Ticks, TimeSpan.Zero) : new DateTimeOffset(time);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Wrong(given);
        }
    }

    /// <summary>A moment that came back from a file or a job.</summary>
    private static DateTimeOffset Past(PSObject past, object? given) =>
        CellValue.Bare(past.Properties["UtcDateTime"]?.Value) is DateTime time
        ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
        : throw Wrong(given);

    /// <summary>What was typed: PowerShell takes 7d and 1y for numbers.</summary>
    private static string? Typed(object? value) => CellValue.Bare(value) switch
    {
        string text => text.Trim(),
        var bare => AsTyped(value, bare),
    };

    private static ArgumentTransformationMetadataException Wrong(object? value) => value is string text && DateText.IsOfOtherOrder(text)
        ? CellValue.Wrong(value, DateText.OtherOrderAdvice(BoundRow.HasCell(value)))
        : Typed(value) is { } unsigned && Regex.IsMatch(unsigned, "^[0-9]{1,5}[hdwmy]$", RegexOptions.IgnoreCase)
        ? CellValue.Wrong(unsigned, $"needs a sign: +{unsigned} is from now on, -{unsigned} is ago.")
        : CellValue.Wrong(value, "is not a date. Write it as 2026-01-31 or 2026-01-31T08:00:00Z, or as your culture writes dates, or as "
            + "today, -7d (7 days ago) or +7d (7 days from now), or give a [datetime].");
}
