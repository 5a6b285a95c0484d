using System.Management.Automation;
using CopperPS.Binding;
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
            return $"The input '{RowDescription.Of(row)}' has none of the properties that "
                + $"{EntityWords.WithArticle(entity)} is created from: "
                + $"{string.Join(", ", taken.OrderBy(static name => name, StringComparer.Ordinal))}. Give objects that have some, such as "
                + "the rows of a CSV file.";
        }

        return RecordRow.IsForeign(source)
            ? $"'{row}' is an object of the type {source.BaseObject.GetType().FullName}, which is no row of a table, so that no "
                + $"{entity} is "
                + $"created from it. If its properties are meant, select them: Select-Object Name | {invocation.MyCommand.Name}"
            : null;
    }

    /// <summary>The properties that the command takes.</summary>
    private static IEnumerable<string> Taken(InvocationInfo invocation) => invocation.MyCommand.Parameters.Values
        .Where(static parameter => parameter.ParameterSets.Values.Any(static set => set.ValueFromPipelineByPropertyName))
        .Select(static parameter => parameter.Name);
}
