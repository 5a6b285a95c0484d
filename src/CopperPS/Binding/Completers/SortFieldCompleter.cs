using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Copper.Client.Entities;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the sort fields that the documentation names for the noun of the cmdlet. Others may be typed all the same.</summary>
public sealed class SortFieldCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var entity = CopperEntities.Searchable.FirstOrDefault(
            entity => commandName.EndsWith("-Copper" + entity.Name, StringComparison.OrdinalIgnoreCase));
        return Completion.Of(entity?.SortFields ?? [], wordToComplete, static field => (field, field));
    }
}
