using System.Globalization;
using System.Text;

namespace Copper.Data.Import;

/// <summary>Comma-separated values as RFC 4180 describes them, and as spreadsheets write them.</summary>
/// <param name="reader">The text.</param>
/// <param name="delimiter">What stands between two cells.</param>
internal sealed class CsvText(TextReader reader, char delimiter)
{
    private const char Quote = '"';
    private int _line;

    /// <summary>A row for each record after the first, which has the headings.</summary>
    /// <exception cref="ImportException">The text is not well formed, or does not fit its headings.</exception>
    public IEnumerable<ImportRow> Rows()
    {
        List<string>? headings = null;
        while (true)
        {
            var first = _line + 1;
            if (ReadRecord() is not { } cells)
            {
                yield break;
            }

            if (cells.TrueForAll(static cell => cell.Length == 0))
            {
                continue;
            }

            if (headings is null)
            {
                headings = cells;
                continue;
            }

            if (cells.Count > headings.Count && cells.Skip(headings.Count).Any(static cell => cell.Length > 0))
            {
                throw Wrong(first, $"has {cells.Count} cells, and there are {headings.Count} headings");
            }

            yield return new ImportRow(headings.Select((heading, place) =>
                new KeyValuePair<string, object?>(heading, place < cells.Count && cells[place].Length > 0 ? cells[place] : null)));
        }
    }

    /// <summary>The cells of the next record, which has several lines where a cell has; null at the end.</summary>
    private List<string>? ReadRecord()
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        _line++;
        var first = _line;
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        while (true)
        {
            var next = reader.Read();
            if (isQuoted)
            {
                switch (next)
                {
                    case < 0:
                        throw Wrong(first, "begins a cell with a quote that nothing closes");
                    case Quote when reader.Peek() == Quote:
                        cell.Append((char)reader.Read());
                        break;
                    case Quote:
                        isQuoted = false;
                        break;
                    default:
                        _line += next == '\n' ? 1 : 0;
                        cell.Append((char)next);
                        break;
                }
            }
            else if (next == Quote && cell.ToString().TrimStart('\uFEFF').Length == 0)
            {
                // A byte order mark that the reader left in front would keep the quotes of the first heading.
                cell.Clear();
                isQuoted = true;
            }
            else if (next == delimiter)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (next is < 0 or '\n' or '\r')
            {
                if (next == '\r' && reader.Peek() == '\n')
                {
                    reader.Read();
                }

                cells.Add(cell.ToString());
                return cells;
            }
            else
            {
                cell.Append((char)next);
            }
        }
    }

    private static ImportException Wrong(int line, string problem) =>
        new(string.Format(CultureInfo.InvariantCulture, "Line {0} {1}.", line, problem));
}
