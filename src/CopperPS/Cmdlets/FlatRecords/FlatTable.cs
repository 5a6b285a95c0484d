using System.Globalization;
using System.Management.Automation;
using CopperPS.Binding;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.FlatRecords;

/// <summary>The columns of one entity, its custom fields included, and the rows that they give.</summary>
internal sealed class FlatTable
{
    private readonly string _entity;
    private readonly FlatNames _names;
    private readonly bool _isSafe;
    private readonly CustomFieldCatalog _catalog;
    private readonly List<FlatColumn> _columns;
    private readonly List<(string Name, long DefinitionId)> _fields = [];
    private readonly HashSet<long> _known = [];
    private readonly HashSet<long> _told = [];

    /// <param name="entity">The API's singular word.</param>
    /// <param name="columns">The entity's own columns.</param>
    /// <param name="definitions">Its custom fields, in the order of their columns.</param>
    /// <param name="catalog">What their values mean.</param>
    /// <param name="names">The names behind ids.</param>
    /// <param name="isSafe">No text may be run by a spreadsheet.</param>
    public FlatTable(
        string entity,
        IReadOnlyList<FlatColumn> columns,
        IEnumerable<(long Id, string? Name)> definitions,
        CustomFieldCatalog catalog,
        FlatNames names,
        bool isSafe)
    {
        _entity = entity;
        _names = names;
        _isSafe = isSafe;
        _catalog = catalog;
        _columns = [.. columns];

        // Case does not tell columns apart in PowerShell.
        var taken = new HashSet<string>(columns.Select(static column => column.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var (id, name) in definitions)
        {
            var number = id.ToString(CultureInfo.InvariantCulture);
            var heading = string.IsNullOrWhiteSpace(name) ? number : name!.Trim();
            heading = isSafe ? (string)SpreadsheetText.Neutralize(heading)! : heading;
            if (!taken.Add(heading))
            {
                taken.Add(heading = $"{heading} ({number})");
            }

            _fields.Add((heading, id));
            _known.Add(id);
        }
    }

    /// <summary>The record as one row.</summary>
    /// <param name="record">The record.</param>
    /// <param name="late">The fields without a definition that have a value here for the first time, and no column of the table.</param>
    public PSObject RowOf(ICopperRecord record, out IReadOnlyCollection<long> late)
    {
        var row = new PSObject(FlatRow.Of(_entity));
        var sent = MembersOf(record);
        foreach (var column in _columns)
        {
            // What the service sent, where it does not fit: see AdditionalMembers.
            Add(row, column.Name, column.Read(record, _names) ?? (sent is not null && sent.TryGetValue(WireName(column.Name), out var misfit) ? misfit : null));
        }

        late = record is ICustomFieldRecord fielded ? AddFields(row, fielded.CustomFields) : [];

        return row;
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

    private List<long> AddFields(PSObject row, IEnumerable<CopperCustomFieldValue> fields)
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
            Add(row, name, value);
        }

        var late = new List<long>();
        foreach (var pair in values)
        {
            // A connection is listed among the fields, but is no value of the record.
            if (!_known.Contains(pair.Key) && _catalog.Find(pair.Key) is null && pair.Value is not (null or "" or JsonArray { Count: 0 }))
            {
                Add(row, pair.Key.ToString(CultureInfo.InvariantCulture), pair.Value);
                if (_told.Add(pair.Key))
                {
                    late.Add(pair.Key);
                }
            }
        }

        return late;
    }

    private void Add(PSObject row, string name, object? value)
    {
        var cell = value switch
        {
            null or "" => null,
            DateTime day => FlatNames.Day(day),

            // 1000.0 comes from the service as well as 1000.
            decimal number => number / 1.0000000000000000000000000000m,
            string or bool or long or double => value,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null,
        };

        // The names are unique: PowerShell need not look for the same one again.
        row.Properties.Add(new PSNoteProperty(name, _isSafe ? SpreadsheetText.Neutralize(cell) : cell), preValidated: true);
    }
}
