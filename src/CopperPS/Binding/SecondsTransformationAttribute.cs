using System.Globalization;
using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>
/// A bare number is a span in seconds, as the service counts. PowerShell would take 3600 for ticks and the text 3600 for days.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsTransformationAttribute : RowValueTransformationAttribute
{
    private protected override object? Read(object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            int or long or double or decimal => FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            string text when double.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var seconds) => FromSeconds(seconds),
            _ => value,
        };
    }

    private static TimeSpan FromSeconds(double seconds) => Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new ArgumentTransformationMetadataException($"{seconds} seconds are too many.");
}
