using System.Globalization;

namespace Copper.Data.Columns;

/// <summary>The text of values in cells, the same in every culture.</summary>
internal static class CellText
{
    /// <summary>What stands in a cell for a value: text, a number, true or false; null for nothing.</summary>
    public static object? Normal(object? value) => value switch
    {
        null or "" => null,
        DateTime day => RecordNames.Day(day),

        // 1000.0 comes from the service as well as 1000.
        decimal number => number / 1.0000000000000000000000000000m,
        string or bool or long or double => value,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null,
    };

    /// <summary>A cell as text: without white space around it, and with one kind of line end, which spreadsheets change.</summary>
    public static string Of(object? cell) => (cell switch
    {
        null or DBNull => string.Empty,
        string text => text,
        object?[] list => string.Join("; ", list.Select(static item => Of(item))),
        DateTime time => RecordNames.Day(time)!,
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture),
        double number => ((decimal)number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? string.Empty,
    }).Replace("\r\n", "\n").Trim();
}
