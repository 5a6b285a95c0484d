using System.Data;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Import;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>Makes rows of an import of what came down the pipeline.</summary>
internal static class ImportRows
{
    /// <summary>Properties of a row of a database that are no columns.</summary>
    private static readonly HashSet<string> NoColumns = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(DataRow.RowError), nameof(DataRow.RowState), nameof(DataRow.Table), nameof(DataRow.ItemArray), nameof(DataRow.HasErrors),
    };

    /// <summary>The row.</summary>
    /// <param name="item">What was given.</param>
    /// <param name="entity">What is imported, in the API's singular word.</param>
    /// <param name="number">The number of the row, from 1.</param>
    /// <exception cref="InputRejectedException">It is no row, or one of another kind of record.</exception>
    public static ImportRow From(PSObject? item, string entity, int number)
    {
        switch (item?.BaseObject)
        {
            case null:
                throw Wrong(number, "is $null.", null);
            case ICopperRecord record:
                throw Wrong(
                    number,
                    $"is the {record.GetEntityType()} '{record}', not a row. ConvertTo-CopperFlatRecord makes a row of it.",
                    record);
            case string path when IsPath(path):
                throw RequestValueConverter.Reject(
                    $"'{VisibleText.Of(path)}' is a path, not a row: Import-Csv {Argument(path)} | Import-CopperRecord "
                        + $"{EntityWords.ToNoun(entity)} …",
                    path);
            case string or ValueType:
                throw Wrong(
                    number, $"is '{CellValue.Describe(item)}', and no row with columns. Read a file with Import-Csv.", item.BaseObject);
            case FileSystemInfo file:
                throw Wrong(
                    number,
                    $"is the file '{file.Name}', and no row. Read it: Import-Csv '{file.Name.Replace("'", "''")}' | Import-CopperRecord "
                        + $"{EntityWords.ToNoun(entity)} -MatchOn Id.",
                    item);
            case DataRowView view:
                return From(PSObject.AsPSObject(view.Row), entity, number);
        }

        if (RecordRow.IsForeign(item!))
        {
            throw Wrong(
                number,
                $"is an object of the type {item!.BaseObject.GetType().FullName}, and no row of a table. If its properties are meant, "
                    + "select them with Select-Object.",
                item);
        }

        CheckEntity(item!, entity, number);
        var names = RowValues.NamesOf(item!);
        if (item!.BaseObject is DataRow)
        {
            names = names.Where(static name => !NoColumns.Contains(name));
        }

        if (RowValues.SameColumns(item!) is { } same)
        {
            throw Wrong(
                number,
                $"has two columns of one name: '{VisibleText.Of(same.First)}' and '{VisibleText.Of(same.Second)}'. Rename one of "
                    + "them, or leave it out.",
                item);
        }

        var cells = names.Select(name => new KeyValuePair<string, object?>(name, Cell(RowValues.ValueOf(item!, name)))).ToArray();
        return cells.Length == 0 ? throw Wrong(number, "has no columns.", item) : new ImportRow(cells);
    }

    /// <summary>The value without PowerShell's wrapping, and so each of several.</summary>
    private static object? Cell(object? value) => CellValue.Bare(value) switch
    {
        string text => text,
        System.Collections.IDictionary parts => parts,
        System.Collections.IEnumerable list => list.Cast<object?>().Select(Cell).ToArray(),
        var bare => bare,
    };

    private static bool IsPath(string text) =>
        text.IndexOf('\n') < 0 && Regex.IsMatch(text.Trim(), @"\.(csv|tsv|txt|xlsx?|json)$", RegexOptions.IgnoreCase);

    /// <summary>The path as it can be typed.</summary>
    private static string Argument(string path) =>
        Regex.IsMatch(path, @"^[\w./\\:~-]+$") ? path : $"'{VisibleText.Of(path.Replace("'", "''"))}'";

    /// <summary>Ids are unique within one entity only: the id of a lead says nothing of a person.</summary>
    private static void CheckEntity(PSObject row, string entity, int number)
    {
        var origin = RecordOrigin.Of(row);
        if (origin.EntityType is { } kind
            && !string.Equals(kind, entity, StringComparison.OrdinalIgnoreCase)
            && (origin.IsWhole || origin.IsRecord || !CellValue.IsBlank(RowValues.ValueOf(row, "Id"))))
        {
            throw new InputRejectedException(
                InputRejection.EntityMismatch,
                $"Row {number} is of {EntityWords.WithArticle(kind)}, and {EntityWords.WithArticle(entity)} is imported. Nothing was read "
                    + "or sent.",
                row);
        }

        if (origin.IsRecord)
        {
            throw Wrong(number, "is a record, not a row. ConvertTo-CopperFlatRecord makes a row of it.", row);
        }
    }

    private static InputRejectedException Wrong(int number, string problem, object? value) =>
        RequestValueConverter.Reject($"Row {number} {problem}", value);
}
