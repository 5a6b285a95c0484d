using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Cells of a file that was read in another encoding than it was written in. They would be written as they look now, and nobody could tell
/// afterwards what they said.
/// </summary>
internal static class DamagedCells
{
    /// <summary>Rejects the row that has one. A record may have the very text from elsewhere: then nobody edited the cell.</summary>
    /// <exception cref="InputRejectedException">A cell of a new record is damaged.</exception>
    public static void Check<T>(FieldCollector<T> fields)
        where T : class, ICopperRecord
    {
        if (fields.Row is not { } row)
        {
            return;
        }

        foreach (var column in row.Columns)
        {
            if (fields.WasTyped(column) || row[column] is not string cell || Rejection(column, cell) is not { } rejection)
            {
                continue;
            }

            if (!fields.IsUpdate)
            {
                throw rejection;
            }

            fields.RejectUnless(present => IsShown(fields, column, cell, present), rejection);
        }
    }

    /// <summary>Rejects a row that has one, where the record is not read.</summary>
    /// <exception cref="InputRejectedException">A cell is damaged.</exception>
    public static void Check(RecordRow? row)
    {
        foreach (var column in row?.Columns ?? [])
        {
            if (row![column] is string cell && Rejection(column, cell) is { } rejection)
            {
                throw rejection;
            }
        }
    }

    private static InputRejectedException? Rejection(string column, string cell) => FileText.ProblemOf(cell) is { } problem
        ? RequestValueConverter.Reject($"The text '{VisibleText.Of(cell)}' in the column {VisibleText.Of(column)} {problem}", cell)
        : null;

    private static bool IsShown<T>(FieldCollector<T> fields, string column, string cell, T present)
        where T : class, ICopperRecord =>
        ShownColumns.IsShown(fields.Row!, column, cell, present)
        || (ColumnMap.Of(fields.Entity.Name)?.Find(column) is { } flat
            && IsSame(flat.Read(present, new RecordNames(fields.Account.Client)), cell))
        || (present is ICustomFieldRecord record && record.CustomFields.Any(field => IsSame(field.DisplayValue, cell)));

    private static bool IsSame(object? value, string cell) =>
        string.Equals(value?.ToString()?.Replace("\r\n", "\n").Trim(), cell.Replace("\r\n", "\n").Trim(), StringComparison.Ordinal);
}
