using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Metadata;

namespace Copper.Data.Columns;

/// <summary>
/// Reads cells of a table as they are meant, or not at all: numbers and dates alike in every culture where they are unmistakable, and as
/// the user's culture writes them otherwise. Cells are text, or the typed values that a reader of spreadsheets gives.
/// </summary>
internal static class CellReader
{
    /// <summary>Nothing stands in the cell.</summary>
    public static bool IsBlank(object? cell) => CellText.Of(cell).Length == 0;

    /// <summary>Text, as it was before a spreadsheet had to be kept from running it.</summary>
    public static string Text(object cell) => CellText.Of(SpreadsheetText.Restore(cell));

    /// <summary>One text: no list of several, and no object that has parts.</summary>
    /// <exception cref="InputRejectedException">The cell is something else.</exception>
    public static void CheckIsOne(object? cell)
    {
        switch (cell)
        {
            case null or string or ValueType or Uri or Version:
            case { } model when model.GetType().Assembly == typeof(CopperClient).Assembly:
                return;
            case object?[] list:
                throw Reject($"'{CellText.Of(list)}' are several texts, and one is wanted.", cell);
            default:
                throw Reject($"{ErrorWords.Current.Dictionary} or an object with parts is no text.", cell);
        }
    }

    /// <summary>One text, or a list of such.</summary>
    /// <exception cref="InputRejectedException">Something in it is no text.</exception>
    public static void CheckAreOne(object? cell)
    {
        foreach (var item in cell as object?[] ?? [cell])
        {
            CheckIsOne(item);
        }
    }

    /// <summary>A number, with a fraction or without.</summary>
    /// <exception cref="InputRejectedException">The cell is no number, or can be read as two.</exception>
    public static decimal Number(object cell)
    {
        switch (cell)
        {
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
            case float or double when Math.Abs(Convert.ToDouble(cell, CultureInfo.InvariantCulture)) < 1e28:
                return Convert.ToDecimal(cell, CultureInfo.InvariantCulture);
            case string text:
                try
                {
                    return NumberText.Parse(text);
                }
                catch (FormatException exception)
                {
                    throw Reject(exception.Message, cell);
                }

            default:
                throw Reject($"'{CellText.Of(cell)}' is not an amount. Write it as 2500 or 2500.50.", cell);
        }
    }

    /// <summary>A number without a fraction. Text is read in one way in all cultures: 7,5 is not 75.</summary>
    /// <exception cref="InputRejectedException">The cell is no whole number.</exception>
    public static long WholeNumber(object cell)
    {
        const NumberStyles Digits = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var isNumber = true;
        var number = 0m;
        switch (cell)
        {
            case string text:
                isNumber = decimal.TryParse(text.Trim(), Digits, CultureInfo.InvariantCulture, out number);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
            case float or double when Math.Abs(Convert.ToDouble(cell, CultureInfo.InvariantCulture)) < 1e28:
                number = Convert.ToDecimal(cell, CultureInfo.InvariantCulture);
                break;
            default:
                isNumber = false;
                break;
        }

        return isNumber && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : throw Reject($"'{CellText.Of(cell)}' is no whole number. Write its digits alone, for example 50.", cell);
    }

    /// <summary>The id of a record.</summary>
    /// <exception cref="InputRejectedException">The cell is no id.</exception>
    public static long Id(object cell) => WholeNumber(cell) is var id and > 0
        ? id
        : throw Reject($"'{CellText.Of(cell)}' is no id. An id is a positive whole number.", cell);

    /// <summary>A moment. Text without a zone is local time, or UTC where that is what the file shows.</summary>
    /// <exception cref="InputRejectedException">The cell is no date, or not a whole one.</exception>
    public static DateTimeOffset Time(object cell, bool inUtc) => cell switch
    {
        DateTimeOffset time => time,
        DateTime time => time.Kind == DateTimeKind.Unspecified && inUtc
            ? new DateTimeOffset(time.Ticks, TimeSpan.Zero)
            : new DateTimeOffset(time),
        string text when DateText.TryParse(text, inUtc, out var parsed) => CellCheck.ProblemOf(parsed.DateTime) is { } problem
            ? throw Reject($"'{text.Trim()}' {problem}", cell)
            : parsed,
        string text when DateText.IsPartial(text) => throw Reject(
            $"'{text.Trim()}' leaves out the day, the month or the year. Write it as 2026-01-31 or 2026-01-31 08:00.", cell),
        string text when DateText.IsOfOtherOrder(text) =>
            throw Reject($"'{text.Trim()}' {DateText.OtherOrderAdvice(isCell: false)}", cell),
        _ => throw Reject($"'{CellText.Of(cell)}' is no date. Write it as 2026-01-31 or 2026-01-31 08:00.", cell),
    };

    /// <summary>A calendar date; no zone shifts it.</summary>
    /// <exception cref="InputRejectedException">The cell is no date, or not a whole one.</exception>
    public static DateTime Day(object cell) => cell switch
    {
        DateTime time => time.Date,
        _ => Time(cell, inUtc: true).DateTime.Date,
    };

    /// <summary>Items that a cell separates by semicolons.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="known">Items that are known to be whole, though they hold semicolons themselves.</param>
    public static string[] Items(object? cell, IEnumerable<string?>? known = null)
    {
        if (cell is object?[] list)
        {
            // Each is an item of its own, whatever it holds.
            return [.. list.Select(static item => CellText.Of(item)).Where(static item => item.Length > 0)];
        }

        var parts = CellText.Of(cell).Split(';');
        var whole = new HashSet<string>(
            (known ?? []).OfType<string>().Where(static item => item.Contains(';')).Select(static item => CellText.Of(item)),
            StringComparer.OrdinalIgnoreCase);
        var items = new List<string>();
        for (var start = 0; start < parts.Length; start++)
        {
            var end = whole.Count == 0 ? start + 1 : parts.Length;
            while (end > start + 1 && !whole.Contains(Joined(end)))
            {
                end--;
            }

            if (Joined(end) is { Length: > 0 } item)
            {
                items.Add(item);
            }

            string Joined(int until) => string.Join(";", parts.Skip(start).Take(until - start)).Trim();
            start = end - 1;
        }

        return [.. items];
    }

    /// <summary>A cell that cannot be taken; nothing of its row is written.</summary>
    public static InputRejectedException Reject(string message, object? cell) => new(InputRejection.Invalid, message, cell);

    /// <summary>The same, and the message names the column.</summary>
    public static InputRejectedException Reject(string column, string message, object? cell) =>
        Reject($"The column {column}: {message}", cell);
}
