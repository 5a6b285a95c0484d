using System.Management.Automation;
using Copper.Client.Metadata;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// The parameters without which nothing is created, for items of the pipeline: PowerShell demands them on the command line only.
/// </summary>
internal static class MandatoryParameters
{
    /// <summary>Rejects an item that lacks one.</summary>
    /// <param name="cmdlet">Whose parameters these are.</param>
    /// <param name="invocation">The command.</param>
    /// <param name="bound">Which parameters are specified.</param>
    /// <param name="item">The current item.</param>
    /// <param name="subject">What is created, in words with an article.</param>
    /// <param name="isGiven">A field is given by -Property.</param>
    /// <exception cref="InputRejectedException">A parameter is missing or empty.</exception>
    public static void Check(
        object cmdlet, InvocationInfo invocation, BoundParameters bound, WriteItem item, string subject, Func<string, bool> isGiven)
    {
        var missing = new List<string>();
        foreach (var parameter in PositionalScriptBlock.ParametersOf(invocation).Values)
        {
            if (!parameter.ParameterSets.TryGetValue(RowSets.Values, out var set) || !set.IsMandatory)
            {
                continue;
            }

            var name = parameter.Name;
            var field = ParameterMap<FieldAttribute>.Of(cmdlet.GetType())
                .FirstOrDefault(entry => entry.Parameter == name)?.Attribute.Name;
            var value = RecordProperties.Find(cmdlet.GetType(), name)?.GetValue(cmdlet);
            if ((bound.Contains(name, value, item.Record?.Source) && !BoundParameters.IsBlank(value))
                || (field is not null && isGiven(field)))
            {
                continue;
            }

            if (bound.WasTyped(name))
            {
                throw RejectForAll($"-{name} is empty, and {subject} needs one. Give a value.", item.Given);
            }

            if (item.Row is { } row)
            {
                throw new InputRejectedException(
                    InputRejection.Invalid, RowDescription.NoCell(row.Source, name, subject), item.Given)
                {
                    IsOfEveryRow = RowDescription.IsOfAllRows(row.Source, name),
                };
            }

            missing.Add(name);
        }

        if (missing.Count > 0)
        {
            throw RejectForAll(Missing(missing, subject, invocation.MyCommand.Name), item.Given);
        }
    }

    /// <summary>Rejects what is missing or empty whatever comes down the pipeline.</summary>
    public static InputRejectedException RejectForAll(string message, object? given) =>
        new(InputRejection.Invalid, message, given) { IsOfEveryRecord = true };

    /// <summary>What is missing, and how to type it.</summary>
    public static string Missing(IReadOnlyCollection<string> names, string subject, string command)
    {
        var words = Join([.. names.Select(static name => EntityWords.WithArticle(Words(name)))]);
        var typed = string.Join(" ", names.Select(static name => $"-{name} <{Words(name)}>"));
        return $"{char.ToUpperInvariant(subject[0])}{subject.Substring(1)} needs {words}: {command} {typed}. Rows of a table bring "
            + $"{(names.Count == 1 ? "it in the column" : "them in the columns")} {Join([.. names])}.";
    }

    private static string Join(string[] words) => words.Length == 1
        ? words[0]
        : $"{string.Join(", ", words.Take(words.Length - 1))} and {words[words.Length - 1]}";

    /// <summary>The words of a parameter: data type for DataType.</summary>
    private static string Words(string parameter) => string.Concat(parameter.Select(static (letter, place) =>
        char.IsUpper(letter) ? (place == 0 ? string.Empty : " ") + char.ToLowerInvariant(letter) : letter.ToString()));
}
