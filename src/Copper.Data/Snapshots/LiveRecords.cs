using Copper.Client;
using Copper.Client.Entities;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Search;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// The records of one entity as the account has them now: all of them, or, for few records to restore, those that may be meant.
/// </summary>
internal sealed class LiveRecords
{
    private readonly Dictionary<long, ICopperRecord> _byId = [];
    private readonly Dictionary<string, List<ICopperRecord>> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ICopperRecord> _byKey = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The record of an id; null when the account has none.</summary>
    public ICopperRecord? Find(long id) => _byId.TryGetValue(id, out var record) ? record : null;

    /// <summary>The records of the same name, or for activities of the same time.</summary>
    public IReadOnlyList<ICopperRecord> Namesakes(ICopperRecord record) => Namesakes(NameOf(record));

    /// <summary>The records of a name, see <see cref="NameOf(ICopperRecord)"/>.</summary>
    public IReadOnlyList<ICopperRecord> Namesakes(string name) => _byName.TryGetValue(name, out var found) ? found : [];

    /// <summary>The record that has a unique value of this one: an e-mail address of a person, the domain of a company.</summary>
    public ICopperRecord? Owner(ICopperRecord record, out string? key)
    {
        foreach (var one in KeysOf(record))
        {
            if (_byKey.TryGetValue(one, out var owner))
            {
                key = one;
                return owner;
            }
        }

        key = null;
        return null;
    }

    /// <summary>Reads all records of an entity.</summary>
    public static async Task<LiveRecords> ReadAllAsync(
        CopperClient client, CopperEntity entity, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        var live = new LiveRecords();
        var search = RecordAccess.Of(client, entity.Name).Search(new SearchQuery { Filter = FilterOf(entity) });
        await foreach (var record in search.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            live.Add(record);
            if (live._byId.Count % SearchQuery.LargestPage == 0)
            {
                progress(live._byId.Count, search.UpperBound);
            }
        }

        return live;
    }

    /// <summary>Reads the records of some ids, and those that may stand for records that are missing.</summary>
    public static async Task<LiveRecords> ReadSomeAsync(
        CopperClient client, CopperEntity entity, IReadOnlyList<ICopperRecord> wanted, bool isSame, CancellationToken cancellationToken)
    {
        var live = new LiveRecords();
        var access = RecordAccess.Of(client, entity.Name);
        if (isSame)
        {
            foreach (var record in (await access.FindAsync(
                [.. wanted.Select(static record => record.Id)], cancellationToken).ConfigureAwait(false)).Values)
            {
                live.Add(record);
            }

            await live.AddConvertedAsync(access, entity, wanted, cancellationToken).ConfigureAwait(false);
        }

        foreach (var record in wanted)
        {
            foreach (var filter in FiltersFor(entity, record, isMissing: !isSame || live.Find(record.Id) is null))
            {
                await foreach (var found in access.Search(new SearchQuery { Filter = filter })
                    .WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    live.Add(found);
                }
            }
        }

        return live;
    }

    /// <summary>Of ids that records refer to, those that the account has.</summary>
    public static async Task<ISet<long>> ExistingAsync(
        CopperClient client, CopperEntity entity, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var existing = new HashSet<long>();
        var access = RecordAccess.Of(client, entity.Name);
        foreach (var chunk in ids.Select(static (id, place) => (id, place)).GroupBy(static item => item.place / SearchQuery.LargestPage))
        {
            var found = await access.FindAsync([.. chunk.Select(static item => item.id)], cancellationToken).ConfigureAwait(false);
            existing.UnionWith(found.Keys);
        }

        return existing;
    }

    /// <summary>The name by which records are told apart; what makes an activity that one.</summary>
    public static string NameOf(ICopperRecord record) => record is CopperActivity activity
        ? NameOf(activity.ActivityDate, activity.Details as string)
        : string.Join(" ", (record.ToString() ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What makes an activity that one.</summary>
    public static string NameOf(DateTimeOffset? date, string? details) =>
        FormattableString.Invariant($"{date?.ToUnixTimeSeconds()} {details}");

    private static IEnumerable<string> KeysOf(ICopperRecord record) => record switch
    {
        CopperPerson person => person.Emails.Select(static email => email.Email?.Trim()).OfType<string>()
            .Where(static email => email.Length > 0),
        CopperCompany { EmailDomain: { } domain } when domain.Trim().Length > 0 => [domain.Trim()],
        _ => [],
    };

    private static JsonBody FilterOf(CopperEntity entity) =>
        entity.ConvertedRecordsFilter is { } converted ? new JsonBody { [converted] = true } : [];

    /// <summary>The searches that find who may have taken the place of a record.</summary>
    private static IEnumerable<JsonBody> FiltersFor(CopperEntity entity, ICopperRecord record, bool isMissing)
    {
        var keys = KeysOf(record).ToArray();
        if (keys.Length > 0)
        {
            yield return entity == CopperEntities.Person
                ? new JsonBody { ["emails"] = keys }
                : new JsonBody { ["email_domains"] = keys[0] };
        }

        if (!isMissing)
        {
            yield break;
        }

        if (record is CopperActivity activity)
        {
            if (activity.ActivityDate is { } date)
            {
                yield return new JsonBody { ["minimum_activity_date"] = date, ["maximum_activity_date"] = date };
            }
        }
        else if (NameOf(record) is { Length: > 0 } name)
        {
            var filter = FilterOf(entity);
            filter["name"] = name;
            yield return filter;
        }
    }

    private async Task AddConvertedAsync(
        RecordAccess access, CopperEntity entity, IReadOnlyList<ICopperRecord> wanted, CancellationToken cancellationToken)
    {
        var missing = wanted.Where(record => Find(record.Id) is null).Select(static record => record.Id).ToArray();
        if (entity.ConvertedRecordsFilter is null || missing.Length == 0)
        {
            return;
        }

        var filter = FilterOf(entity);
        filter["ids"] = missing;
        await foreach (var record in access.Search(new SearchQuery { Filter = filter })
            .WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Add(record);
        }
    }

    private void Add(ICopperRecord record)
    {
        if (_byId.ContainsKey(record.Id))
        {
            return;
        }

        _byId.Add(record.Id, record);
        var name = NameOf(record);
        if (!_byName.TryGetValue(name, out var namesakes))
        {
            _byName.Add(name, namesakes = []);
        }

        namesakes.Add(record);
        foreach (var key in KeysOf(record))
        {
            _byKey[key] = record;
        }
    }
}
