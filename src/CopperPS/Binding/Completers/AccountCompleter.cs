using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Copper.Client;
using CopperPS.Core;

namespace CopperPS.Binding.Completers;

/// <summary>
/// Offers what the account has: from the session's cache, or by one quick request. Whatever goes wrong, and without a
/// session, nothing is offered: a prompt must neither hang nor show an error because somebody pressed Tab.
/// </summary>
public abstract class AccountCompleter : IArgumentCompleter
{
    /// <summary>The longest wait for suggestions; then there are none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private protected AccountCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            if (TypedSession.Of(commandAst, fakeBoundParameters, DefaultSession<CopperSession>.Current) is not { IsClosed: false } session)
            {
                return [];
            }

            var command = new TypedCommand(commandName, parameterName, wordToComplete, fakeBoundParameters, commandAst);
            return Completion.Of(InTime(token => SuggestAsync(session.Client, command, token)), wordToComplete).ToArray();
        }
        catch (Exception)
        {
            return [];
        }
    }

    private protected abstract Task<IEnumerable<Suggestion>> SuggestAsync(
        CopperClient client, TypedCommand command, CancellationToken cancellationToken);

    /// <summary>Runs the work on another thread, so that nothing in it can block the prompt.</summary>
    private static IEnumerable<Suggestion> InTime(Func<CancellationToken, Task<IEnumerable<Suggestion>>> work)
    {
        var deadline = new CancellationTokenSource(Patience);
        var running = Task.Run(() => work(deadline.Token));
        running.ContinueWith(static (_, source) => ((CancellationTokenSource)source!).Dispose(), deadline, TaskScheduler.Default);
        return running.Wait(Patience) ? running.Result : [];
    }
}
