using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Import;
using CopperPS.Core;

namespace CopperPS.Binding.CustomFields;

/// <summary>
/// The columns of a row that are custom fields, by the names that ConvertTo-CopperFlatRecord gives them: the field's name, its id, or
/// both where a name alone would be another column's: Region (262006).
/// </summary>
/// <param name="entity">The entity, in the API's singular word.</param>
/// <param name="model">What a record of it shows: these columns are no custom fields.</param>
/// <param name="parameters">The parameters, of which those that a row fills are no custom fields either.</param>
/// <param name="warn">Warns of a column that is not used.</param>
internal sealed class CustomFieldColumns(string entity, Type model, IEnumerable<ParameterMetadata> parameters, Action<string> warn)
{
    private readonly HashSet<string> _others = new(KnownNames(entity, model, parameters), StringComparer.OrdinalIgnoreCase);
    /// <summary>Other names of parameters: a custom field of an account may have one of them too.</summary>
    private readonly HashSet<string> _aliases = new(
        parameters.Where(static parameter => parameter.ParameterSets.Values.Any(static set => set.ValueFromPipelineByPropertyName))
            .SelectMany(static parameter => parameter.Aliases)
            .Where(alias => ColumnMap.Of(entity)?.Find(alias) is null && model.GetProperty(alias) is null),
        StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _warned = new(StringComparer.OrdinalIgnoreCase);
    private bool _isUnreadable;

    /// <summary>The fields and their values in the row; an empty cell is not given.</summary>
    /// <param name="row">The row.</param>
    /// <param name="readDefinitions">Reads the definitions of the entity, which is done only when a column may be one.</param>
    /// <exception cref="Copper.Client.Metadata.InputRejectedException">
    /// A cell of that name holds no fields, or several fields have the name of a column.
    /// </exception>
    public Hashtable Find(RecordRow row, Func<IReadOnlyList<CopperCustomFieldDefinition>> readDefinitions)
    {
        var found = new Hashtable();
        Add(found, row["CustomField"]);
        var columns = row.Columns
            .Where(column => (!_others.Contains(column) || _aliases.Contains(column)) && row[column] is not null)
            .ToArray();
        if (columns.Length == 0 || _isUnreadable)
        {
            return found;
        }

        IReadOnlyList<CopperCustomFieldDefinition> definitions;
        try
        {
            definitions = readDefinitions();
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            _isUnreadable = true;
            warn($"The custom fields cannot be read, so these columns are not used: {string.Join(", ", columns)}. {exception.Message}");
            return found;
        }

        var unused = new List<string>();
        foreach (var column in columns)
        {
            var fields = Match(definitions, column, columns);
            if (_aliases.Contains(column))
            {
                RejectAlias(column, fields, row);
                continue;
            }

            if (fields.Length == 0 && SpellingOf(entity, row, column, _others) is not null)
            {
                throw Misspelled(entity, row, columns.Where(other => Match(definitions, other, columns).Length == 0), _others);
            }

            if (fields.Length == 1)
            {
                found[fields[0]] = row[column];
            }
            else if (fields.Length > 1)
            {
                throw CustomFieldRejections.AmbiguousField(column, entity, fields);
            }
            else if (_warned.Add(column))
            {
                unused.Add(column);
            }
        }

        // The properties of any other object, a user of a directory for one, are not columns that somebody wrote.
        if (unused.Count > 0 && PSObject.AsPSObject(row.Source).BaseObject is PSCustomObject or IDictionary)
        {
            warn(Unused(entity, unused, _others));
        }

        return found;
    }

    /// <summary>A column has the other name of a parameter, and a custom field has that name as well: only the user knows.</summary>
    private void RejectAlias(string column, CopperCustomFieldDefinition[] fields, RecordRow row)
    {
        if (fields.Length > 0)
        {
            var parameter = parameters.First(one => one.Aliases.Contains(column, StringComparer.OrdinalIgnoreCase)).Name;
            throw new InputRejectedException(
                InputRejection.AmbiguousName,
                $"The column '{VisibleText.Of(column)}' may be {parameter}, and may be the custom field '{Heading(fields[0])}'. Nothing "
                    + $"was sent. Call it {parameter}, or '{Heading(fields[0])}'.",
                row.Source);
        }
    }

    /// <summary>The warning of columns that are not used.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="known">The columns that are used: one that differs by a hyphen or a space only is named.</param>
    public static string Unused(string entity, IReadOnlyCollection<string> columns, IReadOnlyCollection<string> known)
    {
        var shown = columns.Select(column => known.FirstOrDefault(name => IsSpelling(column, name)) is { } meant
            ? $"{VisibleText.Of(column)} (is {meant} meant?)"
            : Nearest(column, known) is { } near ? $"{VisibleText.Of(column)} (is {near} meant?)"
            : VisibleText.Of(column));
        return $"No field of {EntityWords.WithArticle(entity)} has the name of "
            + $"{(columns.Count == 1 ? "this column, which is" : "these columns, which are")} not used: {string.Join(", ", shown)}.";
    }

    /// <summary>The column that one is misspelled from, by a letter or two; null when none is near.</summary>
    private static string? Nearest(string column, IEnumerable<string> known)
    {
        var sought = column.Trim();
        var near = known.Select(name => (Name: name, Distance: EditDistance.Between(sought, name)))
            .OrderBy(static candidate => candidate.Distance)
            .ThenBy(static candidate => candidate.Name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault();
        return near.Name is { Length: > 3 } && sought.Length > 3 && near.Distance <= 2 && Math.Abs(near.Name.Length - sought.Length) <= 2
            ? near.Name
            : null;
    }

    /// <summary>
    /// The column that is meant by one that differs by a space or a hyphen only, First name for FirstName, or that has another usual
    /// heading, Job title for Title. Null when none is, or the row has both.
    /// </summary>
    public static string? SpellingOf(string entity, RecordRow row, string column, IReadOnlyCollection<string> known) =>
        PSObject.AsPSObject(row.Source).BaseObject is PSCustomObject or IDictionary
            && (known.FirstOrDefault(name => IsSpelling(column, name)) ?? UsualOf(entity, column, known)) is { } meant && row[meant] is null
                ? meant
                : null;

    private static string? UsualOf(string entity, string column, IEnumerable<string> known) =>
        ImportPlanner.ColumnOf(entity, column) is { } usual && known.Contains(usual, StringComparer.OrdinalIgnoreCase) ? usual : null;

    /// <summary>The error of columns that are named almost as those that are meant: their values would be dropped.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="row">The row.</param>
    /// <param name="columns">Its columns that are not known.</param>
    /// <param name="known">The columns that are known.</param>
    public static InputRejectedException Misspelled(
        string entity, RecordRow row, IEnumerable<string> columns, IReadOnlyCollection<string> known)
    {
        var meant = columns.Select(column => (Column: column, Meant: SpellingOf(entity, row, column, known)))
            .Where(static pair => pair.Meant is not null)
            .ToArray();
        var import = CopperEntities.FindPrimary(entity) is null ? string.Empty
            : $" Import-CopperRecord takes such {(meant.Length == 1 ? "a heading as it is" : "headings as they are")}.";
        return new InputRejectedException(
            InputRejection.Invalid,
            $"No field of {EntityWords.WithArticle(entity)} is called "
                + string.Join(", ", meant.Select(static pair => $"'{VisibleText.Of(pair.Column)}' (is {pair.Meant} meant?)"))
                + $". Nothing was sent. {RenamingOf([.. meant.Select(static pair => (pair.Column, pair.Meant!))])}{import}",
            row.Source) { IsOfEveryRow = true };
    }

    /// <summary>How columns are renamed in the pipeline, as a sentence with what to paste.</summary>
    public static string RenamingOf(IReadOnlyCollection<(string Column, string Meant)> columns) =>
        $"To rename {(columns.Count == 1 ? "it" : "them")}, put before the command: Select-Object *, "
            + string.Join(", ", columns.Select(static pair => $"@{{ n = '{pair.Meant}'; e = {{ $_.{Quoted(pair.Column)} }} }}"))
            + $" -ExcludeProperty {string.Join(", ", columns.Select(static pair => Quoted(pair.Column)))}.";

    private static string Quoted(string text) => $"'{VisibleText.Of(text).Replace("'", "''")}'";

    /// <summary>They differ by a space or a hyphen only.</summary>
    public static bool IsSpelling(string column, string name) =>
        column != name && string.Equals(Letters(column), Letters(name), StringComparison.OrdinalIgnoreCase);

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    private static CopperCustomFieldDefinition[] Match(
        IReadOnlyList<CopperCustomFieldDefinition> definitions, string column, string[] columns)
    {
        var heading = (string)SpreadsheetText.Restore(column.Trim());
        var named = definitions
            .Where(field => string.Equals(field.Name?.Trim(), heading, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static field => field.Id)
            .ToArray();

        // Of fields with one name, the flat record tells all but the first by their ids.
        if (named.Length > 1
            && named.Skip(1).All(field =>
                columns.Any(other => string.Equals(other.Trim(), Heading(field), StringComparison.OrdinalIgnoreCase))))
        {
            return [named[0]];
        }

        return named.Length > 0 ? named : [.. definitions.Where(field => heading == Number(field)
            || string.Equals(heading, Heading(field), StringComparison.OrdinalIgnoreCase))];
    }

    private static string Heading(CopperCustomFieldDefinition field) => $"{field.Name?.Trim()} ({Number(field)})";

    private static string Number(CopperCustomFieldDefinition field) => field.Id.ToString(CultureInfo.InvariantCulture);

    private static void Add(Hashtable found, object? cell)
    {
        var entries = cell switch
        {
            null => [],
            IDictionary dictionary => DictionaryEntries.Of(dictionary),
            PSObject { BaseObject: PSCustomObject } record => record.Properties.Select(
                static property => new DictionaryEntry(property.Name, property.Value)),
            _ => throw RequestValueConverter.Reject($"The column CustomField holds '{CellValue.Describe(cell)}', which is no "
                + "hashtable. In a file, a custom field has a column of its own, named after the field.", cell),
        };
        foreach (var entry in entries)
        {
            found[entry.Key] = entry.Value;
        }
    }

    /// <summary>The columns that are known to be something else: parameters, what a flat record has, what a record has.</summary>
    public static IEnumerable<string> KnownNames(string entity, Type model, IEnumerable<ParameterMetadata> parameters) =>
        parameters
            .Where(static parameter => parameter.ParameterSets.Values.Any(static set => set.ValueFromPipelineByPropertyName))
            .SelectMany(static parameter => parameter.Aliases.Prepend(parameter.Name))
            .Concat(ColumnMap.Of(entity)?.Columns.Select(static column => column.Name) ?? [])
            .Concat(model.GetProperties().Select(static property => property.Name))
            .Concat([
                "Phone", "Phone2", "Phone3", "Email1", "Phone1", "RelatedId", "CustomField", "CustomFields", "InputObject", "PSTypeName",
            ]);
}
