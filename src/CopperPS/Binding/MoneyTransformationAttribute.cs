using System.Globalization;
using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>
/// Reads amounts the same way in every culture where they are unmistakable (2500.50), and as the user's culture writes them
/// otherwise (2.500,50). PowerShell itself would make 250050 of the text 2500,50. A blank text is none.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MoneyTransformationAttribute : ArgumentTransformationAttribute
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = CellValue.Bare(inputData);
        switch (value)
        {
            case null:
            case string text when string.IsNullOrWhiteSpace(text):
                return null;
            case string text:
                return Parse(text);
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
            case float or double when Math.Abs(Convert.ToDouble(value, CultureInfo.InvariantCulture)) < 1e28:
                return Convert.ToDecimal(value, CultureInfo.InvariantCulture);
            default:
                throw CellValue.Wrong(inputData, "is not an amount. Write it as 2500 or 2500.50, or as your culture writes numbers.");
        }
    }

    private static decimal Parse(string text)
    {
        var isPlain = decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var plain);
        var isLocal = TryParseLocal(text, out var local);
        if (isPlain && isLocal && plain != local)
        {
            throw new ArgumentTransformationMetadataException($"'{text}' can be read as {plain.ToString(CultureInfo.InvariantCulture)} or, in your culture, as {local.ToString(CultureInfo.InvariantCulture)}. Write it without separators of thousands.");
        }

        return isPlain ? plain
            : isLocal ? local
            : throw new ArgumentTransformationMetadataException($"'{VisibleText.Of(text)}' is not an amount. Write it as 2500 or 2500.50, or as your culture writes numbers.");
    }

    /// <summary>.NET takes separators of thousands anywhere; here they must stand between groups of three.</summary>
    private static bool TryParseLocal(string text, out decimal amount)
    {
        var format = CultureInfo.CurrentCulture.NumberFormat;
        if (!decimal.TryParse(text, Plain | NumberStyles.AllowThousands, format, out amount))
        {
            return false;
        }

        var whole = text.Trim().Split([format.NumberDecimalSeparator], StringSplitOptions.None)[0];
        var groups = whole.TrimStart('+', '-').Split([format.NumberGroupSeparator], StringSplitOptions.None);
        return groups.Length == 1 || (groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(static group => group.Length == 3));
    }
}
