using System.Globalization;
using System.Text.RegularExpressions;
using Copper.Client.CustomFields;
using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>
/// How a file writes numbers. Alone, 1.500 and 1,500 are a fraction in one notation and thousands in another; 1.234,56 elsewhere in the
/// file proves the decimal comma, and 12.5 the decimal point.
/// </summary>
internal sealed class NumberNotation
{
    private static readonly Regex Doubtful = new("^[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}$", RegexOptions.CultureInvariant);

    /// <summary>One comma that is not before three digits, or that has groups of points before it; or several points.</summary>
    private static readonly Regex Comma = new(
        @"^[+-]?([0-9]+,([0-9]{1,2}|[0-9]{4,})|0+,[0-9]+|[0-9]{4,},[0-9]{3}|[0-9]{1,3}(\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(\.[0-9]{3}){2,})$",
        RegexOptions.CultureInvariant);

    private static readonly Regex Point = new(
        @"^[+-]?([0-9]+\.([0-9]{1,2}|[0-9]{4,})|0+\.[0-9]+|[0-9]{4,}\.[0-9]{3}|[0-9]{1,3}(,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(,[0-9]{3}){2,})$",
        RegexOptions.CultureInvariant);

    /// <summary>Thousands without a separator.</summary>
    private static readonly Regex Long = new("^[+-]?[0-9]{4,}$", RegexOptions.CultureInvariant);

    private (string Text, int Row)? _comma;
    private (string Text, int Row)? _point;
    private bool _isExport;

    private NumberNotation()
    {
    }

    /// <summary>What the numbers of a file prove.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="headings">What their headings stand for.</param>
    /// <param name="isWhole">The file has every column of an export, which writes 1.5 and 1500.</param>
    public static NumberNotation Of(IReadOnlyList<ImportRow> rows, IReadOnlyList<ImportHeading> headings, bool isWhole = false)
    {
        var notation = new NumberNotation();
        var numbers = headings.Where(IsNumber).ToArray();
        for (var place = 0; numbers.Length > 0 && place < rows.Count; place++)
        {
            var row = rows[place];
            foreach (var heading in numbers)
            {
                if (row[heading.Text] is string { Length: > 2 } cell)
                {
                    var text = cell.Trim();
                    notation._comma ??= Comma.IsMatch(text) ? (text, place + 1) : null;
                    notation._point ??= Point.IsMatch(text) ? (text, place + 1) : null;
                    notation._isExport |= isWhole && Long.IsMatch(text);
                }
            }
        }

        return notation;
    }

    /// <summary>The column holds numbers that may have a fraction.</summary>
    public static bool IsNumber(ImportHeading heading) => heading.Column is { Kind: ColumnKind.Number }
        || heading.Field is { DataType: CustomFieldTypes.Number or CustomFieldTypes.Currency or CustomFieldTypes.Percentage };

    /// <summary>The cell, or the number that it is in the notation of the file.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="present">What the record has; null for nothing. A cell that can be read as that changes nothing.</param>
    /// <exception cref="Client.Metadata.InputRejectedException">Which number is meant cannot be told.</exception>
    public object? Read(object? cell, decimal? present = null)
    {
        if (cell is not string text || Doubtful.Match(text.Trim()) is not { Success: true } match)
        {
            return cell;
        }

        text = text.Trim();
        var sign = match.Groups[1].Value;
        var own = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator;
        if (_comma is { } comma && _point is { } point)
        {
            throw CellReader.Reject(
                $"{TwoReadings(text, sign)}, and the file writes numbers in both ways: '{point.Text}' in row {point.Row} and "
                    + $"'{comma.Text}' in row {comma.Row}. Write them all alike, without separators of thousands.",
                cell);
        }

        if ((_comma ?? _point) is not { } proof)
        {
            var (fraction, whole) = (Fraction(text, sign), Whole(text, sign));
            return present == fraction || present == whole ? present
                : _isExport && sign == "." ? fraction
                : throw CellReader.Reject(
                    FormattableString.Invariant(
                        $"{TwoReadings(text, sign)}: no other number of the file shows which. Write {whole} or {Unmistakable(fraction)}."),
                    cell);
        }

        var proven = _comma is null ? "." : ",";
        if (sign == proven)
        {
            // What a culture with a decimal point makes of 1,500 is for the reader of single cells to say.
            return sign == "." || own == "," ? Fraction(text, sign) : cell;
        }

        return own == proven ? Whole(text, sign)
            : throw CellReader.Reject(
                $"{TwoReadings(text, sign)}: '{proof.Text}' in row {proof.Row} of the file has a decimal "
                    + $"{(proven == "," ? "comma" : "point")}, and your culture a decimal {(own == "," ? "comma" : "point")}. "
                    + "Write it without separators of thousands, or run "
                    + $"{Advice.Give(Advice.Program, "the program")} in the culture of the file.",
                cell);
    }

    private static string TwoReadings(string text, string sign) =>
        $"'{text}' can be read as {CellText.Of(Fraction(text, sign))} or as {CellText.Of(Whole(text, sign))}";

    /// <summary>Without the zeros at the end, and with one where three digits would be left.</summary>
    private static string Unmistakable(decimal fraction) =>
        CellText.Of(fraction) is var text && text.IndexOf('.') == text.Length - 4 ? text + "0" : text;

    private static decimal Fraction(string text, string sign) =>
        decimal.Parse(text.Replace(sign, "."), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static decimal Whole(string text, string sign) =>
        decimal.Parse(text.Replace(sign, string.Empty), NumberStyles.Float, CultureInfo.InvariantCulture);
}
