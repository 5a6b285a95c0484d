namespace Copper.Data.Columns;

/// <summary>A record as one row for CSV files, spreadsheets and databases.</summary>
public sealed class FlatRecord
{
    internal FlatRecord(string entity, IReadOnlyList<KeyValuePair<string, object?>> cells, IReadOnlyList<string> lateFields)
    {
        Entity = entity;
        Cells = cells;
        LateFields = lateFields;
    }

    /// <summary>The entity, in the API's singular word.</summary>
    public string Entity { get; }

    /// <summary>
    /// Headings and what stands below them, in the order of the columns: text, a number, true or false; null for nothing.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Cells { get; }

    /// <summary>
    /// The headings of values that no column of the first row is for and that appear here for the first time: of fields whose definition
    /// is gone or belongs to other entities, and second values of one field. They are in this row and were not in the rows before it.
    /// </summary>
    public IReadOnlyList<string> LateFields { get; }
}
