using System.Runtime.CompilerServices;
using System.Text;
using Copper.Client;
using Copper.Client.Entities;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Search;
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
    /// <summary>So many records are asked for by their ids at once.</summary>
    private const int ChunkSize = 200;

    /// <summary>So many records that are missing are read one by one, which tells for sure.</summary>
    private const int MostReadAlone = 200;

    private readonly ChangeFeedOptions _options = options ?? new ChangeFeedOptions();
    private readonly List<string> _warnings = [];

    /// <summary>Leads from which a person or an opportunity has come that is new or was updated.</summary>
    private readonly HashSet<long> _origins = [];

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

        var reader = CopperEntities.User.Write(user).ToString();
        foreach (var name in _options.Entities)
        {
            await foreach (var change in ReadAsync(RecordAccess.Of(client, name), reader, cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }

        await foreach (var change in ConversionsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return change;
        }

        state.AccountId = account.Id;
    }

    /// <summary>
    /// The conversion of a lead need not move its time of modification. The person or the opportunity that has come of it says which lead
    /// it was.
    /// </summary>
    private async IAsyncEnumerable<CopperChange> ConversionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var access = RecordAccess.Of(client, CopperEntityNames.Lead);
        var known = state.Of(CopperEntityNames.Lead);
        var ids = _origins.Where(id => known.Images.TryGetValue(id, out var image) && !IsConverted(access.Entity.Read(MembersIn(image))))
            .ToArray();
        if (!_options.Entities.Contains(CopperEntityNames.Lead))
        {
            yield break;
        }

        for (var start = 0; start < ids.Length; start += ChunkSize)
        {
            var filter = WithConverted(access, new JsonBody { ["ids"] = ids.Skip(start).Take(ChunkSize).ToArray() });
            await foreach (var lead in access.Search(new SearchQuery { Filter = filter })
                .WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (await ChangeOfAsync(access, known, lead, cancellationToken).ConfigureAwait(false) is { } change)
                {
                    yield return change;
                }
            }
        }
    }

    /// <summary>The service's clock: what was modified before this moment may be read from now on.</summary>
    private DateTimeOffset ServiceNow() =>
        _options.ServiceClock?.Invoke() ?? DateTimeOffset.UtcNow + client.Statistics.ServiceClockAhead;

    private async IAsyncEnumerable<CopperChange> ReadAsync(
        RecordAccess access, string reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = state.Of(access.Entity.Name);

        // What is modified while this run reads belongs to the next one, whatever date it bears: a time in the future moves nothing.
        var begun = ServiceNow();
        var since = known.ReadUntil is { } until && !_options.IsFull && !_options.IncludesDeleted
            ? until - _options.Overlap
            : (DateTimeOffset?)null;
        if (since is not null && access.Entity.Name == CopperEntityNames.Activity)
        {
            Warn("Activities cannot be searched by modification, so all of them are read.");
            since = null;
        }

        var seen = new HashSet<long>();
        var isWhole = since is null;
        if (since is { } from)
        {
            var pages = SearchSince(access, from).GetAsyncEnumerator(cancellationToken);
            await using var disposing = pages.ConfigureAwait(false);
            while (true)
            {
                try
                {
                    if (!await pages.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (CopperValidationException) when (seen.Count == 0)
                {
                    Warn($"The service does not search {access.Entity.Plural} by modification, so all of them are read.");
                    isWhole = true;
                    break;
                }
                catch (CopperPermissionException exception) when (seen.Count == 0)
                {
                    Warn(NotReadable(access, exception));
                    yield break;
                }

                var record = pages.Current;
                if (seen.Count == 0 && access.Entity.DatesOf(record).Modified < from.AddSeconds(-1))
                {
                    Warn($"The service ignores the time of modification in a search of {access.Entity.Plural}, so all of them are read.");
                }

                if (seen.Add(record.Id)
                    && await ChangeOfAsync(access, known, record, cancellationToken).ConfigureAwait(false) is { } change)
                {
                    yield return change;
                }
            }
        }

        if (isWhole)
        {
            var all = access.Search(new SearchQuery { Filter = WithConverted(access, []) });
            var records = all.GetAsyncEnumerator(cancellationToken);
            await using var disposing = records.ConfigureAwait(false);
            while (true)
            {
                try
                {
                    if (!await records.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (CopperPermissionException exception) when (seen.Count == 0)
                {
                    Warn(NotReadable(access, exception));
                    yield break;
                }

                var record = records.Current;
                if (seen.Add(record.Id)
                    && await ChangeOfAsync(access, known, record, cancellationToken).ConfigureAwait(false) is { } change)
                {
                    yield return change;
                }

                if (seen.Count % SearchQuery.LargestPage == 0)
                {
                    progress?.Report(new ImportProgress($"Reading {access.Entity.Plural}", seen.Count, all.UpperBound));
                }
            }

            if (_options.IncludesDeleted)
            {
                var missing = known.Images.Keys.Where(id => !seen.Contains(id)).ToArray();
                await foreach (var change in MissingAsync(access, known, missing, reader, cancellationToken).ConfigureAwait(false))
                {
                    yield return change;
                }

                known.SeenBy = reader;
            }

            known.SeenBy ??= reader;
        }

        known.ReadUntil = begun;
    }

    private static string NotReadable(RecordAccess access, CopperPermissionException exception) =>
        $"The {access.Entity.Plural} cannot be read, so no change of them is reported. {exception.Message}";

    private static RecordSearch SearchSince(RecordAccess access, DateTimeOffset since) => access.Search(new SearchQuery
    {
        Filter = WithConverted(access, new JsonBody { [access.Entity.UpdatedSinceFilter!] = since.ToUnixTimeSeconds() }),
    });

    /// <summary>Converted leads are no longer found without this, and would look deleted.</summary>
    private static JsonBody WithConverted(RecordAccess access, JsonBody filter)
    {
        if (access.Entity.ConvertedRecordsFilter is { } member)
        {
            filter[member] = true;
        }

        return filter;
    }

    /// <summary>What has changed in a record since an earlier run has read it; null for nothing. The record is known from now on.</summary>
    private async Task<CopperChange?> ChangeOfAsync(
        RecordAccess access, KnownRecords known, ICopperRecord record, CancellationToken cancellationToken)
    {
        var now = access.Entity.Write(record);
        var image = ImageOf(now);
        known.Hidden.Remove(record.Id);
        if (!known.Images.TryGetValue(record.Id, out var former))
        {
            NoteOrigins(record);
            known.Images[record.Id] = image;
            return new CopperChange(CopperChangeKind.Created, access.Entity.Name, record.Id)
            {
                Name = record.ToString(),
                Modified = access.Entity.DatesOf(record).Modified,
                Record = record,
            };
        }

        if (former.AsSpan().SequenceEqual(image))
        {
            return null;
        }

        NoteOrigins(record);
        known.Images[record.Id] = image;
        await LoadFieldNamesAsync(record, cancellationToken).ConfigureAwait(false);
        var then = MembersIn(former);
        var (before, after) = ChangedMembers.Between(then, now, record);
        return after.Count == 0 && !ChangedMembers.WasModified(then, now) ? null : new CopperChange(
            IsConverted(record) && !IsConverted(access.Entity.Read(then)) ? CopperChangeKind.Converted : CopperChangeKind.Changed,
            access.Entity.Name,
            record.Id)
        {
            Name = record.ToString(),
            Modified = access.Entity.DatesOf(record).Modified,
            Record = record,
            Before = before,
            After = after,
        };
    }

    /// <summary>The names of custom fields, where they can be had.</summary>
    private async Task LoadFieldNamesAsync(ICopperRecord record, CancellationToken cancellationToken)
    {
        try
        {
            if (record is ICustomFieldRecord)
            {
                await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            Warn($"The custom fields cannot be read, so that changes show their ids. {exception.Message}");
        }
    }

    private static JsonBody MembersIn(byte[] image) => JsonBody.Parse(Encoding.UTF8.GetString(image));

    private void NoteOrigins(ICopperRecord record)
    {
        var origins = record switch
        {
            CopperPerson person => person.LeadsConvertedFrom,
            CopperOpportunity opportunity => opportunity.LeadsConvertedFrom,
            _ => [],
        };
        _origins.UnionWith(origins.Select(static origin => origin.TryGetValue("lead_id", out var id) ? id as long? : null).OfType<long>());
    }

    private static bool IsConverted(ICopperRecord record) =>
        record is CopperLead { ConvertedAt: not null } or CopperLead { ConvertedContactId: not null };

    /// <summary>The id stands first, so that a file of images can be read without looking into them.</summary>
    private static byte[] ImageOf(JsonBody members)
    {
        var image = new JsonBody { ["id"] = members["id"] };
        foreach (var member in members)
        {
            image[member.Key] = member.Value;
        }

        return Encoding.UTF8.GetBytes(image.ToString());
    }

    /// <summary>
    /// Records that an earlier run has read and this one has not: they are asked for again by their ids, and those that are still missing
    /// one by one. Who may not see them any more, or asks as another user, cannot tell.
    /// </summary>
    private async IAsyncEnumerable<CopperChange> MissingAsync(
        RecordAccess access, KnownRecords known, long[] missing, string reader,
            [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // For whom they were there, and who has the same rights now, they are missing.
        var unseen = missing
            .Where(id => reader != (known.Hidden.TryGetValue(id, out var seenBy) ? seenBy : known.SeenBy ?? reader))
            .ToArray();
        var fresh = unseen.Where(id => !known.Hidden.ContainsKey(id)).ToArray();
        foreach (var id in fresh)
        {
            known.Hidden[id] = known.SeenBy!;
        }

        if (fresh.Length > 0)
        {
            Warn(
                $"{fresh.Length} {access.Entity.Plural} are not found, and the user who reads is another, or has other rights, than in "
                    + "the last run. They are not reported as deleted, since they may be there.");
        }

        missing = [.. missing.Except(unseen)];
        var hidden = 0;
        var alone = 0;
        for (var start = 0; start < missing.Length; start += ChunkSize)
        {
            var chunk = missing.Skip(start).Take(ChunkSize).ToArray();
            var found = await FindAsync(access, chunk, cancellationToken).ConfigureAwait(false);
            foreach (var id in chunk)
            {
                ICopperRecord? record = null;
                var isGone = !found.Contains(id);
                if (!isGone || alone++ < MostReadAlone)
                {
                    try
                    {
                        record = await access.GetAsync(id, cancellationToken).ConfigureAwait(false);
                        isGone = record is CopperActivity { IsDeleted: true };
                    }
                    catch (CopperNotFoundException)
                    {
                        // A converted lead is found by a search alone.
                    }
                    catch (CopperPermissionException)
                    {
                        if (!known.Hidden.ContainsKey(id))
                        {
                            hidden++;
                            known.Hidden[id] = reader;
                        }

                        continue;
                    }
                    catch (CopperProtocolException)
                    {
                        // It is there, and cannot be read.
                        continue;
                    }
                }

                if (isGone)
                {
                    yield return Deleted(access, known, id);
                }
                else if (record is not null
                    && await ChangeOfAsync(access, known, record, cancellationToken).ConfigureAwait(false) is { } change)
                {
                    yield return change;
                }
            }
        }

        if (hidden > 0)
        {
            Warn($"{hidden} {access.Entity.Plural} may not be seen any more. They are not reported as deleted.");
        }
    }

    /// <summary>Which of the ids a search finds, whether the records can be read or not.</summary>
    private async Task<HashSet<long>> FindAsync(RecordAccess access, long[] ids, CancellationToken cancellationToken)
    {
        var found = new HashSet<long>();
        if (!access.Entity.IsFoundById)
        {
            return found;
        }

        var query = new SearchQuery { Filter = WithConverted(access, new JsonBody { ["ids"] = ids }) };
        await foreach (var record in client.Search(access.Entity.Path + "/search", query)
            .WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (record.TryGetValue("id", out var id) && id is long number)
            {
                found.Add(number);
            }
        }

        return found;
    }

    private static CopperChange Deleted(RecordAccess access, KnownRecords known, long id)
    {
        var members = MembersIn(known.Images[id]);
        var record = access.Entity.Read(members);
        known.Images.Remove(id);
        known.Hidden.Remove(id);
        return new CopperChange(CopperChangeKind.Deleted, access.Entity.Name, id)
        {
            Name = record.ToString(),
            Before = ChangedMembers.All(members, record),
        };
    }

    private void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }
}
