using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Data.Columns;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>What messages say of a row: its columns, never its values, of which a record has dozens.</summary>
internal static class RowDescription
{
    private const int MostColumns = 8;
    private const int MostLetters = 60;

    /// <summary>The columns that name a record, the best first.</summary>
    private static readonly string[] NamingColumns = ["Name", "FirstName", "LastName", "Email", "Target"];

    /// <summary>It is a row: an object of properties or a hashtable, and no record of this module.</summary>
    public static bool IsRow(object? source) => source is not null
        && PSObject.AsPSObject(source) is { BaseObject: PSCustomObject or IDictionary } row && !TotalCount.Is(row);

    /// <summary>The text of a value, or the columns of a row.</summary>
    public static string Of(object? source) => IsRow(source)
        ? $"a row with the columns {Columns(source!)}"
        : source?.ToString() ?? string.Empty;

    /// <summary>
    /// What tells a row from the others of a file: the Id 7, the Name 'Ada'. Null when nothing does.
    /// </summary>
    public static string? NameOf(object source)
    {
        var row = PSObject.AsPSObject(source);
        string? Cell(string column) => RowValues.ValueOf(row, column) is { } value && !CellValue.IsBlank(value)
            && CellValue.Bare(value) is string or ValueType ? Shortened(CellValue.Describe(value)) : null;
        if (Cell("Id") is { } id)
        {
            return Cell("Name") is { } also ? $"the Id {id} (Name '{also}')" : $"the Id {id}";
        }

        return NamingColumns.Concat(RowValues.NamesOf(row)).FirstOrDefault(column => Cell(column) is not null) is { } name
            ? $"the {VisibleText.Of(name)} '{Cell(name)}'"
            : null;
    }

    /// <summary>
    /// A column that this row lacks is one that no row has: the rows of a file have the same columns. Each hashtable has its own.
    /// </summary>
    public static bool IsOfAllRows(object source, string column)
    {
        var row = PSObject.AsPSObject(source);
        return row.BaseObject is PSCustomObject && !RowValues.NamesOf(row).Contains(column, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Why a row points to no record.</summary>
    /// <param name="source">The row.</param>
    /// <param name="column">The column in which the id should stand.</param>
    /// <param name="wanted">What is meant, in the API's singular word.</param>
    public static string NoId(object source, string column, string wanted)
    {
        var row = PSObject.AsPSObject(source);
        var names = RowValues.NamesOf(row).ToArray();
        if (names.Contains(column, StringComparer.OrdinalIgnoreCase))
        {
            var cell = RowValues.ValueOf(row, column);
            return CellValue.IsBlank(cell)
                ? $"The {column} of the row is empty: give the id of {EntityWords.WithArticle(wanted)}, a positive whole number."
                : $"The {column} '{CellValue.Describe(cell)}' of the row is no id: give that of {EntityWords.WithArticle(wanted)}, a "
                    + "positive whole number.";
        }

        return ProblemOfFile(source)
            ?? $"The row has no column {column} with the id of {EntityWords.WithArticle(wanted)} (columns: {Columns(source)}).";
    }

    /// <summary>Why nothing is created from a row that lacks what is needed.</summary>
    /// <param name="source">The row.</param>
    /// <param name="column">The column in which it should stand.</param>
    /// <param name="subject">What is created, in words with an article.</param>
    public static string NoCell(object source, string column, string subject)
    {
        var names = RowValues.NamesOf(PSObject.AsPSObject(source)).ToArray();
        if (names.Contains(column, StringComparer.OrdinalIgnoreCase))
        {
            return $"The {column} of the row is empty, and {subject} needs one.";
        }

        if (ProblemOfFile(source) is { } problem)
        {
            return problem;
        }

        // 'Full  name' or 'name_' is not read as Name: a guess could fill the wrong field.
        var near = names.FirstOrDefault(name => string.Equals(Letters(name), Letters(column), StringComparison.OrdinalIgnoreCase));
        return $"The row has no column {column}, and {subject} needs one (columns: {Columns(source)})."
            + (near is not null ? $" If the column '{VisibleText.Of(near)}' is meant, call it {column}." : string.Empty)
            + $" A value for all rows is given with -{column}.";
    }

    private static string Letters(string name) => new(name.Where(char.IsLetterOrDigit).ToArray());

    /// <summary>Why no row of the file can be meant: it was read in another way than it was written. Null when any can.</summary>
    public static string? ProblemOfFile(object? source) =>
        IsRow(source) && FileText.ProblemOfHeadings([.. RowValues.NamesOf(PSObject.AsPSObject(source!))]) is { } problem
            ? VisibleText.Of(problem)
            : null;

    private static string Shortened(string text) => text.Length <= MostLetters ? text : text.Substring(0, MostLetters) + "…";

    private static string Columns(object source)
    {
        var names = RowValues.NamesOf(PSObject.AsPSObject(source)).ToArray();
        var shown = string.Join(", ", names.Take(MostColumns).Select(VisibleText.Of));
        return names.Length == 0 ? "none"
            : names.Length <= MostColumns ? shown
            : string.Format(CultureInfo.InvariantCulture, "{0} and {1} more", shown, names.Length - MostColumns);
    }
}
