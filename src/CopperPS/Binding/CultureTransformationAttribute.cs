using System.Globalization;

namespace CopperPS.Binding;

/// <summary>A culture by its name, for example de-DE. A name that no culture has is an error: .NET would make one of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CultureTransformationAttribute : RowValueTransformationAttribute
{
    private protected override object? Read(object? inputData) => CellValue.Bare(inputData) switch
    {
        CultureInfo culture => culture,
        _ when CellValue.Text(inputData) is not { } text => null,
        _ when Known(CellValue.Text(inputData)!) is { } culture => culture,
        _ => throw CellValue.Wrong(inputData, "is no culture. Cultures are named like de-DE, en-GB and en-US."),
    };

    private static CultureInfo? Known(string name) => CultureInfo.GetCultures(CultureTypes.AllCultures)
        .FirstOrDefault(culture => culture.Name.Length > 0 && string.Equals(culture.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));
}
