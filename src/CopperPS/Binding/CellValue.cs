using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using Copper.Client.CustomFields;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>
/// Reads a value that a parameter or a cell of a row brings: in the type that is wanted, or with an exception that PowerShell
/// reports. What PowerShell converts itself and cannot convert, it leaves out of a row without a word.
/// </summary>
internal static class CellValue
{
    private static readonly Assembly Models = typeof(Copper.Client.CopperClient).Assembly;

    /// <summary>The value without PowerShell's wrapping; null also for the null of a database.</summary>
    public static object? Bare(object? value) =>
        (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
    {
        DBNull => null,
        var bare => bare,
    };

    /// <summary>An object of a record: a list of it has a text of its own.</summary>
    public static bool IsOwn(object value) => value.GetType().Assembly == Models;

    /// <summary>Nothing stands in the cell.</summary>
    public static bool IsBlank(object? value) => Bare(value) is null || (Bare(value) is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>One text. A list has one only when it has one item.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The value is no text, or several.</exception>
    public static string? Text(object? value) => Bare(value) switch
    {
        null => null,
        string text => text,
        DateTime time => time.ToString(
            time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture),
        IDictionary or PSObject or ScriptBlock => throw Wrong(value, "is no text."),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),

        // A record that is piped brings properties which nobody means to write: they must not fail.
        { } own when IsOwn(own) => own.ToString(),
        IEnumerable list => OnlyItem(list, value),

        // What .NET shows of an object that has no text of its own.
        { } other when other.ToString() is not { } text || text.StartsWith(other.GetType().FullName!, StringComparison.Ordinal) =>
            throw new ArgumentTransformationMetadataException($"An object of the type {other.GetType()} is no text."),
        { } other => other.ToString(),
    };

    /// <summary>Several texts; one alone is a list of one.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">Something in it is no text.</exception>
    public static string[]? Texts(object? value) => Bare(value) switch
    {
        null => null,
        string text => [text],
        IDictionary => throw Wrong(value, "is no list of texts."),
        IEnumerable list => list.Cast<object?>().Select(static item => Text(item) ?? string.Empty).ToArray(),
        _ => [Text(value) ?? string.Empty],
    };

    /// <summary>A whole number: a number without a fraction, or its digits as text.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is something else, or out of range.</exception>
    public static int? WholeNumber(object? value)
    {
        var bare = Bare(value);
        decimal number;
        switch (bare)
        {
            case null:
            case string text when string.IsNullOrWhiteSpace(text):
                return null;
            case string text when decimal.TryParse(
                text.Trim(),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out number):
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                number = Convert.ToDecimal(bare, CultureInfo.InvariantCulture);
                break;
            case float or double when Math.Abs(Convert.ToDouble(bare, CultureInfo.InvariantCulture)) <= int.MaxValue:
                number = Convert.ToDecimal(bare, CultureInfo.InvariantCulture);
                break;
            default:
                throw Wrong(value, "is no whole number. Write its digits alone, for example 50.");
        }

        return number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw Wrong(value, "is no whole number. Write its digits alone, for example 50.");
    }

    /// <summary>True or false, as spreadsheets and people write it; null for anything else.</summary>
    public static bool? Flag(object? value) => FlagText.Of(Bare(value) is SwitchParameter flag ? flag.IsPresent : Bare(value));

    /// <summary>What cannot be taken, in words that name it.</summary>
    public static ArgumentTransformationMetadataException Wrong(object? value, string problem) => new($"'{Describe(value)}' {problem}");

    /// <summary>The value as it was given, in every culture alike.</summary>
    public static string Describe(object? value) => Bare(value) switch
    {
        null => "$null",
        string text => VisibleText.Of(text),
        IDictionary => "A hashtable",
        PSObject record => record.ToString(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Describe)),
        { } other => other.ToString() ?? other.GetType().Name,
    };

    private static string? OnlyItem(IEnumerable list, object? value)
    {
        var items = list.Cast<object?>().Take(2).ToArray();
        return items.Length switch
        {
            0 => null,
            1 => Text(items[0]),
            _ => throw Wrong(value, "are several texts, and one is wanted."),
        };
    }
}
