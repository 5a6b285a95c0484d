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
    private readonly HashSet<long> _told = [];

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
    }

    /// <summary>The record as one row. The names that it needs are loaded.</summary>
    public FlatRecord RowOf(ICopperRecord record)
    {
        var cells = new List<KeyValuePair<string, object?>>(_map.Columns.Count + _fields.Count);
        var sent = MembersOf(record);
        foreach (var column in _map.Columns)
        {
            // What the service sent, where it does not fit: see AdditionalMembers.
            var value = column.Read(record, _names);
            Add(cells, column.Name, value ?? (sent is not null && sent.TryGetValue(WireName(column.Name), out var misfit) ? misfit : null));
        }

        IReadOnlyList<long> late = record is ICustomFieldRecord fielded ? AddFields(cells, fielded.CustomFields) : [];
        return new FlatRecord(_map.Entity, cells, late);
    }

    private static AdditionalMembers? MembersOf(ICopperRecord record) => record switch
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

    private static string WireName(string column) => string.Concat(column.Select(static (letter, place) =>
        char.IsUpper(letter) ? (place > 0 ? "_" : string.Empty) + char.ToLowerInvariant(letter) : letter.ToString()));

    private List<long> AddFields(List<KeyValuePair<string, object?>> cells, IEnumerable<CopperCustomFieldValue> fields)
    {
        var values = new Dictionary<long, object?>();
        foreach (var field in fields)
        {
            if (field.DefinitionId is { } id)
            {
                values[id] = _catalog.ValueOf(field);
            }
        }

        foreach (var (name, id) in _fields)
        {
            values.TryGetValue(id, out var value);
            Add(cells, name, value);
        }

        var late = new List<long>();
        foreach (var pair in values)
        {
            // A connection is listed among the fields, but is no value of the record.
            if (!_known.Contains(pair.Key) && _catalog.Find(pair.Key) is null && pair.Value is not (null or "" or JsonArray { Count: 0 }))
            {
                Add(cells, pair.Key.ToString(CultureInfo.InvariantCulture), pair.Value);
                if (_told.Add(pair.Key))
                {
                    late.Add(pair.Key);
                }
            }
        }

        return late;
    }

    private void Add(List<KeyValuePair<string, object?>> cells, string name, object? value)
    {
        var cell = CellText.Normal(value);
        cells.Add(new KeyValuePair<string, object?>(name, _isSafe ? SpreadsheetText.Neutralize(cell) : cell));
    }
}
