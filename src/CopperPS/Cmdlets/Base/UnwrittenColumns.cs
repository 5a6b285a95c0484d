using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// The columns of rows that show what nobody can write, such as InteractionCount. The user is told of each of them once: of a record that
/// exists and is read, only when the cell differs from it.
/// </summary>
/// <param name="entity">The entity, in the API's singular word.</param>
/// <param name="model">What a record of it shows.</param>
/// <param name="parameters">The parameters of the cmdlet: their columns are written.</param>
internal sealed class UnwrittenColumns(string entity, Type model, IEnumerable<ParameterMetadata> parameters)
{
    private readonly string[] _columns = Find(entity, model, parameters);
    private readonly HashSet<string> _typed = new(parameters.Select(static parameter => parameter.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Requests in flight read records on threads of their own.</summary>
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Some column of the row may be worth a warning: only the record as it stands tells.</summary>
    public bool NeedsRecord(RecordRow row) => Columns(row).Any(column => !_told.ContainsKey(column));

    /// <summary>The warning about the columns of a row that no record is compared with; null when there is nothing to say.</summary>
    public string? WarningOf(RecordRow row) => Warning(Columns(row).Where(column => _told.TryAdd(column, true)), null);

    /// <summary>The warning about the cells that differ from the record as it stands; null when there is nothing to say.</summary>
    public string? WarningOf(RecordRow row, ICopperRecord present) => RowTimes.ShowsOtherVersion(row, present)
        ? null
        : Warning(
            Columns(row).Where(column =>
                !ShownColumns.IsShown(row, column, row[column]!, present) && _told.TryAdd(column, true)),
            present);

    private IEnumerable<string> Columns(RecordRow row) => PSObject.AsPSObject(row.Source).BaseObject is PSCustomObject or IDictionary
        ? _columns.Where(column => row[column] is string or ValueType)
        : [];

    private string? Warning(IEnumerable<string> columns, ICopperRecord? present)
    {
        var told = columns.ToArray();
        var which = told.Length == 1 ? "This column is" : "These columns are";
        var where = present is null ? string.Empty : $", and the row differs there from {present.GetEntityType()} {present.Id}";
        return told.Length == 0 ? null
            : $"{which} not written{where}: {string.Join(", ", told)}. "
                + (told.FirstOrDefault(_typed.Contains) is { } parameter
                    ? $"Rows do not fill every parameter: give the value with -{parameter}."
                    : "The service sets what stands there.");
    }

    private static string[] Find(string entity, Type model, IEnumerable<ParameterMetadata> parameters)
    {
        var written = new HashSet<string>(
            parameters
                .Where(static parameter => parameter.ParameterSets.Values.Any(
                    static set => set.ValueFromPipelineByPropertyName || set.ValueFromPipeline))
                .SelectMany(static parameter => parameter.Aliases.Prepend(parameter.Name)),
            StringComparer.OrdinalIgnoreCase) { "Id", RowTimes.Modified };
        var columns = ColumnMap.Of(entity) is { } map
            ? map.Columns.Where(static column => column.IsServerSet || column.IsSetOnce).Select(static column => column.Name)
            : model.GetProperties().Select(static property => property.Name);
        return [.. columns.Where(column => !written.Contains(column))];
    }
}
