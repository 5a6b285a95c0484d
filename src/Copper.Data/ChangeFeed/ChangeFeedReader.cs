using System.Runtime.CompilerServices;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.ChangeFeed;

/// <summary>
/// Reads what has changed in an account since the last run: created, updated, converted and, on demand, deleted records. Whoever has
/// taken all changes commits the state; who is interrupted gets them again.
/// </summary>
/// <example><code>
/// using var state = ChangeFeedState.Open("copper.state");
/// await foreach (var change in new ChangeFeedReader(client, state).ReadAsync())
/// {
///     Console.WriteLine(change);
/// }
///
/// state.Prepare();
/// state.Commit();
/// </code></example>
/// <param name="client">Whose account it is.</param>
/// <param name="state">How far the feed has come; it is advanced in memory, and kept by whoever owns it.</param>
/// <param name="options">What is read.</param>
/// <param name="progress">Is told how far it has come; null for nobody.</param>
public sealed class ChangeFeedReader(
    CopperClient client, ChangeFeedState state, ChangeFeedOptions? options = null, IProgress<ImportProgress>? progress = null)
{
    private readonly ChangeFeedOptions _options = options ?? new ChangeFeedOptions();
    private readonly List<string> _warnings = [];

    /// <summary>What the user should know of the last run, in sentences, each once.</summary>
    public IReadOnlyList<string> TakeWarnings()
    {
        string[] taken = [.. _warnings];
        _warnings.Clear();
        return taken;
    }

    /// <summary>Reads the changes. The state is complete once the enumeration is.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ChangeFeedException">The state is of another account.</exception>
    /// <exception cref="CopperException">The service rejects the credential, or cannot be reached.</exception>
    /// <exception cref="IOException">What is handed out cannot be noted beside the state.</exception>
    public async IAsyncEnumerable<CopperChange> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var user = await client.GetCurrentUserAsync(cancellationToken).ConfigureAwait(false);
        var account = await client.GetAccountAsync(cancellationToken).ConfigureAwait(false);
        if (state.AccountId is { } known && known != account.Id)
        {
            throw new ChangeFeedException(
                $"The state is of the account {known}, and the session is connected to account {account.Id} ({account.Name}). Give each "
                    + "account a file of its own.");
        }

        state.ReadTaken(account.Id);
        var reader = CopperEntities.User.Write(user).ToString();
        var changes = new RecordChanges(client, Warn);
        var feeds = _options.EntityNames().Select(name => new EntityFeed(
            client, RecordAccess.Of(client, name), state.Of(name), reader, changes, _options, Warn, progress)).ToArray();
        var readsAll = _options.IsFull || _options.IncludesDeleted;
        for (var place = 0; place < feeds.Length && !readsAll; place++)
        {
            readsAll = await feeds[place].HasComeIntoSightAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var feed in feeds)
        {
            await foreach (var change in feed.ReadAsync(readsAll, ServiceNow(), cancellationToken).ConfigureAwait(false))
            {
                state.NoteTaken(change, account.Id, reader);
                yield return change;
            }
        }

        await foreach (var change in ConversionsAsync(changes, cancellationToken).ConfigureAwait(false))
        {
            state.NoteTaken(change, account.Id, reader);
            yield return change;
        }

        state.AccountId = account.Id;
    }

    /// <summary>
    /// The conversion of a lead need not move its time of modification. The person or the opportunity that has come of it says which lead
    /// it was.
    /// </summary>
    private async IAsyncEnumerable<CopperChange> ConversionsAsync(
        RecordChanges changes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_options.EntityNames().Contains(CopperEntityNames.Lead))
        {
            yield break;
        }

        var access = RecordAccess.Of(client, CopperEntityNames.Lead);
        var known = state.Of(CopperEntityNames.Lead);
        var ids = changes.Origins
            .Where(id => known.Images.TryGetValue(id, out var image) && !RecordChanges.WasConverted(access.Entity, image))
            .ToArray();
        for (var start = 0; start < ids.Length; start += SearchQuery.LargestPage)
        {
            var filter = new JsonBody
            {
                ["ids"] = ids.Skip(start).Take(SearchQuery.LargestPage).ToArray(),
                [access.Entity.ConvertedRecordsFilter!] = true,
            };
            await foreach (var lead in access.Search(new SearchQuery { Filter = filter })
                .WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (await changes.OfAsync(access.Entity, known, lead, cancellationToken).ConfigureAwait(false) is { } change)
                {
                    yield return change;
                }
            }
        }
    }

    /// <summary>The service's clock: what was modified before this moment may be read from now on.</summary>
    private DateTimeOffset ServiceNow() =>
        _options.ServiceClock?.Invoke() ?? DateTimeOffset.UtcNow + client.Statistics.ServiceClockAhead;

    private void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }
}
