using System.Globalization;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>
/// The records that rows of a file may mean, by their keys. They are searched for by the keys where that takes fewer requests than
/// reading all records of the entity; otherwise all are read, and only those that some row may mean are kept: many of them in a temporary
/// file, so that memory holds their keys.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="entity">The entity, in the API's singular word.</param>
/// <param name="rules">The rules, in their order.</param>
/// <param name="shown">What a record shows in the column of a custom field.</param>
/// <param name="progress">Is told how far it has come; null for nobody.</param>
internal sealed class RecordIndex(
    CopperClient client, string entity, IReadOnlyList<MatchRule> rules, Func<ImportHeading, ICopperRecord, string> shown,
        IProgress<ImportProgress>? progress) : IDisposable
{
    /// <summary>So many ids or addresses are searched for at once; a page has room for what is found.</summary>
    private const int IdsPerSearch = 200;

    private const int AddressesPerSearch = 100;

    /// <summary>So many records that no search shows are read one by one, which tells for sure.</summary>
    private const int MostReadAlone = 50;

    /// <summary>How <see cref="_found"/> tells that a key has no record.</summary>
    private const int None = -1;

    private readonly RecordAccess _access = RecordAccess.Of(client, entity);
    private readonly SpilledList<ICopperRecord> _records = SpilledRecords.New(client, CopperEntities.GetPrimary(entity));
    private readonly List<long> _ids = [];
    private readonly HashSet<long> _known = [];

    /// <summary>The keys of the rows, for each rule, and the place of each in the lists below.</summary>
    private readonly Dictionary<string, int>[] _keys =
        [.. rules.Select(static _ => new Dictionary<string, int>(StringComparer.Ordinal))];

    /// <summary>For each key the place of its only record, <see cref="None"/>, or a number below that for a list of several.</summary>
    private readonly List<int> _found = [];
    private readonly List<List<int>> _several = [];

    /// <summary>For each key the first row that has it.</summary>
    private readonly List<int> _firstRows = [];

    /// <summary>
    /// Why something that a search found cannot be told from what a row means: it has no id, or not the form of what is compared. Null
    /// when all can.
    /// </summary>
    public string? Unreadable { get; private set; }

    /// <summary>The records with a key of a rule.</summary>
    public IEnumerable<FoundRecord> Find(int rule, string key)
    {
        if (!_keys[rule].TryGetValue(key, out var place) || _found[place] == None)
        {
            return [];
        }

        return _found[place] >= 0 ? [At(_found[place])] : _several[None - 1 - _found[place]].Select(At);
    }

    /// <summary>A record that was found, by its place.</summary>
    public FoundRecord At(int place) => new(place, _ids[place]);

    /// <summary>The record itself.</summary>
    public ICopperRecord Read(int place) => _records[place];

    /// <summary>The first row with a key, from 0, that was noted; null for none.</summary>
    public int? FirstRowOf(int rule, string key) =>
        _keys[rule].TryGetValue(key, out var place) && _firstRows[place] >= 0 ? _firstRows[place] : null;

    /// <summary>Notes that a row has a key.</summary>
    public void NoteRow(int rule, string key, int row)
    {
        if (_keys[rule].TryGetValue(key, out var place) && _firstRows[place] < 0)
        {
            _firstRows[place] = row;
        }
    }

    public void Dispose() => _records.Dispose();

    /// <summary>Reads what the rows may mean.</summary>
    /// <param name="keys">The keys of all rows, and what is searched for to find them where that is not the key itself, for each
    /// rule.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task LoadAsync(IReadOnlyList<IEnumerable<(string Key, string? Text)>> keys, CancellationToken cancellationToken)
    {
        var texts = rules.Select(static _ => new Dictionary<string, string>(StringComparer.Ordinal)).ToArray();
        for (var rule = 0; rule < rules.Count; rule++)
        {
            foreach (var (key, text) in keys[rule].Where(item => !_keys[rule].ContainsKey(item.Key)))
            {
                _keys[rule].Add(key, _found.Count);
                _found.Add(None);
                _firstRows.Add(-1);
                if (text is not null)
                {
                    texts[rule][key] = text;
                }
            }
        }

        var cost = rules.Select((rule, place) => CostOf(rule, _keys[place].Count)).ToArray();
        long? searches = cost.Contains(null) ? null : cost.Sum(static part => part!.Value);
        if (searches <= 1 || await ReadAllUnlessAsync(searches, cancellationToken).ConfigureAwait(false))
        {
            for (var rule = 0; rule < rules.Count; rule++)
            {
                var own = texts[rule];
                string[] wanted = [.. _keys[rule].Keys.Select(key => own.TryGetValue(key, out var text) ? text : key.Substring(1))];
                await SearchAsync(rules[rule], wanted, cancellationToken).ConfigureAwait(false);
            }
        }

        await ReadMissingAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The requests that searching for the keys takes; null where the service has no search that tells for sure.</summary>
    private long? CostOf(MatchRule rule, int count) => rule.Single switch
    {
        "Id" => (count + IdsPerSearch - 1) / IdsPerSearch,

        // Only people are searched for by several addresses at once.
        "Email" when IsPerson => (count + AddressesPerSearch - 1) / AddressesPerSearch,
        "Email" or "EmailDomain" or "Name" => count,
        _ => null,
    };

    private bool IsPerson => _access.Entity.Name == CopperEntityNames.Person;

    /// <summary>Reads all records, unless the first page shows that searching takes fewer requests; true then.</summary>
    private async Task<bool> ReadAllUnlessAsync(long? searches, CancellationToken cancellationToken)
    {
        var count = 0L;
        var result = _access.Search(new SearchQuery { Filter = WithConverted([]), ReadsAll = searches is null });
        await foreach (var record in result.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (count == 0
                && result.UpperBound is { } total
                && (total - 1) / SearchQuery.LargestPage > searches)
            {
                return true;
            }

            Keep(record);
            if (++count % SearchQuery.LargestPage == 0)
            {
                progress?.Report(new ImportProgress($"Reading {_access.Entity.Plural}", count, result.UpperBound));
            }
        }

        Unreadable ??= result.Unreadable;
        return false;
    }

    private async Task SearchAsync(MatchRule rule, string[] texts, CancellationToken cancellationToken)
    {
        var size = rule.Single switch
        {
            "Id" => IdsPerSearch,
            "Email" when IsPerson => AddressesPerSearch,
            _ => 1,
        };
        for (var start = 0; start < texts.Length; start += size)
        {
            if (FilterOf(rule.Single!, [.. texts.Skip(start).Take(size)]) is { } filter)
            {
                var found = _access.Search(new SearchQuery { Filter = filter, ReadsAll = true });
                await foreach (var record in found.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    Keep(record);
                }

                Unreadable ??= found.Unreadable;
            }

            progress?.Report(new ImportProgress(
                $"Searching {_access.Entity.Plural} by {rule.Text}", Math.Min(start + size, texts.Length), texts.Length));
        }
    }

    private JsonBody? FilterOf(string part, string[] texts) => part switch
    {
        "Id" => texts.Select(IdIn).OfType<long>().ToArray() is { Length: > 0 } ids ? WithConverted(new JsonBody { ["ids"] = ids }) : null,
        "Email" when IsPerson => new JsonBody { ["emails"] = texts.Select(static text => text.ToLowerInvariant()).ToArray() },
        "Email" => new JsonBody { ["emails"] = texts[0].ToLowerInvariant() },
        "EmailDomain" => new JsonBody { ["email_domains"] = texts[0].ToLowerInvariant() },
        _ => new JsonBody { ["name"] = texts[0] },
    };

    /// <summary>A lead that was converted is found by its id only.</summary>
    private JsonBody WithConverted(JsonBody filter)
    {
        if (_access.Entity.ConvertedRecordsFilter is { } member && rules.Any(static rule => rule.Single == "Id"))
        {
            filter[member] = true;
        }

        return filter;
    }

    /// <summary>Reads records that rows name by their ids and no search shows: those that were created a moment ago, for example.</summary>
    private async Task ReadMissingAsync(CancellationToken cancellationToken)
    {
        for (var rule = 0; rule < rules.Count; rule++)
        {
            var missing = rules[rule].Single != "Id" ? [] : _keys[rule]
                .Where(entry => _found[entry.Value] == None)
                .Select(static entry => IdIn(entry.Key.Substring(1)))
                .OfType<long>()
                .ToArray();
            if (missing.Length is > 0 and <= MostReadAlone)
            {
                foreach (var record in (await _access.FindAsync(missing, cancellationToken).ConfigureAwait(false)).Values)
                {
                    Keep(record);
                }
            }
        }
    }

    private static long? IdIn(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    private string? ProblemOf(ICopperRecord record)
    {
        if (record.Id <= 0)
        {
            return $"'{record}' has no id.";
        }

        var members = rules.SelectMany(static rule => rule.Members).FirstOrDefault(member =>
            FlatTable.MembersOf(record)?.TryGetValue(member, out var misfit) == true && misfit is not null);
        return members is null ? null : $"{_access.Entity.Name} {record.Id} has {members} in a form that this version does not know.";
    }

    private void Keep(ICopperRecord record)
    {
        Unreadable ??= ProblemOf(record);
        if (record.Id <= 0 || !_known.Add(record.Id))
        {
            return;
        }

        int? place = null;
        var isConverted = record is CopperLead { ConvertedAt: not null } or CopperLead { ConvertedContactId: not null };
        for (var rule = 0; rule < rules.Count; rule++)
        {
            foreach (var key in isConverted && rules[rule].Single != "Id" ? [] : rules[rule].KeysOf(record, shown))
            {
                if (_keys[rule].TryGetValue(key, out var slot))
                {
                    place ??= Add(record);
                    _found[slot] = With(_found[slot], place.Value);
                }
            }
        }
    }

    private int Add(ICopperRecord record)
    {
        _records.Add(record);
        _ids.Add(record.Id);
        return _ids.Count - 1;
    }

    /// <summary>What stands for the records of a key once there is one more.</summary>
    private int With(int found, int place)
    {
        if (found == None)
        {
            return place;
        }

        if (found >= 0)
        {
            _several.Add([found]);
            found = None - _several.Count;
        }

        _several[None - 1 - found].Add(place);
        return found;
    }
}

/// <summary>A record that a key has found.</summary>
/// <param name="Place">Its place in the index.</param>
/// <param name="Id">Its id.</param>
internal readonly record struct FoundRecord(int Place, long Id);
