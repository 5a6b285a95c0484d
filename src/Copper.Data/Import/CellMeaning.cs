using System.Globalization;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>
/// Tells whether a cell can be the one that a plan was made of. The plan shows what is written, and the cell what somebody typed: 1.2.27
/// for 2027-02-01, x for True.
/// </summary>
internal static class CellMeaning
{
    /// <summary>The cell can have become the value.</summary>
    /// <param name="cell">What stands in the row.</param>
    /// <param name="value">What the plan says is written; empty for nothing.</param>
    public static bool CanBe(object? cell, string value)
    {
        var text = cell is null ? string.Empty : CellReader.Text(cell);
        value = CellText.Of(value);
        if (text.Length == 0 || value.Length == 0)
        {
            return text.Length == value.Length;
        }

        return text == value
            || CellText.Of(cell) == value
            || new HashSet<string>(CellReader.Items(text), StringComparer.OrdinalIgnoreCase).SetEquals(CellReader.Items(value))
            || (bool.TryParse(value, out var flag) && FlagText.Of(text) == flag)
            || (decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && Digits(text) == Digits(value))
            || (DayOf(value) is { } day && DayOf(cell!) is { } typed && Math.Abs((day - typed).TotalDays) <= 1)
            || Countries.CodeOf(text) == value

            // An id may stand for the name.
            || text.All(char.IsDigit);
    }

    /// <summary>The digits that count, whatever separates them.</summary>
    private static string Digits(string text) =>
        new string([.. text.Where(char.IsDigit)]).Trim('0');

    /// <summary>A moment may be shown in another zone than it was typed in.</summary>
    private static DateTime? DayOf(object cell)
    {
        try
        {
            return CellReader.Day(cell);
        }
        catch (InputRejectedException)
        {
            return null;
        }
    }
}
