using System.Globalization;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Data.Columns;

/// <summary>The columns of one entity, its custom fields included, and the rows that they give.</summary>
internal sealed class FlatTable
{
    private readonly ColumnMap _map;
    private readonly RecordNames _names;
    private readonly bool _isSafe;
    private readonly CustomFieldCatalog _catalog;
    private readonly List<(string Name, long DefinitionId)> _fields = [];
    private readonly HashSet<long> _known = [];
    private readonly HashSet<string> _headings;
    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _ofFirst = [];
    private readonly Dictionary<long, object?> _values = [];
    private bool _hasRows;

    /// <param name="map">The entity's own columns.</param>
    /// <param name="definitions">Its custom fields, in the order of their columns.</param>
    /// <param name="catalog">What their values mean.</param>
    /// <param name="names">The names behind ids.</param>
    /// <param name="isSafe">No text may be run by a spreadsheet.</param>
    public FlatTable(
        ColumnMap map, IEnumerable<(long Id, string? Name)> definitions, CustomFieldCatalog catalog, RecordNames names, bool isSafe)
    {
        _map = map;
        _names = names;
        _isSafe = isSafe;
        _catalog = catalog;
        foreach (var (id, heading) in CustomFieldHeadings.Of(map, definitions, isSafe))
        {
            _fields.Add((heading, id));
            _known.Add(id);
        }

        // Case does not tell columns apart where they become properties of objects in a shell.
        _headings = new HashSet<string>(map.Columns.Select(static column => column.Name), StringComparer.OrdinalIgnoreCase);
        _headings.UnionWith(_fields.Select(static field => field.Name));
    }

    /// <summary>The record as one row. The names that it needs are loaded.</summary>
    public FlatRecord RowOf(ICopperRecord record)
    {
        var cells = new List<KeyValuePair<string, object?>>(_map.Columns.Count + _fields.Count);
        foreach (var column in _map.Columns)
        {
            Add(cells, column.Name, ValueOf(record, column, _names));
        }

        IReadOnlyList<string> late = record is ICustomFieldRecord fielded ? AddFields(cells, fielded.CustomFields) : [];
        return new FlatRecord(_map.Entity, cells, late);
    }

    /// <summary>What stands in a column; what the service sent, where that does not fit the model: see AdditionalMembers.</summary>
    public static object? ValueOf(ICopperRecord record, Column column, RecordNames names) =>
        column.Read(record, names)
        ?? (MembersOf(record) is { Count: > 0 } sent && sent.TryGetValue(column.Member, out var misfit) ? misfit : null);

    /// <summary>What the service sent and the model does not know.</summary>
    internal static AdditionalMembers? MembersOf(ICopperRecord record) => record switch
    {
        CopperPerson person => person.AdditionalMembers,
        CopperCompany company => company.AdditionalMembers,
        CopperLead lead => lead.AdditionalMembers,
        CopperOpportunity opportunity => opportunity.AdditionalMembers,
        CopperProject project => project.AdditionalMembers,
        CopperTask task => task.AdditionalMembers,
        CopperActivity activity => activity.AdditionalMembers,
        _ => null,
    };

    private List<string> AddFields(List<KeyValuePair<string, object?>> cells, IEnumerable<CopperCustomFieldValue> fields)
    {
        var values = _values;
        values.Clear();
        var others = new List<KeyValuePair<string, object?>>();
        foreach (var field in fields)
        {
            var value = _catalog.ValueOf(field);
            if (field.DefinitionId is not { } id)
            {
                // An id that cannot be read is kept among the additional members.
                others.Add(new(field.GetIdText(), value));
            }
            else if (values.TryGetValue(id, out var first) && !IsNone(first) && !Equals(first, value))
            {
                others.Add(new(field.GetIdText(), value));
            }
            else
            {
                values[id] = value;
            }
        }

        foreach (var (name, id) in _fields)
        {
            values.TryGetValue(id, out var value);
            Add(cells, name, value);
        }

        var place = 0;
        foreach (var pair in values)
        {
            // A connection is listed among the fields, but is no value of the record.
            if (!_known.Contains(pair.Key) && _catalog.Find(pair.Key)?.DataType != CustomFieldTypes.Connect)
            {
                others.Insert(
                    place++, new KeyValuePair<string, object?>(pair.Key.ToString(CultureInfo.InvariantCulture), pair.Value));
            }
        }

        _ = others.RemoveAll(static pair => IsNone(pair.Value));
        if (others.Count == 0 && _ofFirst.Count == 0)
        {
            _hasRows = true;
            return [];
        }

        return AddOthers(cells, others);
    }

    /// <summary>
    /// Adds what the table has no column for, each under the id of its field; a further value of one field has a number after it.
    /// Returns the headings that no record before had.
    /// </summary>
    private List<string> AddOthers(List<KeyValuePair<string, object?>> cells, IEnumerable<KeyValuePair<string, object?>> values)
    {
        var late = new List<string>();
        var taken = new HashSet<string>(_headings, StringComparer.OrdinalIgnoreCase);
        foreach (var pair in values)
        {
            var heading = _isSafe ? (string)SpreadsheetText.Neutralize(pair.Key)! : pair.Key;
            for (var number = 2; !taken.Add(heading); number++)
            {
                heading = string.Format(CultureInfo.InvariantCulture, "{0} ({1})", pair.Key, number);
            }

            Add(cells, heading, pair.Value);
            if (!_hasRows)
            {
                _ofFirst.Add(heading);
                _reported.Add(heading);
            }
            else if (_reported.Add(heading))
            {
                late.Add(heading);
            }
        }

        // What the first row has, every row has: a file takes its columns from there.
        foreach (var heading in _ofFirst.Where(taken.Add))
        {
            Add(cells, heading, null);
        }

        _hasRows = true;
        return late;
    }

    private static bool IsNone(object? value) => value is null or "" or JsonArray { Count: 0 } or CopperList<string> { Count: 0 };

    private void Add(List<KeyValuePair<string, object?>> cells, string name, object? value)
    {
        var cell = CellText.Normal(value);
        cells.Add(new KeyValuePair<string, object?>(name, _isSafe ? SpreadsheetText.Neutralize(cell) : cell));
    }
}
