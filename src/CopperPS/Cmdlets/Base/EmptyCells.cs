using System.Globalization;
using System.Management.Automation;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Cells of rows that are empty where the record has a value. A row removes nothing, so that a cell which somebody cleared changes nothing:
/// that is said once.
/// </summary>
/// <param name="entity">The entity, in the API's singular word.</param>
/// <param name="command">The command, for the message.</param>
/// <param name="parameters">The parameters of the command: their columns are written.</param>
/// <param name="wasTyped">A parameter has a value on the command line, which is written whatever the row shows.</param>
internal sealed class EmptyCells(
    string entity, string command, IEnumerable<ParameterMetadata> parameters, Func<string, bool> wasTyped)
{
    private static readonly string[] NeverCleared = ["Id", "Name"];

    private readonly Dictionary<string, string> _fields = FieldsOf(parameters);

    /// <summary>The columns whose cells the record fills, with the number of rows. Requests in flight read records on their own threads.
    /// </summary>
    private readonly Dictionary<string, int> _cleared = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _empty = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The record of a row as it stands is known.</summary>
    public void Note(RecordRow row, ICopperRecord present)
    {
        // The record may have got the value after the row was exported: then nobody cleared the cell.
        if (RowTimes.ShowsOtherVersion(row, present))
        {
            return;
        }

        foreach (var column in ColumnsOf(row).Where(column => HasValue(present, column)))
        {
            lock (_cleared)
            {
                _cleared.TryGetValue(column, out var count);
                _cleared[column] = count + 1;
            }
        }
    }

    /// <summary>The record of a row is not read: whether a cell was cleared is not known.</summary>
    public void NoteUnread(RecordRow row) => _empty.UnionWith(ColumnsOf(row).Where(_fields.ContainsKey));

    /// <summary>What was cleared in vain; null for nothing.</summary>
    public string? Warning() => _cleared.Count == 0 ? null
        : "An empty cell changes nothing, and the records have values there: "
            + $"{string.Join(", ", _cleared.Select(static cell => $"{VisibleText.Of(cell.Key)} ({Rows(cell.Value)})"))}. "
            + Advice(_cleared.Keys.First());

    /// <summary>What may have been cleared in vain, where no record was read; null for nothing.</summary>
    public string? Note() => _empty.Count == 0 ? null
        : $"Empty cells change nothing: {string.Join(", ", _empty.Select(VisibleText.Of))}. {Advice(_empty.First())}";

    private static string Rows(int count) =>
        count == 1 ? "1 row" : string.Format(CultureInfo.InvariantCulture, "{0} rows", count);

    private string Advice(string column) =>
        (ColumnMap.Of(entity) is null || entity == CopperEntityNames.Activity ? string.Empty
            : $"To clear by empty cells: Import-CopperRecord {EntityWords.ToNoun(entity)} -MatchOn Id -EmptyClears. ")
        + (_fields.TryGetValue(column, out var parameter) ? $"To clear one field: {command} -{parameter} $null." : string.Empty);

    private IEnumerable<string> ColumnsOf(RecordRow row) => PSObject.AsPSObject(row.Source).BaseObject is PSCustomObject
        ? row.Columns.Where(column => row[column] is null && !wasTyped(column)
            && !NeverCleared.Contains(column, StringComparer.OrdinalIgnoreCase))
        : [];

    private bool HasValue(ICopperRecord present, string column)
    {
        if (ColumnMap.Of(entity)?.Find(column) is { CanBeWritten: false })
        {
            return false;
        }

        return _fields.ContainsKey(column)
            ? !IsNothing(RecordProperties.ValueOf(present, column)) || !IsNothing(RecordProperties.ValueOf(present, Property(column)))
                || (present is IAddressedRecord { Address: { } address } && !IsNothing(RecordProperties.ValueOf(address, column)))
            : present is ICustomFieldRecord record && record.CustomFields.Any(field => !field.IsEmpty
                && string.Equals(field.Name?.Trim(), column, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The property of the record behind a parameter: AssigneeId of Assignee.</summary>
    private string Property(string column) => _fields[column] is { } parameter ? parameter + "Id" : column;

    private static bool IsNothing(object? value) =>
        value is null or "" || (value is System.Collections.IEnumerable list and not string && !list.Cast<object?>().Any());

    /// <summary>The columns that rows fill, by all their names, and the parameters that they fill.</summary>
    private static Dictionary<string, string> FieldsOf(IEnumerable<ParameterMetadata> parameters)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parameters.Where(static parameter => parameter.Name != "Id"
            && parameter.ParameterSets.Values.Any(static set => set.ValueFromPipelineByPropertyName)))
        {
            foreach (var name in parameter.Aliases.Prepend(parameter.Name))
            {
                fields[name] = parameter.Name;
            }
        }

        return fields;
    }
}
