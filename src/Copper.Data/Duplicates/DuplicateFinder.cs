using System.Runtime.CompilerServices;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Data.Duplicates;

/// <summary>
/// Finds the duplicates among the people, companies or leads of an account. It reads all of them once, 200 in a request, keeps only what
/// is compared, and reads the records of the groups again, 200 in a request. It writes nothing.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="options">What is searched for, and by which rules.</param>
/// <param name="progress">Is told how far it has come; null for nobody.</param>
public sealed class DuplicateFinder(CopperClient client, DuplicateOptions options, IProgress<DuplicateProgress>? progress = null)
{
    private readonly List<string> _warnings = [];

    /// <summary>Finds duplicates by the rules of their entity.</summary>
    /// <param name="client">Whose account it is.</param>
    /// <param name="entity">The kind of records: person, company or lead.</param>
    public DuplicateFinder(CopperClient client, string entity)
        : this(client, new DuplicateOptions { Entity = entity })
    {
    }

    /// <summary>What was left out, and why; complete when the groups were read.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Finds the groups, those that are certain first.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="InputRejectedException">An option is not valid; no record was read.</exception>
    /// <exception cref="CopperException">The service could not be read.</exception>
    public IAsyncEnumerable<CopperDuplicateGroup> FindAsync(CancellationToken cancellationToken = default)
    {
        DuplicateIndex.CheckEntity(options.Entity);
        return options.Entity switch
        {
            CopperEntityNames.Person => FindAsync(client.People, cancellationToken),
            CopperEntityNames.Company => FindAsync(client.Companies, cancellationToken),
            _ => FindAsync(client.Leads, cancellationToken),
        };
    }

    /// <summary>Finds the groups among records that are at hand, for example those of a snapshot. Sends nothing.</summary>
    /// <param name="records">The records, of the entity of the options; each is kept until the groups are read.</param>
    /// <param name="options">What is compared, and by which rules; with the definitions of the custom fields that rules name.</param>
    /// <param name="warnings">Gets what was left out.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <exception cref="InputRejectedException">An option is not valid.</exception>
    /// <exception cref="ArgumentException">A record is of another entity.</exception>
    public static IReadOnlyList<CopperDuplicateGroup> FindAmong(
        IEnumerable<ICopperRecord> records, DuplicateOptions options, ICollection<string>? warnings = null,
            CancellationToken cancellationToken = default)
    {
        var index = new DuplicateIndex(options);
        var byId = new Dictionary<long, ICopperRecord>();
        foreach (var record in records)
        {
            if (index.Add(record))
            {
                byId[record.Id] = record;
            }
        }

        var found = index.Find(cancellationToken);
        foreach (var warning in found.Warnings)
        {
            warnings?.Add(warning);
        }

        return [.. found.Sets.Select((set, place) => RecordChoice.GroupOf(place + 1, set, [.. set.Ids.Select(id => byId[id])]))];
    }

    private async IAsyncEnumerable<CopperDuplicateGroup> FindAsync<T>(
        RecordEndpoint<T> endpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        _warnings.Clear();
        var index = new DuplicateIndex(await WithCustomFieldsAsync(cancellationToken).ConfigureAwait(false));
        var result = endpoint.Search(new SearchQuery { ReadsAll = true });
        await foreach (var record in result.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            index.Add(record);
            if (index.Count % SearchQuery.LargestPage == 0)
            {
                progress?.Report(new DuplicateProgress($"Reading {endpoint.Entity.Plural}", index.Count, result.UpperBound));
            }
        }

        if (result.IsCut || result.IsRepeating)
        {
            _warnings.Add($"Not all {endpoint.Entity.Plural} could be read: only {result.RecordsRead} were compared.");
        }

        var found = index.Find(cancellationToken);
        _warnings.AddRange(found.Warnings);
        var number = 0;
        var gone = 0;
        foreach (var batch in Batches(found.Sets))
        {
            var records = await ReadAsync(endpoint, [.. batch.SelectMany(static set => set.Ids)], cancellationToken).ConfigureAwait(false);
            foreach (var set in batch)
            {
                var present = set.Ids.Where(records.ContainsKey).Select(id => (ICopperRecord)records[id]).ToArray();
                gone += set.Ids.Count - present.Length;
                if (present.Length > 1)
                {
                    yield return RecordChoice.GroupOf(++number, set, present);
                }
            }
        }

        if (gone > 0)
        {
            _warnings.Add($"{gone} {endpoint.Entity.Plural} of the groups were deleted or hidden meanwhile, and are left out.");
        }
    }

    private static async Task<Dictionary<long, T>> ReadAsync<T>(
        RecordEndpoint<T> endpoint, long[] ids, CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        var records = new Dictionary<long, T>();
        for (var start = 0; start < ids.Length; start += SearchQuery.LargestPage)
        {
            var part = ids.Skip(start).Take(SearchQuery.LargestPage);
            foreach (var record in await endpoint.FindAsync(part, cancellationToken).ConfigureAwait(false))
            {
                records[record.Key] = record.Value;
            }
        }

        return records;
    }

    private async Task<DuplicateOptions> WithCustomFieldsAsync(CancellationToken cancellationToken) =>
        options.CustomFields.Count > 0 || !DuplicateIndex.NeedsCustomFields(options.MatchOn)
            ? options
            : new DuplicateOptions
            {
                Entity = options.Entity,
                MatchOn = options.MatchOn,
                Except = options.Except,
                CustomFields = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false),
            };

    /// <summary>Sets whose records are read by one search.</summary>
    private static IEnumerable<IReadOnlyList<DuplicateSet>> Batches(IReadOnlyList<DuplicateSet> sets)
    {
        var batch = new List<DuplicateSet>();
        var ids = 0;
        foreach (var set in sets)
        {
            if (batch.Count > 0 && ids + set.Ids.Count > SearchQuery.LargestPage)
            {
                yield return batch;
                batch = [];
                ids = 0;
            }

            batch.Add(set);
            ids += set.Ids.Count;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
