namespace CopperPS.Binding;

/// <summary>One text; numbers and dates become text in the same way in every culture. Lists and hashtables are rejected.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextTransformationAttribute : RowValueTransformationAttribute
{
    private protected override object? Read(object? inputData) => CellValue.Text(inputData);
}

/// <summary>Several texts; one alone is a list of one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextListTransformationAttribute : RowValueTransformationAttribute
{
    private protected override bool TakesSeveral => true;

    private protected override object? Read(object? inputData) => CellValue.Texts(inputData);
}

/// <summary>The path of one file: a text, or a file as Get-Item writes it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathTransformationAttribute : RowValueTransformationAttribute
{
    private protected override object? Read(object? inputData) => CellValue.Text(PathListTransformationAttribute.PathOf(inputData));
}

/// <summary>Paths of files: texts, or files as Get-Item writes them. One alone is a list of one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathListTransformationAttribute : RowValueTransformationAttribute
{
    private protected override bool TakesSeveral => true;

    /// <summary>The path of a file; anything else as it is.</summary>
    internal static object? PathOf(object? value) => CellValue.Bare(value) is FileSystemInfo file ? file.FullName : value;

    private protected override object? Read(object? inputData) =>
        CellValue.Texts(CellValue.Bare(inputData) is object?[] list ? list.Select(PathOf).ToArray() : PathOf(inputData));
}

/// <summary>
/// A whole number. PowerShell would make 75 of the text 7,5, 51 of 50.6, 1 of $true, and 0 of an empty cell. A blank text is none.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeNumberTransformationAttribute : RowValueTransformationAttribute
{
    private protected override object? Read(object? inputData) => CellValue.WholeNumber(inputData);
}

/// <summary>The address of a page or a service. A blank text is none.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UriTransformationAttribute : RowValueTransformationAttribute
{
    private protected override object? Read(object? inputData) => CellValue.Bare(inputData) switch
    {
        null => null,
        Uri address => address,
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when Uri.TryCreate(text.Trim(), UriKind.RelativeOrAbsolute, out var address) => address,
        _ => throw CellValue.Wrong(inputData, "is no address. Write it as https://example.com/path."),
    };
}
