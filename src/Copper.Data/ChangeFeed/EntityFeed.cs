using System.Runtime.CompilerServices;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.ChangeFeed;

/// <summary>
/// Reads what has changed in the records of one entity. The newest modifications come first in a search sorted by them, and the same
/// response says how many records there are: where that number is not what it should be, records have come or gone out of sight without
/// being modified, and all are read.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="access">The records.</param>
/// <param name="known">What earlier runs have read of them.</param>
/// <param name="reader">Who reads, with what the service says of the user.</param>
/// <param name="changes">Compares them.</param>
/// <param name="options">What is read.</param>
/// <param name="warn">Takes what the user should know.</param>
/// <param name="progress">Is told how far it has come; null for nobody.</param>
internal sealed class EntityFeed(
    CopperClient client,
    RecordAccess access,
    KnownRecords known,
    string reader,
    RecordChanges changes,
    ChangeFeedOptions options,
    Action<string> warn,
    IProgress<ImportProgress>? progress)
{
    private const string Modification = "date_modified";

    /// <summary>So many records are asked for by their ids at once, and read in a page.</summary>
    private const int ChunkSize = SearchQuery.LargestPage;

    /// <summary>So many records that are missing are read one by one, which tells for sure.</summary>
    private const int MostReadAlone = 200;

    private bool _isRefused;
    private bool _isInDoubt;
    private long _top = long.MaxValue;

    private string Plural => access.Entity.Plural;

    /// <summary>
    /// Some of the records that were out of sight can be seen again, so that others that nobody knew of may have come with them.
    /// </summary>
    public async Task<bool> HasComeIntoSightAsync(CancellationToken cancellationToken)
    {
        var ids = known.OutOfSight.OrderBy(static id => id).ToArray();
        try
        {
            for (var start = 0; start < ids.Length; start += ChunkSize)
            {
                var chunk = ids.Skip(start).Take(ChunkSize).ToArray();
                if ((await FindAsync(chunk, cancellationToken).ConfigureAwait(false)).Count > 0)
                {
                    return true;
                }
            }
        }
        catch (CopperPermissionException)
        {
            // Reading the records says so.
        }

        return false;
    }

    /// <summary>Reads the changes.</summary>
    /// <param name="readsAll">All records are read, whatever says that they were modified.</param>
    /// <param name="begun">The time of the service: what is modified from now on belongs to the next run, whatever date it bears.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<CopperChange> ReadAsync(
        bool readsAll, DateTimeOffset begun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _isInDoubt = readsAll || known.ReadUntil is null || known.SeenBy != reader;
        if (!_isInDoubt && access.Entity.Name == CopperEntityNames.Activity)
        {
            warn("Activities cannot be searched by modification, so all of them are read.");
            _isInDoubt = true;
        }

        if (!_isInDoubt)
        {
            await foreach (var change in NewestAsync(known.ReadUntil!.Value - options.Overlap, cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }

        if (_isInDoubt)
        {
            await foreach (var change in AllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }

        if (!_isRefused)
        {
            known.ReadUntil = begun;
        }
    }

    /// <summary>
    /// Reads pages of what was modified last, until the modifications are older than the last run. Every kind of record can be sorted so;
    /// a criterion for the time of modification is not documented for each.
    /// </summary>
    private async IAsyncEnumerable<CopperChange> NewestAsync(
        DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<long>();
        var (skip, last) = (0L, long.MaxValue);
        long? total = null;
        while (true)
        {
            var page = access.Search(new SearchQuery
            {
                Filter = WithConverted([]),
                SortBy = Modification,
                Descending = true,
                First = ChunkSize,
                Skip = skip,
            });
            var records = await TakeAsync(page, isFirst: skip == 0, cancellationToken).ConfigureAwait(false);
            if (records is null)
            {
                yield break;
            }

            foreach (var record in records)
            {
                seen.Add(record.Id);
                if (await changes.OfAsync(access.Entity, known, record, cancellationToken).ConfigureAwait(false) is { } change)
                {
                    yield return change;
                }

                var modified = ModificationOf(record);
                _isInDoubt |= modified > last;
                last = modified;
            }

            if (skip == 0)
            {
                _top = records.Count > 0 ? ModificationOf(records[0]) : 0;
                _isInDoubt |= _top < known.Newest;
            }

            if (_isInDoubt || skip + ChunkSize >= SearchResult<ICopperRecord>.Ceiling)
            {
                _isInDoubt = true;
                yield break;
            }

            // Where a record was deleted meanwhile and another one has slipped to a page that was read before, this count tells.
            total = page.UpperBound;
            skip += ChunkSize;
            if (last < since.ToUnixTimeSeconds() || (total is { } count ? skip >= count : records.Count < ChunkSize))
            {
                break;
            }
        }

        known.Newest = _top;
        if (total <= ChunkSize)
        {
            // These are all, as they were at one moment.
            NoteMissing(seen);
            known.Excess = total.Value - known.Visible;
        }

        _isInDoubt = total is { } expected && expected - known.Excess != known.Visible;
    }

    /// <summary>The records of a page; null where they cannot be had so.</summary>
    private async Task<List<ICopperRecord>?> TakeAsync(Plans.RecordSearch page, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            var records = new List<ICopperRecord>(ChunkSize);
            await foreach (var record in page.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                records.Add(record);
            }

            return records;
        }
        catch (CopperValidationException)
        {
            if (isFirst)
            {
                WarnOfOrder();
            }

            _isInDoubt = true;
        }
        catch (CopperPermissionException exception) when (isFirst)
        {
            Refuse(exception);
        }

        return null;
    }

    private async IAsyncEnumerable<CopperChange> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<long>();
        var newest = 0L;
        var order = new CreationOrder(access, () => WithConverted([]));
        var search = access.Entity.Name == CopperEntityNames.Activity ? access.Search(new SearchQuery { ReadsAll = true }) : null;
        var records = (search ?? order.ReadAsync(cancellationToken)).GetAsyncEnumerator(cancellationToken);
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
                Refuse(exception);
                yield break;
            }

            var record = records.Current;
            newest = Math.Max(newest, ModificationOf(record));
            if (seen.Add(record.Id)
                && await changes.OfAsync(access.Entity, known, record, cancellationToken).ConfigureAwait(false) is { } change)
            {
                yield return change;
            }

            if (seen.Count % SearchQuery.LargestPage == 0)
            {
                progress?.Report(new ImportProgress($"Reading {Plural}", seen.Count, search?.UpperBound ?? order.Total));
            }
        }

        if (_top < known.Newest && newest >= known.Newest)
        {
            // What was modified last is still there, and did not come first.
            WarnOfOrder();
        }

        if (options.IncludesDeleted)
        {
            var missing = known.Images.Keys.Union(known.Taken.Keys).Where(id => !seen.Contains(id)).ToArray();
            known.Missing.Clear();
            await foreach (var change in MissingAsync(missing, cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        else
        {
            NoteMissing(seen);
        }

        known.SeenBy = reader;
        known.Newest = newest;
        known.Excess = (search?.UpperBound ?? order.Total ?? known.Visible) - known.Visible;
    }

    /// <summary>Keeps in mind which records were not found. Only a run that looks for deleted ones asks what became of them.</summary>
    private void NoteMissing(HashSet<long> seen)
    {
        var missing = known.Images.Keys.Where(id => !seen.Contains(id) && !known.Hidden.ContainsKey(id)).ToArray();
        if (known.SeenBy is null || known.SeenBy == reader)
        {
            known.Missing.UnionWith(missing);
            return;
        }

        known.Missing.Clear();
        Hide(missing);
    }

    private void Hide(long[] ids)
    {
        foreach (var id in ids)
        {
            known.Hidden[id] = known.SeenBy!;
        }

        if (ids.Length > 0)
        {
            warn(
                $"{ids.Length} {Plural} are not found, and the user who reads is another, or has other rights, than in the last run. They "
                    + "are not reported as deleted, since they may be there.");
        }
    }

    /// <summary>
    /// Records that an earlier run has read and this one has not: they are asked for again by their ids, and those that are still missing
    /// one by one. Who may not see them any more, or asks as another user, cannot tell.
    /// </summary>
    private async IAsyncEnumerable<CopperChange> MissingAsync(
        long[] missing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // For whom they were there, and who has the same rights now, they are missing.
        var unseen = missing.Where(id => reader != SeenBy(id)).ToArray();
        Hide([.. unseen.Where(id => known.Images.ContainsKey(id) && !known.Hidden.ContainsKey(id))]);
        missing = [.. missing.Except(unseen)];
        var hidden = 0;
        var alone = 0;
        for (var start = 0; start < missing.Length; start += ChunkSize)
        {
            var chunk = missing.Skip(start).Take(ChunkSize).ToArray();
            var found = await FindAsync(chunk, cancellationToken).ConfigureAwait(false);
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
                        if (known.Images.ContainsKey(id) && !known.Hidden.ContainsKey(id))
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
                    yield return changes.Deleted(access.Entity, known, id);
                }
                else if (record is not null
                    && await changes.OfAsync(access.Entity, known, record, cancellationToken).ConfigureAwait(false) is { } change)
                {
                    yield return change;
                }
            }
        }

        if (hidden > 0)
        {
            warn($"{hidden} {Plural} may not be seen any more. They are not reported as deleted.");
        }
    }

    private string SeenBy(long id) => known.Hidden.TryGetValue(id, out var hidden) ? hidden
        : known.Images.ContainsKey(id) ? known.SeenBy ?? reader
        : known.Taken[id].SeenBy;

    /// <summary>Which of the ids a search finds, whether the records can be read or not.</summary>
    private async Task<HashSet<long>> FindAsync(long[] ids, CancellationToken cancellationToken)
    {
        var found = new HashSet<long>();
        if (!access.Entity.IsFoundById)
        {
            return found;
        }

        var query = new SearchQuery { Filter = WithConverted(new JsonBody { ["ids"] = ids }), ReadsAll = true };
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

    /// <summary>Converted leads are no longer found without this, and would look deleted.</summary>
    private JsonBody WithConverted(JsonBody filter)
    {
        if (access.Entity.ConvertedRecordsFilter is { } member)
        {
            filter[member] = true;
        }

        return filter;
    }

    private long ModificationOf(ICopperRecord record) => access.Entity.DatesOf(record).Modified?.ToUnixTimeSeconds() ?? 0;

    private void WarnOfOrder() => warn($"The service does not sort {Plural} by modification, so all of them are read.");

    private void Refuse(CopperPermissionException exception)
    {
        _isRefused = true;
        _isInDoubt = false;
        warn($"The {Plural} cannot be read, so no change of them is reported. {exception.Message}");
    }
}
