using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Copper.Client.Webhooks;
using CopperPS.Binding.Completers;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>Offers the kinds of records about which there are notifications.</summary>
public sealed class WebhookTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(WebhookWords.Types, wordToComplete, static word => (word, word));
}

/// <summary>Offers the kinds of changes about which there are notifications.</summary>
public sealed class WebhookEventCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(WebhookWords.Events, wordToComplete, static word => (word, word));
}
