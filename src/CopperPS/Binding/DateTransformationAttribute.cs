using System.Globalization;
using System.Management.Automation;
using CopperPS.Pipeline;

namespace CopperPS.Binding;

/// <summary>
/// Reads dates the same way in every culture where they are unmistakable (2026-01-31, 2026-01-31T08:00:00Z), and as the
/// user's culture writes them otherwise. A value without a zone is local time; a blank text is none.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// The parameter is about days, not moments: a value without a zone is taken as written, so that no time zone shifts it
    /// to the day before or after. It is midnight UTC, as the service keeps such days.
    /// </summary>
    public bool IsCalendarDate { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string text when string.IsNullOrWhiteSpace(text) => null,
            string text => Parse(text),

            DateTime time when IsCalendarDate => new DateTimeOffset(time.Ticks, TimeSpan.Zero),

            // Where the clocks change, a local time may not exist or exist twice: .NET's rule decides, as everywhere in PowerShell.
            DateTime time => new DateTimeOffset(time),
            _ => value,
        };
    }

    private DateTimeOffset Parse(string text)
    {
        var styles = DateTimeStyles.AllowWhiteSpaces | (IsCalendarDate ? DateTimeStyles.AssumeUniversal : DateTimeStyles.AssumeLocal);

        // Year first is ISO 8601; the invariant culture keeps it Gregorian whatever the user's calendar.
        var isIso = text.Trim() is { Length: >= 8 } trimmed && trimmed.Substring(0, 4).All(static c => c is >= '0' and <= '9') && trimmed[4] == '-';
        if (DateTimeOffset.TryParse(text, isIso ? CultureInfo.InvariantCulture : CultureInfo.CurrentCulture, styles, out var time)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out time))
        {
            return time;
        }

        throw new ArgumentTransformationMetadataException($"'{VisibleText.Of(text)}' is not a date. Write it as 2026-01-31 or 2026-01-31T08:00:00Z, or as your culture writes dates.");
    }
}
