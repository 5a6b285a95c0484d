using System.Management.Automation;
using Copper.Client.Metadata;
using CopperPS.Binding;

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
        foreach (var parameter in invocation.MyCommand.Parameters.Values)
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

            throw bound.WasTyped(name)
                ? RequestValueConverter.Reject($"-{name} is empty, and {subject} needs one. Give a value.", item.Given)
                : new InputRejectedException(InputRejection.Invalid, Missing(name, subject, item), item.Given)
                {
                    IsOfEveryItem = item.Row is { } row && RowDescription.IsOfAllRows(row.Source, name),
                };
        }
    }

    private static string Missing(string name, string subject, WriteItem item) => item.Row is { } row
        ? RowDescription.NoCell(row.Source, name, subject)
        : $"{char.ToUpperInvariant(subject[0])}{subject.Substring(1)} needs a {name}: give it with -{name}.";
}
