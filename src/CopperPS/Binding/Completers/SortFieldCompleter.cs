using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Copper.Client;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the fields that the documentation sorts the noun of the cmdlet by, as the properties are called.</summary>
public sealed class SortFieldCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var entity = CopperEntities.Searchable.FirstOrDefault(
            entity => commandName.EndsWith("-Copper" + entity.Name, StringComparison.OrdinalIgnoreCase));
        return Completion.Of(
            (entity?.SortFields ?? []).Select(SortFields.NameOf).Distinct(),
            (wordToComplete ?? string.Empty).Replace("_", string.Empty),
            static name => (name, name));
    }
}
