using System.Runtime.CompilerServices;
using Copper.Client.Models;

namespace Copper.Client.Webhooks;

/// <summary>The records behind notifications, by the words that notifications use for them.</summary>
public sealed class WebhookRecords
{
    private const string Deletion = "delete";

    /// <summary>So many records of a kind cost as few requests one by one, which returns what is current.</summary>
    private const int FewRecords = 2;

    private readonly Dictionary<string, KindOfRecord> _kinds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The records of an account.</summary>
    public WebhookRecords(CopperClient client)
    {
        if (client is null)
        {
            throw new ArgumentNullException(nameof(client));
        }

        Add(client.Leads);
        Add(client.People);
        Add(client.Companies);
        Add(client.Opportunities);
        Add(client.Projects);
        Add(client.Tasks);
        Add(client.Activities);

        void Add<T>(RecordEndpoint<T> endpoint)
            where T : class, ICopperRecord => _kinds.Add(
                endpoint.Entity.WebhookType!,
                new KindOfRecord(
                    endpoint.Entity,
                    endpoint.Search,
                    async (id, token) => await endpoint.GetAsync(id, token).ConfigureAwait(false)));
    }

    /// <summary>The kinds of records that can be read.</summary>
    public IReadOnlyCollection<string> Types => _kinds.Keys;

    /// <summary>
    /// Adds to each notification the records that it is about. One or two records of a kind, and activities, are read one by one; more are
    /// searched for, 200 in a request. Searches lag behind changes, so a record that the search does not return is read by its id before
    /// it is noted as missing. Of a deletion nothing is read.
    /// </summary>
    /// <exception cref="CopperException">The service did not respond as it should; some may have their records already.</exception>
    public async Task AddRecordsAsync(IReadOnlyCollection<CopperNotification> notifications, CancellationToken cancellationToken = default)
    {
        var needing = notifications.Where(NeedsRecords);
        foreach (var ofType in needing.GroupBy(static notification => notification.Type!, StringComparer.OrdinalIgnoreCase))
        {
            var ids = ofType.SelectMany(static notification => notification.Ids).Distinct().ToArray();
            var found = new Dictionary<long, ICopperRecord>();
            for (var start = 0; start < ids.Length; start += SearchQuery.LargestPage)
            {
                var part = ids.Skip(start).Take(SearchQuery.LargestPage).ToArray();
                await FindAsync(_kinds[ofType.Key], part, found, cancellationToken).ConfigureAwait(false);
            }

            foreach (var notification in ofType)
            {
                foreach (var id in notification.Ids)
                {
                    if (found.TryGetValue(id, out var record))
                    {
                        notification.Records.Add(record);
                    }
                    else
                    {
                        notification.MissingIds.Add(id);
                    }
                }
            }
        }
    }

    /// <summary>
    /// What was created or updated since a moment, one notification a record, with the record. A deletion leaves nothing to be found.
    /// </summary>
    /// <param name="type">The kind of record.</param>
    /// <param name="since">The moment. Of activities the service knows the date of the activity only, which users may edit.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async IAsyncEnumerable<CopperNotification> FindChangesAsync(
        string type, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var kind = _kinds[type];
        var query = new SearchQuery { Filter = new JsonBody { [kind.Entity.UpdatedSinceFilter!] = since } };
        await foreach (var record in kind.Search(query).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var (created, modified) = kind.Entity.DatesOf(record);
            var notification = new CopperNotification
            {
                Type = type,

                // The service's dates are whole seconds, so the first second counts as a whole.
                Event = created is null || created < DateTimeOffset.FromUnixTimeSeconds(since.ToUnixTimeSeconds()) ? "update" : "new",
                Timestamp = modified ?? created,
                IsCatchUp = true,
            };
            notification.Ids.Add(record.Id);
            notification.Records.Add(record);
            yield return notification;
        }
    }

    private bool NeedsRecords(CopperNotification notification) =>
        notification.Event != Deletion
        && notification.Records.Count == 0
        && notification.MissingIds.Count == 0
        && _kinds.ContainsKey(notification.Type!);

    private static async Task FindAsync(
        KindOfRecord kind, long[] ids, Dictionary<long, ICopperRecord> found, CancellationToken cancellationToken)
    {
        if (kind.Entity.IsFoundById && ids.Length > FewRecords)
        {
            await SearchAsync(kind, ids, found, cancellationToken).ConfigureAwait(false);
        }

        foreach (var id in ids.Where(id => !found.ContainsKey(id)))
        {
            await FindOneAsync(kind, id, found, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task SearchAsync(
        KindOfRecord kind, long[] ids, Dictionary<long, ICopperRecord> found, CancellationToken cancellationToken)
    {
        var filter = new JsonBody { ["ids"] = ids };
        if (kind.Entity.ConvertedRecordsFilter is { } converted)
        {
            // Else a lead that was converted since would pass for one that is gone.
            filter[converted] = true;
        }

        var query = new SearchQuery { Filter = filter, First = ids.Length };
        await foreach (var record in kind.Search(query).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            found[record.Id] = record;
        }
    }

    private static async Task FindOneAsync(
        KindOfRecord kind, long id, Dictionary<long, ICopperRecord> found, CancellationToken cancellationToken)
    {
        try
        {
            // The service still returns a deleted activity, as its id and a mark.
            var record = await kind.GetAsync(id, cancellationToken).ConfigureAwait(false);
            if (record is not CopperActivity { IsDeleted: true })
            {
                found[id] = record;
            }
        }
        catch (CopperNotFoundException)
        {
            // Noted as missing.
        }
    }

    /// <summary>How the records of one kind are read.</summary>
    private sealed record KindOfRecord(
        CopperEntity Entity,
        Func<SearchQuery, IAsyncEnumerable<ICopperRecord>> Search,
        Func<long, CancellationToken, Task<ICopperRecord>> GetAsync);
}
