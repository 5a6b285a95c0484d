using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Copper.Client.Http.Errors;
using CopperPS.Connection;

namespace CopperPS.Binding;

/// <summary>Offers the account's tags: from the session's cache, or by one quick request. Without a session nothing is offered.</summary>
public sealed class TagCompleter : IArgumentCompleter
{
    /// <summary>Longer than this nobody wants to wait for a suggestion.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if ((fakeBoundParameters["Session"] as CopperSession ?? DefaultSession.Current) is not { IsClosed: false } session)
        {
            return [];
        }

        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var client = session.Client;
            var tags = client.Cache.GetAsync("tags", client.GetTagsAsync, deadline.Token).GetAwaiter().GetResult();
            return Completion.Of(tags.Where(static tag => tag.Name is not null), wordToComplete, static tag => (tag.Name!, $"{tag.Name} ({tag.Count} records)"));
        }
        catch (Exception exception) when (exception is CopperException or OperationCanceledException or ObjectDisposedException)
        {
            return [];
        }
    }
}
