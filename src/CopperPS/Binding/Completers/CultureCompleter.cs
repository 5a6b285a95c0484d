using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the cultures of countries, to be found by name or by language.</summary>
public sealed class CultureCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(static culture => culture.Name.Length > 0)
                .Select(static culture => new Suggestion(culture.Name, culture.EnglishName, $"{culture.Name} {culture.EnglishName}")),
            wordToComplete);
}
