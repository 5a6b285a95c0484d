namespace Copper.Data.Columns;

/// <summary>A record as one row for CSV files, spreadsheets and databases.</summary>
public sealed class FlatRecord
{
    internal FlatRecord(string entity, IReadOnlyList<KeyValuePair<string, object?>> cells, IReadOnlyList<long> lateFields)
    {
        Entity = entity;
        Cells = cells;
        LateFields = lateFields;
    }

    /// <summary>The entity, in the API's singular word.</summary>
    public string Entity { get; }

    /// <summary>Headings and what stands below them, in the order of the columns: text, a number, true or false; null for nothing.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Cells { get; }

    /// <summary>
    /// The ids of custom fields without a definition that have a value here for the first time: their columns are in this row and were
    /// not in the rows before it.
    /// </summary>
    public IReadOnlyList<long> LateFields { get; }
}
