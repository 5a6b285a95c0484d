namespace Copper.Data.Import;

/// <summary>A row of a file: headings and cells, which are text or the typed values that a reader of spreadsheets gives.</summary>
public sealed class ImportRow
{
    private readonly Dictionary<string, object?> _cells = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _headings = [];

    /// <summary>A row with these cells, in the order of the file.</summary>
    public ImportRow(IEnumerable<KeyValuePair<string, object?>> cells)
    {
        foreach (var cell in cells)
        {
            if (!_cells.ContainsKey(cell.Key))
            {
                _headings.Add(cell.Key);
            }

            _cells[cell.Key] = cell.Value is DBNull ? null : cell.Value;
        }
    }

    /// <summary>The headings, in the order of the file.</summary>
    public IReadOnlyList<string> Headings => _headings;

    /// <summary>The row has this heading, whatever stands below it; rows of one list may differ.</summary>
    public bool Has(string heading) => _cells.ContainsKey(heading);

    /// <summary>What stands below a heading; null for nothing, and where the row has no such heading.</summary>
    public object? this[string heading] => _cells.TryGetValue(heading, out var cell) ? cell : null;
}
