using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Copper.Client.Metadata;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the countries by their two-letter codes, to be found by code or by name.</summary>
public sealed class CountryCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            Countries.All.Select(static country => new Suggestion(country.Key, country.Value, $"{country.Key} {country.Value}")),
            wordToComplete);
}
