using System.Collections;
using System.Management.Automation;
using Copper.Client.Metadata;
using CopperPS.Binding;
using CopperPS.Binding.CustomFields;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>The input of the pipeline as a row of a table, for CRM and Hub alike.</summary>
internal static class PipelineRow
{
    /// <summary>
    /// The reason why no record is created from the item, as a sentence; null when it is a row with a property that the command takes.
    /// An item without such a property, for example a text or a number that was piped by mistake, describes no record: each one would
    /// create a further record from the typed parameters.
    /// </summary>
    /// <param name="row">The item.</param>
    /// <param name="entity">What is created.</param>
    /// <param name="invocation">The command.</param>
    public static string? Problem(object row, string entity, InvocationInfo invocation)
    {
        var source = PSObject.AsPSObject(row);
        var taken = Taken(invocation).ToArray();
        if (!RowValues.NamesOf(source).Any(name => taken.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            return RowDescription.ProblemOfFile(row)
                ?? $"The input '{RowDescription.Of(row)}' has none of the properties that "
                    + $"{EntityWords.WithArticle(entity)} is created from: "
                    + $"{string.Join(", ", taken.OrderBy(static name => name, StringComparer.Ordinal))}. Give objects that have some, such "
                    + $"as the rows of a CSV file.{Renamed(source, taken)}";
        }

        return RecordRow.IsForeign(source)
            ? $"'{row}' is an object of the type {source.BaseObject.GetType().FullName}, which is no row of a table, so that no "
                + $"{entity} is "
                + $"created from it. If its properties are meant, select them: Select-Object Name | {invocation.MyCommand.Name}"
            : null;
    }

    /// <summary>
    /// Why no record is created from the item; null when one is. The row of a record that exists is rejected: an export that is piped back
    /// by mistake would create every record a second time. The id of a record of another kind, and that of a table of a database, is not
    /// one of this kind. What comes from the other product, the CRM or the CopperHub, is rejected as a whole.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="entity">What is created.</param>
    /// <param name="command">The command.</param>
    public static InputRejectedException? RejectionOfNew(WriteItem item, string entity, string command)
    {
        if (item.Row is not { } row)
        {
            return item.Record is { EntityType: { } other } record && IsHub(other) != IsHub(entity)
                ? ReferenceRejections.OtherProduct(record.ToString(), other, entity, command, record.Source)
                : null;
        }

        if (row.Origin is { EntityType: { } kind, IsWhole: true } && IsHub(kind) != IsHub(entity))
        {
            return ReferenceRejections.OtherProduct("The row", kind, entity, command, row.Source);
        }

        if (PSObject.AsPSObject(row.Source).BaseObject is not (PSCustomObject or IDictionary)
            || row["Id"] is not { } cell || CopperReference.From(cell).Id is not > 0
            || (row.Origin.EntityType is { } origin && !string.Equals(origin, entity, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var id = CellValue.Describe(cell);
        var update = entity == "hub task comment"
            ? string.Empty
            : $"To update {entity} {id}, use Set-Copper{EntityWords.ToNoun(entity)}. ";
        return RequestValueConverter.Reject(
            $"The row has the Id {id}, and {command} would create another {entity}. Nothing was sent. {update}To create a new one, also "
                + $"where the Id is that of another system, remove or rename the column: Select-Object * -ExcludeProperty Id | {command}",
            row.Source);
    }

    /// <summary>The columns that differ from a property by a space or a hyphen only, as a sentence.</summary>
    private static string Renamed(PSObject row, IReadOnlyCollection<string> taken)
    {
        var meant = RowDescription.IsRow(row)
            ? RowValues.NamesOf(row)
                .Select(column => (Column: column, Meant: taken.FirstOrDefault(name => CustomFieldColumns.IsSpelling(column, name))))
                .Where(static pair => pair.Meant is not null)
                .Select(static pair => (pair.Column, pair.Meant!))
                .ToArray()
            : [];
        return meant.Length == 0 ? string.Empty
            : $" {string.Join(", ", meant.Select(static pair => $"'{VisibleText.Of(pair.Column)}' may mean {pair.Item2}"))}. "
                + CustomFieldColumns.RenamingOf(meant);
    }

    private static bool IsHub(string entity) => entity.StartsWith("hub ", StringComparison.OrdinalIgnoreCase);

    /// <summary>The properties that the command takes.</summary>
    private static IEnumerable<string> Taken(InvocationInfo invocation) => PositionalScriptBlock.ParametersOf(invocation).Values
        .Where(static parameter => parameter.ParameterSets.Values.Any(static set => set.ValueFromPipelineByPropertyName))
        .Select(static parameter => parameter.Name);
}
