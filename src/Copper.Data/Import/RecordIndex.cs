using System.Globalization;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>
/// The records that rows of a file may mean, by their keys. They are searched for by the keys where that takes fewer requests than
/// reading all records of the entity; otherwise all are read, and only those that some row may mean are kept.
/// </summary>
/// <param name="access">The records of the entity.</param>
/// <param name="rules">The rules, in their order.</param>
/// <param name="shown">What a record shows in the column of a custom field.</param>
/// <param name="progress">Is told how far it has come; null for nobody.</param>
internal sealed class RecordIndex(
    RecordAccess access, IReadOnlyList<MatchRule> rules, Func<ImportHeading, ICopperRecord, string> shown,
        IProgress<ImportProgress>? progress)
{
    /// <summary>So many ids or addresses are searched for at once; a page has room for what is found.</summary>
    private const int IdsPerSearch = 200;

    private const int AddressesPerSearch = 100;

    /// <summary>So many records that no search shows are read one by one, which tells for sure.</summary>
    private const int MostReadAlone = 50;

    private readonly Dictionary<string, List<ICopperRecord>>[] _byKey =
        [.. rules.Select(static _ => new Dictionary<string, List<ICopperRecord>>(StringComparer.Ordinal))];
    private readonly HashSet<long> _known = [];

    /// <summary>
    /// Why something that a search found cannot be told from what a row means: it has no id, or not the form of what is compared. Null
    /// when all can.
    /// </summary>
    public string? Unreadable { get; private set; }

    /// <summary>The records with a key of a rule.</summary>
    public IReadOnlyList<ICopperRecord> Find(int rule, string key) => _byKey[rule].TryGetValue(key, out var found) ? found : [];

    /// <summary>Reads what the rows may mean.</summary>
    /// <param name="keys">The keys of all rows and what is searched for to find them, for each rule.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task LoadAsync(IReadOnlyList<IReadOnlyDictionary<string, string>> keys, CancellationToken cancellationToken)
    {
        for (var rule = 0; rule < rules.Count; rule++)
        {
            foreach (var key in keys[rule].Keys)
            {
                _byKey[rule][key] = [];
            }
        }

        var cost = rules.Select((rule, place) => CostOf(rule, keys[place].Count)).ToArray();
        long? searches = cost.Contains(null) ? null : cost.Sum(static part => part!.Value);
        if (searches <= 1 || await ReadAllUnlessAsync(searches, cancellationToken).ConfigureAwait(false))
        {
            for (var rule = 0; rule < rules.Count; rule++)
            {
                await SearchAsync(rules[rule], [.. keys[rule].Values], cancellationToken).ConfigureAwait(false);
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

    private bool IsPerson => access.Entity.Name == CopperEntityNames.Person;

    /// <summary>Reads all records, unless the first page shows that searching takes fewer requests; true then.</summary>
    private async Task<bool> ReadAllUnlessAsync(long? searches, CancellationToken cancellationToken)
    {
        var count = 0L;
        var result = access.Search(new SearchQuery { Filter = WithConverted([]) });
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
                progress?.Report(new ImportProgress($"Reading {access.Entity.Plural}", count, result.UpperBound));
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
                var found = access.Search(new SearchQuery { Filter = filter });
                await foreach (var record in found.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    Keep(record);
                }

                Unreadable ??= found.Unreadable;
            }

            progress?.Report(new ImportProgress(
                $"Searching {access.Entity.Plural} by {rule.Text}", Math.Min(start + size, texts.Length), texts.Length));
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
        if (access.Entity.ConvertedRecordsFilter is { } member && rules.Any(static rule => rule.Single == "Id"))
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
            var missing = rules[rule].Single != "Id" ? [] : _byKey[rule]
                .Where(static entry => entry.Value.Count == 0)
                .Select(static entry => IdIn(entry.Key.Substring(1)))
                .OfType<long>()
                .ToArray();
            if (missing.Length is > 0 and <= MostReadAlone)
            {
                foreach (var record in (await access.FindAsync(missing, cancellationToken).ConfigureAwait(false)).Values)
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
        return members is null ? null : $"{access.Entity.Name} {record.Id} has {members} in a form that this version does not know.";
    }

    private void Keep(ICopperRecord record)
    {
        Unreadable ??= ProblemOf(record);
        if (!_known.Add(record.Id))
        {
            return;
        }

        var isConverted = record is CopperLead { ConvertedAt: not null } or CopperLead { ConvertedContactId: not null };
        for (var rule = 0; rule < rules.Count; rule++)
        {
            foreach (var key in isConverted && rules[rule].Single != "Id" ? [] : rules[rule].KeysOf(record, shown))
            {
                if (_byKey[rule].TryGetValue(key, out var records))
                {
                    records.Add(record);
                }
            }
        }
    }
}
