using System.Collections;

namespace Copper.Data.Import;

/// <summary>A row of a file: headings and cells, which are text or the typed values that a reader of spreadsheets gives.</summary>
public sealed class ImportRow
{
    private readonly Dictionary<string, object?> _cells = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<string> _headings;

    /// <summary>A row with these cells, in the order of the file.</summary>
    /// <exception cref="ImportException">Two headings differ by white space or case alone.</exception>
    public ImportRow(IEnumerable<KeyValuePair<string, object?>> cells)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var headings = new List<string>();
        _headings = headings;
        foreach (var given in cells)
        {
            var cell = new KeyValuePair<string, object?>(WithoutMark(given.Key), given.Value);

            // What stands below no heading at all is rejected with the headings.
            if (!names.Add(cell.Key.Trim()) && cell.Key.Trim().Length > 0)
            {
                var other = headings.First(heading => IsSame(heading, cell.Key));
                throw new ImportException(
                    $"Two columns have one name: '{other}' and '{cell.Key}'. Rename one of them, or leave it out.");
            }

            if (!_cells.ContainsKey(cell.Key))
            {
                headings.Add(cell.Key);
            }

            _cells[cell.Key] = Plain(cell.Value);
        }
    }

    /// <summary>A row as it was, from what was kept of it.</summary>
    internal ImportRow(IReadOnlyList<string> headings, object?[] cells)
    {
        _headings = headings;
        for (var place = 0; place < cells.Length; place++)
        {
            _cells[headings[place]] = cells[place];
        }
    }

    /// <summary>The headings, in the order of the file.</summary>
    public IReadOnlyList<string> Headings => _headings;

    /// <summary>The row has this heading, whatever stands below it; rows of one list may differ.</summary>
    public bool Has(string heading) => _cells.ContainsKey(heading);

    /// <summary>
    /// What stands below a heading; null for nothing, and where the row has no such heading. Several values are an array.
    /// </summary>
    public object? this[string heading] => _cells.TryGetValue(heading, out var cell) ? cell : null;

    /// <summary>
    /// The rows of a CSV file. The first line has the headings, cells may stand in double quotes and hold line breaks then, and lines
    /// without any cell are left out. A row that is shorter than the headings has nothing in the rest.
    /// </summary>
    /// <param name="reader">The file. It stays the caller's.</param>
    /// <param name="delimiter">What stands between two cells: a semicolon where the comma is part of numbers.</param>
    /// <exception cref="ImportException">
    /// Two headings have one name, a row has more cells than there are headings, or a quote is not closed. The message names the line.
    /// </exception>
    /// <example><code>
    /// using var file = File.OpenText("people.csv");
    /// var plan = await planner.PlanAsync(ImportRow.ReadCsv(file));
    /// </code></example>
    public static IReadOnlyList<ImportRow> ReadCsv(TextReader reader, char delimiter = ',') =>
        [.. new CsvText(reader ?? throw new ArgumentNullException(nameof(reader)), delimiter).Rows()];

    private static bool IsSame(string one, string other) =>
        string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Text that was not read from a file keeps the byte order mark of UTF-8 in front, and with it the quotes of the first heading.
    /// </summary>
    private static string WithoutMark(string heading) => heading.Length == 0 || heading[0] != '\uFEFF' ? heading
        : heading.Substring(1) is { Length: > 1 } quoted && quoted[0] == '"' && quoted[quoted.Length - 1] == '"'
            ? quoted.Substring(1, quoted.Length - 2)
            : heading.Substring(1);

    /// <summary>A list of one is that one.</summary>
    private static object? Plain(object? cell)
    {
        if (cell is DBNull)
        {
            return null;
        }

        if (cell is string or IDictionary or not IEnumerable)
        {
            return cell;
        }

        object?[] items = [.. ((IEnumerable)cell).Cast<object?>()];
        return items.Length switch
        {
            0 => null,
            1 => Plain(items[0]),
            _ => items,
        };
    }
}
