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
    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _headings;
    private readonly List<string> _ofFirst = [];
    private bool _hasRows;

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
        _headings = new HashSet<string>(columns.Select(static column => column.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var (id, name) in definitions)
        {
            var number = id.ToString(CultureInfo.InvariantCulture);
            var heading = string.IsNullOrWhiteSpace(name) ? number : name!.Trim();
            heading = isSafe ? (string)SpreadsheetText.Neutralize(heading)! : heading;
            if (!_headings.Add(heading))
            {
                _headings.Add(heading = $"{heading} ({number})");
            }

            _fields.Add((heading, id));
            _known.Add(id);
        }
    }

    /// <summary>The record as one row.</summary>
    /// <param name="record">The record.</param>
    /// <param name="late">The headings of values that the table has no column for, and that no record before had.</param>
    public PSObject RowOf(ICopperRecord record, out IReadOnlyCollection<string> late)
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

    private List<string> AddFields(PSObject row, IEnumerable<CopperCustomFieldValue> fields)
    {
        var values = new Dictionary<long, object?>();
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
            Add(row, name, value);
        }

        // A connection is listed among the fields, but is no value of the record.
        others.InsertRange(0, values
            .Where(pair => !_known.Contains(pair.Key) && _catalog.Find(pair.Key)?.DataType != CustomFieldTypes.Connect)
            .Select(static pair => new KeyValuePair<string, object?>(pair.Key.ToString(CultureInfo.InvariantCulture), pair.Value)));
        return AddOthers(row, others.Where(static pair => !IsNone(pair.Value)));
    }

    /// <summary>Adds what the table has no column for, each under the id of its field; a further value of one field has a number after it.</summary>
    private List<string> AddOthers(PSObject row, IEnumerable<KeyValuePair<string, object?>> values)
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

            Add(row, heading, pair.Value);
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
            Add(row, heading, null);
        }

        _hasRows = true;
        return late;
    }

    private static bool IsNone(object? value) => value is null or "" or JsonArray { Count: 0 } or CopperList<string> { Count: 0 };

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
