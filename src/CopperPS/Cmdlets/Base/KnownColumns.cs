using System.Collections;
using System.Management.Automation;
using CopperPS.Binding;
using CopperPS.Binding.CustomFields;

namespace CopperPS.Cmdlets.Base;

/// <summary>The columns of rows that a cmdlet without custom fields uses, or knows as what a record shows. Others are named once.</summary>
/// <param name="entity">The entity, in the API's singular word.</param>
/// <param name="model">What a record of it shows.</param>
/// <param name="parameters">The parameters of the cmdlet.</param>
/// <param name="warn">Writes a warning.</param>
internal sealed class KnownColumns(string entity, Type model, IEnumerable<ParameterMetadata> parameters, Action<string> warn)
{
    private readonly HashSet<string> _known = new(
        CustomFieldColumns.KnownNames(entity, model, parameters), StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _warned = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Warns of columns that are not used, each of them once.</summary>
    /// <exception cref="Copper.Client.Metadata.InputRejectedException">A column is named almost as one that is meant.</exception>
    public void WarnOfUnknown(RecordRow row)
    {
        var columns = row.Columns.Where(column => !_known.Contains(column) && row[column] is not null).ToArray();
        if (columns.Any(column => CustomFieldColumns.SpellingOf(entity, row, column, _known) is not null))
        {
            throw CustomFieldColumns.Misspelled(entity, row, columns, _known);
        }

        // The properties of any other object, a user of a directory for one, are not columns that somebody wrote.
        if (PSObject.AsPSObject(row.Source).BaseObject is PSCustomObject or IDictionary
            && columns.Where(_warned.Add).ToArray() is { Length: > 0 } unknown)
        {
            warn(CustomFieldColumns.Unused(entity, unknown, _known));
        }
    }
}
