using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Search;

namespace Copper.Client.Webhooks;

/// <summary>The records behind notifications, by the words that notifications use for them.</summary>
public sealed class WebhookRecords
{
    private const string Activity = "activity_log";
    private const string Deletion = "delete";

    private readonly CopperClient _client;
    private readonly Dictionary<string, Func<SearchQuery, IAsyncEnumerable<ICopperRecord>>> _searches;

    /// <summary>The records of an account.</summary>
    public WebhookRecords(CopperClient client)
    {
        _client = client ?? throw new ArgumentNullException(nameof(client));
        _searches = new(StringComparer.OrdinalIgnoreCase)
        {
            ["person"] = client.People.Search,
            ["company"] = client.Companies.Search,
            ["lead"] = client.Leads.Search,
            ["opportunity"] = client.Opportunities.Search,
            ["project"] = client.Projects.Search,
            ["task"] = client.Tasks.Search,
            [Activity] = client.Activities.Search,
        };
    }

    /// <summary>The kinds of records that can be read.</summary>
    public IReadOnlyCollection<string> Types => _searches.Keys;

    /// <summary>
    /// Adds to each notification the records that it is about: a request for each kind of record and 200 ids, and one for each
    /// activity, for which there is no search by id. A record that is gone is noted as missing; of a deletion nothing is read.
    /// </summary>
    /// <exception cref="CopperException">The service did not answer as it should; some may have their records already.</exception>
    public async Task AddRecordsAsync(IReadOnlyCollection<CopperNotification> notifications, CancellationToken cancellationToken = default)
    {
        foreach (var ofType in notifications.Where(NeedsRecords).GroupBy(static notification => notification.Type!, StringComparer.OrdinalIgnoreCase))
        {
            var ids = ofType.SelectMany(static notification => notification.Ids).Distinct().ToArray();
            var found = new Dictionary<long, ICopperRecord>();
            for (var start = 0; start < ids.Length; start += SearchQuery.LargestPage)
            {
                await FindAsync(ofType.Key, ids.Skip(start).Take(SearchQuery.LargestPage).ToArray(), found, cancellationToken).ConfigureAwait(false);
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
    /// What was made or changed since a moment, one notification a record, with the record. A deletion leaves nothing to be found.
    /// </summary>
    /// <param name="type">The kind of record.</param>
    /// <param name="since">The moment. Of activities the service knows the date of the activity only, which users may edit.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async IAsyncEnumerable<CopperNotification> FindChangesAsync(
        string type, DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = new JsonBody { [IsActivity(type) ? "minimum_activity_date" : "minimum_modified_date"] = since };
        await foreach (var record in _searches[type](new SearchQuery { Filter = filter }).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var (created, modified) = RecordDates.Of(record);
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

    private static bool IsActivity(string type) => string.Equals(type, Activity, StringComparison.OrdinalIgnoreCase);

    private bool NeedsRecords(CopperNotification notification) =>
        notification.Event != Deletion && notification.Records.Count == 0 && notification.MissingIds.Count == 0 && _searches.ContainsKey(notification.Type!);

    private async Task FindAsync(string type, long[] ids, Dictionary<long, ICopperRecord> found, CancellationToken cancellationToken)
    {
        if (IsActivity(type))
        {
            foreach (var id in ids)
            {
                await FindActivityAsync(id, found, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        var filter = new JsonBody { ["ids"] = ids };
        if (string.Equals(type, "lead", StringComparison.OrdinalIgnoreCase))
        {
            // Else a lead that was converted since would pass for one that is gone.
            filter["include_converted_leads"] = true;
        }

        await foreach (var record in _searches[type](new SearchQuery { Filter = filter, First = ids.Length }).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            found[record.Id] = record;
        }
    }

    private async Task FindActivityAsync(long id, Dictionary<long, ICopperRecord> found, CancellationToken cancellationToken)
    {
        try
        {
            // A deleted one still answers, as its id and a mark.
            var activity = await _client.Activities.GetAsync(id, cancellationToken).ConfigureAwait(false);
            if (activity.IsDeleted != true)
            {
                found[id] = activity;
            }
        }
        catch (CopperNotFoundException)
        {
            // Noted as missing.
        }
    }
}
