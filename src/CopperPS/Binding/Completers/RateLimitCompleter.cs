using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the rate limits that have a name, and an example of windows.</summary>
public sealed class RateLimitCompleter : IArgumentCompleter
{
    private static readonly Suggestion[] Limits =
    [
        new("Default", "every limit that a source names: 36/6s, 180/1m and 600/10m"),
        new("Documented", "180/1m, as Copper documents today; the other windows too once Copper has responded with 429"),
        new("'18/6s', '90/1m', '300/10m'", "half of the default, when another program uses the account", IsCode: true),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(string.IsNullOrEmpty(wordToComplete) ? Limits : Limits.Where(static limit => !limit.IsCode), wordToComplete);
}
