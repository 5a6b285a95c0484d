using System.Globalization;
using System.Management.Automation;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Tells when a row has other values than an earlier row of the same record. It remembers a number for each value, not the rows, so
/// that long files stay streams.
/// </summary>
/// <param name="fields">The fields that the parameters write, in the API's own spelling.</param>
/// <param name="parameters">The parameters of the cmdlet.</param>
internal sealed class RepeatedRows(IEnumerable<string> fields, IEnumerable<ParameterMetadata> parameters)
{
    private const int Blank = 0;

    /// <summary>The columns that are written: no other one is worth a warning.</summary>
    private readonly HashSet<string> _written = new(
        parameters.Where(static parameter => parameter.Name != "Id"
                && parameter.ParameterSets.Values.Any(static set => set.ValueFromPipelineByPropertyName))
            .SelectMany(static parameter => parameter.Aliases.Prepend(parameter.Name))
            .Concat(fields.Select(RecordDifferences.PropertyOf))
            .Concat([
                "Tags", "Emails", "PhoneNumbers", "Websites", "Socials", "Phone", "Phone1", "Phone2", "Phone3", "Email1", "Email2",
                "Email3", "CompanyId", "RelatedId",
            ]),
        StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (int Row, int[] Values)> _seen = new(StringComparer.OrdinalIgnoreCase);
    private int _rows;

    /// <summary>Remembers a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="name">What the record is called in the warning.</param>
    /// <param name="keys">What tells that two rows are about one record.</param>
    /// <param name="isCompared">A column is compared.</param>
    /// <param name="customFields">The values of custom fields, by their labels.</param>
    /// <returns>The warning that an earlier row has other values; null when none has.</returns>
    public string? Add(
        RecordRow row,
        string name,
        IEnumerable<string> keys,
        Func<string, bool> isCompared,
        IEnumerable<(string Label, object? Value)> customFields)
    {
        _rows++;
        var cells = row.Columns.Where(column => _written.Contains(column) && isCompared(column))
            .Select(column => (Label: column, Value: row[column]))
            .Concat(customFields)
            .Where(static cell => !CellValue.IsBlank(cell.Value))
            .Select(cell => (cell.Label, Place: PlaceOf(cell.Label), Value: NumberOf(cell.Value)))
            .ToArray();
        string? warning = null;
        foreach (var key in keys)
        {
            var (earlier, values) = _seen.TryGetValue(key, out var seen) ? seen : (0, []);
            var changed = cells.Where(cell => cell.Place < values.Length && values[cell.Place] is not Blank
                && values[cell.Place] != cell.Value).Select(static cell => cell.Label).Distinct().ToArray();
            if (changed.Length > 0 && warning is null)
            {
                warning = string.Format(
                    CultureInfo.InvariantCulture,
                    "Row {0} is about {1}, as row {2} is, and has other values of: {3}. Those of row {0} count.",
                    _rows,
                    name,
                    earlier,
                    string.Join(", ", changed));
            }

            Array.Resize(ref values, Math.Max(values.Length, _places.Count));
            foreach (var cell in cells)
            {
                values[cell.Place] = cell.Value;
            }

            _seen[key] = (_rows, values);
        }

        return warning;
    }

    private int PlaceOf(string column)
    {
        if (!_places.TryGetValue(column, out var place))
        {
            _places[column] = place = _places.Count;
        }

        return place;
    }

    private static int NumberOf(object? value)
    {
        var number = StringComparer.Ordinal.GetHashCode(CellValue.Describe(value).Trim());
        return number == Blank ? 1 : number;
    }
}
