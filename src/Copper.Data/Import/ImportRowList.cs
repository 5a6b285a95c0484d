using System.Collections;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>
/// The rows of a file of any length: memory holds the first 500, and the others wait in a temporary file that only its owner can read and
/// that goes with the process. Rows are added on one thread, and may then be read on several.
/// </summary>
public sealed class ImportRowList : IReadOnlyList<ImportRow>, IDisposable
{
    private readonly SpilledList<ImportRow> _rows;

    /// <summary>The headings that rows have, once for all rows of one kind.</summary>
    private readonly List<IReadOnlyList<string>> _headings = [];

    /// <summary>An empty list.</summary>
    public ImportRowList() => _rows = new SpilledList<ImportRow>(Write, Read);

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>A row, by its place from 0.</summary>
    public ImportRow this[int index] => _rows[index];

    /// <summary>Adds a row at the end.</summary>
    /// <exception cref="PlanException">The temporary folder cannot take it.</exception>
    public void Add(ImportRow row) => _rows.Add(row);

    /// <summary>The rows in their order.</summary>
    public IEnumerator<ImportRow> GetEnumerator() => _rows.GetEnumerator();

    /// <summary>Closes the temporary file, whose rows cannot be read any more.</summary>
    public void Dispose() => _rows.Dispose();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Write(SpillWriter writer, ImportRow row)
    {
        // The rows of a file have the same headings, one after the other.
        var number = _headings.FindLastIndex(known => known.SequenceEqual(row.Headings, StringComparer.Ordinal));
        if (number < 0)
        {
            number = _headings.Count;
            _headings.Add(row.Headings);
        }

        writer.WriteNumber(number);
        foreach (var heading in row.Headings)
        {
            writer.WriteValue(row[heading]);
        }
    }

    private ImportRow Read(SpillReader reader)
    {
        var headings = _headings[(int)reader.ReadNumber()];
        return new ImportRow(headings, [.. headings.Select(_ => reader.ReadValue())]);
    }
}
