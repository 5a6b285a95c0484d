using System.Management.Automation;
using Copper.Client.CustomFields;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Hub;

// How values are read. An empty cell of a CSV file becomes null: not given. Whether a value can be right is HubCheckAttribute's.

/// <summary>The base of the readings: null and empty text pass as null.</summary>
public abstract class HubTransformationAttribute : RowValueTransformationAttribute
{
    private readonly string _expectation;

    private protected HubTransformationAttribute(string expectation) => _expectation = expectation;

    private protected sealed override object? Read(object? inputData)
    {
        var value = CellValue.Bare(inputData);
        return value is null || (value is string text && string.IsNullOrWhiteSpace(text))
            ? null
            : ReadValue(value) ?? throw CellValue.Wrong(value, _expectation);
    }

    /// <summary>The value in the parameter's type; null when it cannot be right.</summary>
    private protected abstract object? ReadValue(object value);
}

/// <summary>
/// A calendar date: a text as yyyy-mm-dd in every culture or as the user's culture writes dates, also one that is counted from now such as
/// -7d, or the day that a date and time names.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HubDateTransformationAttribute() : HubTransformationAttribute("is no date: write it as yyyy-mm-dd, for example "
    + "2026-12-24, or as your culture writes dates, or as today or +7d, or give a date object.")
{
    private protected override object? ReadValue(object value) => value switch
    {
        DateTime date => date.Date,
        DateTimeOffset time => time.Date,
#if NET
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
#endif
        string text => DateText.TryParse(text, isCalendarDate: true, out var date)
            || DateText.TryParseRelative(text, DateTime.Now, isCalendarDate: true, out date)
            ? date.DateTime.Date
            : null,
        _ => null,
    };
}

/// <summary>Yes or no: $true, $false, 1 or 0, or as people write it in a table: yes, no, x.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HubFlagTransformationAttribute() : HubTransformationAttribute("is neither yes nor no: give $true or $false, or 1 or 0.")
{
    private protected override object? ReadValue(object value) => CellValue.Flag(value);
}

/// <summary>
/// A number: read the same way in every culture where it is unmistakable (2.5), and as the user's culture writes it otherwise (2,5).
/// PowerShell itself would read an empty text as 0.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HubNumberTransformationAttribute() : HubTransformationAttribute("is no number: write it as 2500 or 2500.50, or as "
    + "your culture writes numbers.")
{
    private protected override object? ReadValue(object value)
    {
        try
        {
            return MoneyTransformationAttribute.Number(value);
        }
        catch (ArgumentTransformationMetadataException exception) when (exception.InnerException is not AmbiguousNumberException)
        {
            return null;
        }
    }
}
