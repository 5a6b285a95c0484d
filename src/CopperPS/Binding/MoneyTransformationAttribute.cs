using System.Globalization;
using System.Management.Automation;
using Copper.Client.CustomFields;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>
/// Reads amounts the same way in every culture where they are unmistakable (2500.50), and as the user's culture writes them
/// otherwise (2.500,50). PowerShell itself would make 250050 of the text 2500,50. A blank text is none.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MoneyTransformationAttribute : RowValueTransformationAttribute
{
    private protected override object? Read(object? inputData) => Number(inputData);

    /// <summary>The number that was given; null for none.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is no number, or an ambiguous one.</exception>
    internal static object? Number(object? inputData)
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
        try
        {
            return NumberText.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new ArgumentTransformationMetadataException(VisibleText.Of(ExceptionText.Of(exception)), exception);
        }
    }
}
