using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// The records of one entity as the account has them now: all of them, or, for few records to restore, those that may be meant. Memory
/// holds what finds them; many records themselves wait in a temporary file.
/// </summary>
/// <param name="client">The account.</param>
/// <param name="entity">The entity.</param>
internal sealed class LiveRecords(CopperClient client, CopperEntity entity) : IDisposable
{
    /// <summary>So few records are read by their ids, which no search does as surely.</summary>
    private const int VeryFew = 10;

    private const ulong FirstHash = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

    private readonly SpilledList<string> _records = SpilledRecords.NewTexts();
    private readonly List<long> _ids = [];
    private readonly Dictionary<long, int> _places = [];

    /// <summary>What the service has said not to have, whatever a search shows.</summary>
    private readonly HashSet<long> _gone = [];

    /// <summary>The last record of each name, by the hash of the name, and for each record the one before it.</summary>
    private readonly Dictionary<ulong, int> _lastOfName = [];
    private readonly List<int> _beforeOfName = [];

    /// <summary>The record that has a unique value, by the hash of the value.</summary>
    private readonly Dictionary<ulong, int> _ofKey = [];

    /// <summary>The record of an id; null when the account has none.</summary>
    public ICopperRecord? Find(long id) => _places.TryGetValue(id, out var place) ? Read(place) : null;

    /// <summary>The account has a record of this id.</summary>
    public bool Has(long id) => _places.ContainsKey(id);

    /// <summary>The account has the record as it is here, in every member.</summary>
    public bool HasAsIs(ICopperRecord record) => _places.TryGetValue(record.Id, out var place)
        && _records[place] == SpilledRecords.JsonOf(entity, record);

    /// <summary>The records of the same name, or for activities of the same time, but those of some ids.</summary>
    public IEnumerable<ICopperRecord> Namesakes(ICopperRecord record, ICollection<long> except) => Namesakes(NameOf(record), except);

    /// <summary>The records of a name, see <see cref="NameOf(ICopperRecord)"/>, but those of some ids.</summary>
    public IEnumerable<ICopperRecord> Namesakes(string name, ICollection<long> except)
    {
        var places = new Stack<int>();
        for (var place = _lastOfName.TryGetValue(HashOf(name), out var last) ? last : -1; place >= 0; place = _beforeOfName[place])
        {
            if (!except.Contains(_ids[place]))
            {
                places.Push(place);
            }
        }

        return places.Select(Read).Where(record => string.Equals(NameOf(record), name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The record that has a unique value of this one: an e-mail address of a person, the domain of a company.</summary>
    public ICopperRecord? Owner(ICopperRecord record, out string? key)
    {
        foreach (var one in KeysOf(record))
        {
            if (_ofKey.TryGetValue(HashOf(one), out var place) && Read(place) is var owner
                && KeysOf(owner).Contains(one, StringComparer.OrdinalIgnoreCase))
            {
                key = one;
                return owner;
            }
        }

        key = null;
        return null;
    }

    public void Dispose() => _records.Dispose();

    /// <summary>Reads all records of an entity.</summary>
    public static async Task<LiveRecords> ReadAllAsync(
        CopperClient client, CopperEntity entity, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        var live = new LiveRecords(client, entity);
        var access = RecordAccess.Of(client, entity.Name);
        var search = access.Search(new SearchQuery { Filter = FilterOf(entity), ReadsAll = true });
        await foreach (var record in search.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await live.AddFoundAsync(access, record, cancellationToken).ConfigureAwait(false);
            if (live._ids.Count % SearchQuery.LargestPage == 0)
            {
                progress(live._ids.Count, search.UpperBound);
            }
        }

        return live;
    }

    /// <summary>Reads the records of some ids, and those that may stand for records that are missing.</summary>
    public static async Task<LiveRecords> ReadSomeAsync(
        CopperClient client, CopperEntity entity, IReadOnlyList<ICopperRecord> wanted, bool isSame, CancellationToken cancellationToken)
    {
        var live = new LiveRecords(client, entity);
        var access = RecordAccess.Of(client, entity.Name);
        if (isSame)
        {
            if (wanted.Count <= VeryFew)
            {
                foreach (var id in wanted.Select(static record => record.Id))
                {
                    if (await access.ConfirmAsync(id, cancellationToken).ConfigureAwait(false) is { } record)
                    {
                        live.Add(record);
                    }
                    else
                    {
                        live._gone.Add(id);
                    }
                }
            }
            else
            {
                foreach (var record in (await access.FindAsync(
                    [.. wanted.Select(static record => record.Id)], cancellationToken).ConfigureAwait(false)).Values)
                {
                    await live.AddFoundAsync(access, record, cancellationToken).ConfigureAwait(false);
                }
            }

            await live.AddConvertedAsync(access, wanted, cancellationToken).ConfigureAwait(false);
        }

        foreach (var record in wanted)
        {
            foreach (var filter in FiltersFor(entity, record, isMissing: !isSame || !live.Has(record.Id)))
            {
                await foreach (var found in access.Search(new SearchQuery { Filter = filter, ReadsAll = true })
                    .WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    await live.AddFoundAsync(access, found, cancellationToken).ConfigureAwait(false);
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
            foreach (var id in found.Keys)
            {
                if (!access.WasJustWritten(id) || await access.ConfirmAsync(id, cancellationToken).ConfigureAwait(false) is not null)
                {
                    existing.Add(id);
                }
            }
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

    /// <summary>The values that no two records have: the addresses of a person, the domain of a company.</summary>
    public static IEnumerable<string> KeysOf(ICopperRecord record) => record switch
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

    /// <summary>
    /// Adds what a search shows. What the client has changed or deleted a moment ago the search may show as it was before: that is read
    /// by its id; and so is an activity of such a record.
    /// </summary>
    private async Task AddFoundAsync(RecordAccess access, ICopperRecord found, CancellationToken cancellationToken)
    {
        var mayBeOld = access.WasJustWritten(found.Id)
            || (found is CopperActivity { Parent: { Type: { } type, Id: var parent } } && CopperEntities.FindPrimary(type) is { } owner
                && RecordAccess.Of(client, owner.Name).WasJustWritten(parent));
        var record = !mayBeOld || _places.ContainsKey(found.Id) ? found
            : found is CopperLead { ConvertedAt: not null } ? found
            : _gone.Contains(found.Id) ? null
            : await access.ConfirmAsync(found.Id, cancellationToken).ConfigureAwait(false);
        if (record is null)
        {
            _gone.Add(found.Id);
        }
        else if (!_gone.Contains(record.Id) || record is CopperLead { ConvertedAt: not null })
        {
            Add(record);
        }
    }

    private async Task AddConvertedAsync(
        RecordAccess access, IReadOnlyList<ICopperRecord> wanted, CancellationToken cancellationToken)
    {
        var missing = wanted.Where(record => !Has(record.Id)).Select(static record => record.Id).ToArray();
        if (entity.ConvertedRecordsFilter is null || missing.Length == 0)
        {
            return;
        }

        var filter = FilterOf(entity);
        filter["ids"] = missing;
        await foreach (var record in access.Search(new SearchQuery { Filter = filter, ReadsAll = true })
            .WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!_gone.Contains(record.Id) || record is CopperLead { ConvertedAt: not null })
            {
                Add(record);
            }
        }
    }

    private void Add(ICopperRecord record)
    {
        if (_places.ContainsKey(record.Id))
        {
            return;
        }

        var place = _ids.Count;
        _records.Add(SpilledRecords.JsonOf(entity, record));
        _ids.Add(record.Id);
        _places.Add(record.Id, place);
        var name = HashOf(NameOf(record));
        _beforeOfName.Add(_lastOfName.TryGetValue(name, out var before) ? before : -1);
        _lastOfName[name] = place;
        foreach (var key in KeysOf(record))
        {
            _ofKey[HashOf(key)] = place;
        }
    }

    private ICopperRecord Read(int place) => SpilledRecords.Read(client, entity, _records[place]);

    /// <summary>The same for texts that differ in case only; who has found one compares the texts.</summary>
    private static ulong HashOf(string text)
    {
        var hash = FirstHash;
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ char.ToUpperInvariant(letter)) * HashFactor);
        }

        return hash;
    }
}
