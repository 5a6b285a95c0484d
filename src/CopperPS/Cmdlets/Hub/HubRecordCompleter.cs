using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using Copper.Client.Hub;
using Copper.Client.Models;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>
/// Offers the ids of organisations and projects, to be found by name: from the session's cache, or by one quick request.
/// Without a session nothing is offered, and for tasks neither: there is no list of all.
/// </summary>
public sealed class HubRecordCompleter : IArgumentCompleter
{
    /// <summary>Longer than this nobody wants to wait for a suggestion.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var current = DefaultSession<CopperHubSession>.Current;
            return TypedSession.Of(commandAst, fakeBoundParameters, current) is not { IsClosed: false } session
                ? []
                : Suggest(
                    Records(session.Client, commandName, parameterName, deadline.Token),
                    (wordToComplete ?? string.Empty).Trim('\'', '"'));
        }
        catch (Exception)
        {
            // A prompt must show no error because somebody pressed Tab.
            return [];
        }
    }

    private static IEnumerable<ICopperRecord> Records(
        CopperHubClient client, string commandName, string parameterName, CancellationToken cancellationToken)
    {
        bool IsAbout(string noun) =>
            Is(parameterName, noun + "Id")
            || (Is(parameterName, "Id")
                && commandName.EndsWith("-CopperHub" + noun, StringComparison.OrdinalIgnoreCase));
        if (IsAbout("Project"))
        {
            return client.Cache.GetAsync("get_projects", client.GetProjectsAsync, cancellationToken).GetAwaiter().GetResult();
        }

        return IsAbout("Organisation")
            ? client.Cache.GetAsync("get_organisations", client.GetOrganisationsAsync, cancellationToken).GetAwaiter().GetResult()
            : [];
    }

    private static CompletionResult[] Suggest(IEnumerable<ICopperRecord> records, string word) =>
    [
        .. from record in records
           let id = record.Id.ToString(CultureInfo.InvariantCulture)
           let name = record.ToString()!
           let rank = id.StartsWith(word, StringComparison.Ordinal) ? 0 : Completion.Rank(name, word)
           where rank is not null
           orderby rank
           select new CompletionResult(id, $"{id} {name}", CompletionResultType.ParameterValue, name),
    ];

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
