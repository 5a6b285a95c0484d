using System.Globalization;
using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>
/// Reads dates the same way in every culture where they are unmistakable (2026-01-31, 2026-01-31T08:00:00Z), and as the
/// user's culture writes them otherwise. A value without a zone is local time; a blank text is none.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DateTransformationAttribute : ArgumentTransformationAttribute
{
    private const DateTimeStyles Styles = DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string text when string.IsNullOrWhiteSpace(text) => null,
            string text => Parse(text),

            // Where the clocks change, a local time may not exist or exist twice: .NET's rule decides, as everywhere in PowerShell.
            DateTime time => new DateTimeOffset(time),
            _ => value,
        };
    }

    private static DateTimeOffset Parse(string text)
    {
        // Year first is ISO 8601; the invariant culture keeps it Gregorian whatever the user's calendar.
        var isIso = text.Trim() is { Length: >= 8 } trimmed && trimmed.Substring(0, 4).All(static c => c is >= '0' and <= '9') && trimmed[4] == '-';
        if (DateTimeOffset.TryParse(text, isIso ? CultureInfo.InvariantCulture : CultureInfo.CurrentCulture, Styles, out var time)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out time))
        {
            return time;
        }

        throw new ArgumentTransformationMetadataException($"'{text}' is not a date. Write it as 2026-01-31 or 2026-01-31T08:00:00Z, or as your culture writes dates.");
    }
}
