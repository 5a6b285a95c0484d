using System.Management.Automation;
using Copper.Data.Columns;

namespace CopperPS.Binding;

/// <summary>
/// A row of a table that came down the pipeline: what stands in its columns, of which some fill parameters and some do not.
/// </summary>
internal sealed class RecordRow
{
    private readonly PSObject _row;
    private readonly Dictionary<string, string>? _padded;

    public RecordRow(object source, RecordOrigin origin)
    {
        Source = source;
        Origin = origin;
        _row = PSObject.AsPSObject(source);
        _padded = _row.BaseObject is PSCustomObject ? RowValues.PaddedNamesOf(_row) : null;
    }

    /// <summary>The row as it was given.</summary>
    public object Source { get; }

    /// <summary>The record whose columns these are; a row of somebody else's file has none.</summary>
    public RecordOrigin Origin { get; }

    /// <summary>The row shows every field of a record, as this module wrote it: what it shows in one column is all that there is.</summary>
    public bool ShowsWholeRecord => Origin.IsWhole;

    public IEnumerable<string> Columns => RowValues.NamesOf(_row);

    /// <summary>What stands in a column, as it was before a spreadsheet had to be kept from running it; null for nothing.</summary>
    public object? this[string column] => CellValue.Bare(Find(column)) is { } value && !CellValue.IsBlank(value)
        ? SpreadsheetText.Restore(value)
        : null;

    /// <summary>The column of the name, which may have been kept from being run too.</summary>
    private object? Find(string column) => ValueOf(column)
        ?? (SpreadsheetText.Neutralize(column) is string safe && safe != column ? ValueOf(safe) : null);

    private object? ValueOf(string column) => _row.BaseObject is not PSCustomObject ? RowValues.ValueOf(_row, column)
        : (_row.Properties[column]
            ?? (_padded?.TryGetValue(column, out var given) == true ? _row.Properties[given] : null))?.Value;

    /// <summary>
    /// An object of .NET that is neither a record nor a row of a table: a process, a file. Its properties mean something else,
    /// whatever they are called.
    /// </summary>
    public static bool IsForeign(PSObject value) =>
        value.BaseObject is not (PSCustomObject or System.Collections.IDictionary or Copper.Client.Models.ICopperRecord or CopperReference
            or System.Data.DataRow or System.Data.DataRowView or System.Data.IDataRecord)
        && value.BaseObject.GetType().Assembly is { IsDynamic: false } assembly
        && assembly != typeof(Copper.Client.CopperClient).Assembly
        && assembly != typeof(RecordRow).Assembly;

    /// <summary>The row that was given; null when what was given is none: a record, an id, a text.</summary>
    public static RecordRow? From(object? source)
    {
        if (source is null)
        {
            return null;
        }

        var wrapper = PSObject.AsPSObject(source);
        return wrapper.BaseObject is string or ValueType or Copper.Client.Models.ICopperRecord or CopperReference
            ? null
            : RecordOrigin.Of(wrapper) is { IsRecord: false } origin ? new RecordRow(source, origin) : null;
    }
}
