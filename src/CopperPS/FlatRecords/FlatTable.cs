using System.Globalization;
using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.CustomFields;
using Copper.Client.Crm.Models;

namespace CopperPS.FlatRecords;

/// <summary>The columns of one entity, its custom fields included, and the rows that they give.</summary>
internal sealed class FlatTable
{
    private readonly string _entity;
    private readonly FlatNames _names;
    private readonly bool _isSafe;
    private readonly CustomFieldCatalog _catalog;
    private readonly List<FlatColumn> _columns;
    private readonly List<(string Name, long DefinitionId)> _fields = [];

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
        }
    }

    /// <summary>The record as one row.</summary>
    public PSObject RowOf(ICopperRecord record)
    {
        var row = new PSObject(FlatRow.Of(_entity));
        foreach (var column in _columns)
        {
            Add(row, column.Name, column.Read(record, _names));
        }

        if (_fields.Count > 0)
        {
            AddFields(row, ((ICustomFieldRecord)record).CustomFields);
        }

        return row;
    }

    private void AddFields(PSObject row, IEnumerable<CopperCustomFieldValue> fields)
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
