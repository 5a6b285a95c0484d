using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Data.Duplicates;

/// <summary>
/// Finds duplicates among records that are given to it one after the other. It keeps their keys and a few words of each,
/// not the records, and never compares each with each: only records that share a key are compared.
/// </summary>
/// <remarks>
/// A key that more than <see cref="MostSharing"/> records share, such as the number of a switchboard, is no reason by itself: of those
/// records only the ones with the same name count, and a warning says so.
/// </remarks>
public sealed class DuplicateIndex
{
    /// <summary>So many records may share a key that is a reason by itself.</summary>
    public const int MostSharing = 25;

    /// <summary>So many records of a block are compared with each other for similar names; a larger one is split by letters.</summary>
    private const int MostCompared = 50;

    /// <summary>A name that more have is no reason where nothing else is known.</summary>
    private const int MostOfRareName = 3;

    private readonly DuplicateOptions _options;
    private readonly DuplicateRule[] _rules;
    private readonly List<Entry>[] _entries;
    private readonly List<DuplicateCandidate> _candidates = [];
    private readonly HashSet<long> _ids = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>An empty index.</summary>
    /// <param name="options">What is compared.</param>
    /// <exception cref="InputRejectedException">An option is not valid, for example a rule that there is not.</exception>
    public DuplicateIndex(DuplicateOptions options)
    {
        CheckEntity(options.Entity);
        _options = options;
        _rules = options.MatchOn.Count > 0
            ? [.. options.MatchOn.Select(rule => DuplicateRule.Parse(rule, options.Entity, options.CustomFields))]
            : [.. DefaultRules(options.Entity).Select(rule => DuplicateRule.Parse(rule, options.Entity, [], isDefault: true))];
        _entries = [.. _rules.Select(static _ => new List<Entry>())];
    }

    /// <summary>The kinds of records that are searched for duplicates, in the API's singular words.</summary>
    public static IReadOnlyList<string> Entities { get; } =
        [CopperEntityNames.Person, CopperEntityNames.Company, CopperEntityNames.Lead];

    /// <summary>How many different records were given.</summary>
    public int Count => _candidates.Count;

    /// <summary>The rules of an entity where none are given, the most certain first.</summary>
    /// <param name="entity">The API's singular word.</param>
    public static IReadOnlyList<string> DefaultRules(string entity) => DuplicateRule.DefaultsOf(entity);

    /// <summary>The parts that rules of an entity can have, without custom fields; none for an entity that is not searched.</summary>
    /// <param name="entity">The API's singular word; null for none.</param>
    public static IReadOnlyList<string> PartsOf(string? entity) => Entities.Contains(entity) ? DuplicateRule.PartsOf(entity!) : [];

    /// <summary>A rule names a custom field, so that the definitions are needed.</summary>
    /// <param name="rules">The rules as they were given.</param>
    public static bool NeedsCustomFields(IEnumerable<string> rules) =>
        rules.Any(static rule => Import.MatchRule.WordsOf(rule).Any(static word => Import.MatchRule.FieldIn(word) is not null));

    /// <summary>Takes a record. A lead that was converted is left out, since the person took its place; so is one that is there.</summary>
    /// <param name="record">The record, of the entity of the options.</param>
    /// <returns>True when it is compared.</returns>
    /// <exception cref="ArgumentException">The record is of another entity.</exception>
    public bool Add(ICopperRecord record)
    {
        if (record.GetEntityType() != _options.Entity)
        {
            var (given, wanted) = (record.GetEntityType(), _options.Entity);
            throw new ArgumentException(
                $"The record is {CopperEntityNames.WithArticle(given)}, not {CopperEntityNames.WithArticle(wanted)}.", nameof(record));
        }

        if (record is CopperLead { ConvertedAt: not null } or CopperLead { ConvertedContactId: not null } || !_ids.Add(record.Id))
        {
            return false;
        }

        var candidate = DuplicateCandidate.Of(record, _texts);
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            foreach (var (key, isWeak) in _rules[rule].KeysOf(record, candidate))
            {
                _entries[rule].Add(new Entry(key, _candidates.Count, isWeak));
            }
        }

        _candidates.Add(candidate);
        return true;
    }

    /// <summary>Finds the sets of records that are probably one.</summary>
    /// <param name="cancellationToken">Ends the comparison.</param>
    public DuplicateSets Find(CancellationToken cancellationToken = default)
    {
        var edges = new List<Edge>();
        var warnings = new List<string>();
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            var crowd = new Crowd();
            var seen = new HashSet<long>();
            var entries = _entries[rule];
            entries.Sort();
            foreach (var (start, end) in Runs(entries))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var (one, other, isWeak) in PairsOf(rule, entries, start, end, crowd))
                {
                    if (one != other
                        && seen.Add(((long)Math.Min(one, other) << 32) | (uint)Math.Max(one, other))
                        && _rules[rule].Evaluate(_candidates[one], _candidates[other], isWeak) is { } confidence)
                    {
                        edges.Add(new Edge(confidence, rule, one, other));
                    }
                }
            }

            if (crowd.Keys > 0)
            {
                warnings.Add(Describe(_rules[rule], crowd));
            }
        }

        return new DuplicateSets(Join(edges), warnings);
    }

    /// <summary>Checks the entity of options.</summary>
    internal static void CheckEntity(string entity)
    {
        if (!Entities.Contains(entity))
        {
            throw new InputRejectedException(
                InputRejection.Invalid,
                $"Duplicates are searched for among {string.Join(", ", Entities.Select(static name =>
                    CopperEntities.GetPrimary(name).Plural))}, not among '{entity}'.",
                entity);
        }
    }

    /// <summary>The parts of the sorted entries that have one key.</summary>
    private static IEnumerable<(int Start, int End)> Runs(List<Entry> entries)
    {
        for (int start = 0, end; start < entries.Count; start = end)
        {
            end = start + 1;
            while (end < entries.Count && entries[end].Key == entries[start].Key)
            {
                end++;
            }

            if (end - start > 1)
            {
                yield return (start, end);
            }
        }
    }

    private IEnumerable<(int One, int Other, bool IsWeak)> PairsOf(int rule, List<Entry> entries, int start, int end, Crowd crowd)
    {
        var members = entries.GetRange(start, end - start).Select(static entry => entry.Index).Distinct().ToArray();
        var kind = _rules[rule];
        var isWeak = entries[start].IsWeak;
        if (kind.IsSimilarAlone)
        {
            return members.Length <= MostCompared ? EachWithEach(members, false) : EachWithNext(members, false);
        }

        if (kind.IsSimilar)
        {
            return members.Length <= MostCompared ? EachWithEach(members, false) : BySimilarKeys(kind, members);
        }

        if (kind is { IsNameAlone: true, IsDefault: true } && _options.Entity != CopperEntityNames.Company)
        {
            return members.Length <= MostOfRareName ? EachWithEach(members, false) : [];
        }

        if (members.Length <= MostSharing)
        {
            return EachWithEach(members, isWeak);
        }

        if (kind.IsNameAndMore)
        {
            return EachWithFirst(members);
        }

        crowd.Add([.. members.Select(member => _candidates[member].Id)]);
        return kind.IsNameAlone ? [] : ByName(members);
    }

    /// <summary>Of a block that is too large, those whose names share the letters.</summary>
    private IEnumerable<(int One, int Other, bool IsWeak)> BySimilarKeys(DuplicateRule rule, int[] members)
    {
        var entries = members.SelectMany(member => rule.SimilarKeysOf(_candidates[member]).Select(key => new Entry(key, member, false)))
            .ToList();
        entries.Sort();
        foreach (var (start, end) in Runs(entries))
        {
            var near = entries.GetRange(start, end - start).Select(static entry => entry.Index).ToArray();
            foreach (var pair in near.Length <= MostCompared ? EachWithEach(near, false) : EachWithNext(near, false))
            {
                yield return pair;
            }
        }
    }

    /// <summary>Of records that share a key with too many, those with the same name.</summary>
    private IEnumerable<(int One, int Other, bool IsWeak)> ByName(int[] members) => members
        .SelectMany(member => _candidates[member].Names.Select(name => (Name: string.Join(" ", name), Member: member)))
        .GroupBy(static item => item.Name, StringComparer.Ordinal)
        .SelectMany(static group => EachWithNext([.. group.Select(static item => item.Member)], isWeak: true));

    private static IEnumerable<(int One, int Other, bool IsWeak)> EachWithEach(int[] members, bool isWeak)
    {
        for (var one = 0; one < members.Length; one++)
        {
            for (var other = one + 1; other < members.Length; other++)
            {
                yield return (members[one], members[other], isWeak);
            }
        }
    }

    private static IEnumerable<(int One, int Other, bool IsWeak)> EachWithNext(int[] members, bool isWeak) =>
        Enumerable.Range(1, Math.Max(0, members.Length - 1)).Select(place => (members[place - 1], members[place], isWeak));

    private static IEnumerable<(int One, int Other, bool IsWeak)> EachWithFirst(int[] members) =>
        members.Skip(1).Select(member => (members[0], member, false));

    /// <summary>
    /// Joins pairs to sets, the certain ones first. Two sets stay apart when records of them are known to be different, and uncertain
    /// pairs do not join what contradicts itself.
    /// </summary>
    private List<DuplicateSet> Join(List<Edge> edges)
    {
        var sets = new Dictionary<int, Joined>();
        foreach (var edge in edges.OrderBy(static edge => edge.Confidence).ThenBy(static edge => edge.Rule))
        {
            var one = SetOf(edge.One);
            var other = SetOf(edge.Other);
            if (_options.Except?.AreDistinct(_options.Entity, _candidates[edge.One].Id, _candidates[edge.Other].Id) == true)
            {
                continue;
            }

            if (one != other)
            {
                if (AreApart(one, other, edge))
                {
                    continue;
                }

                one.Take(other, edge.Confidence);
                foreach (var member in other.Members)
                {
                    sets[member] = one;
                }
            }
            else if (edge.Confidence == DuplicateConfidence.Likely)
            {
                // The records are in one set already, for a better reason.
                continue;
            }

            one.Rules.Add(edge.Rule);
        }

        return
        [
            .. sets.Values.Distinct().Where(static set => set.Members.Count > 1)
                .Select(set => new DuplicateSet(
                    [.. set.Members.Select(member => _candidates[member].Id).OrderBy(static id => id)],
                    set.Confidence,
                    [.. set.Rules.Select(rule => _rules[rule].Text)]))
                .OrderBy(static set => set.Confidence).ThenBy(static set => set.Ids[0]),
        ];

        Joined SetOf(int member)
        {
            if (!sets.TryGetValue(member, out var set))
            {
                sets.Add(member, set = new Joined(member));
            }

            return set;
        }
    }

    private bool AreApart(Joined one, Joined other, Edge edge)
    {
        var rule = _rules[edge.Rule];
        return one.Members.Any(left => other.Members.Any(right =>
            _options.Except?.AreDistinct(_options.Entity, _candidates[left].Id, _candidates[right].Id) == true
            || (rule.IsDefault && edge.Confidence == DuplicateConfidence.Likely && one.Members.Count + other.Members.Count > 2
                && rule.Contradict(_candidates[left], _candidates[right]))));
    }

    private string Describe(DuplicateRule rule, Crowd crowd)
    {
        var plural = CopperEntities.GetPrimary(_options.Entity).Plural;
        return $"{rule}: {(crowd.Keys == 1 ? "one value is" : $"{crowd.Keys} values are")} shared by more than {MostSharing} {plural} "
            + $"each, at most by {crowd.Largest.Count}, for example by "
            + $"{string.Join(", ", crowd.Largest.OrderBy(static id => id).Take(3))}. "
            + "That is no reason by itself"
            + (rule.IsNameAlone ? "." : ": of these, only records with the same name count.");
    }

    private readonly record struct Entry(ulong Key, int Index, bool IsWeak) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Key.CompareTo(other.Key) is var order and not 0 ? order : Index.CompareTo(other.Index);
    }

    private readonly record struct Edge(DuplicateConfidence Confidence, int Rule, int One, int Other);

    /// <summary>Keys that too many records share.</summary>
    private sealed class Crowd
    {
        public int Keys { get; private set; }

        public IReadOnlyList<long> Largest { get; private set; } = [];

        public void Add(IReadOnlyList<long> ids)
        {
            Keys++;
            Largest = ids.Count > Largest.Count ? ids : Largest;
        }
    }

    private sealed class Joined(int first)
    {
        public List<int> Members { get; } = [first];

        public SortedSet<int> Rules { get; } = [];

        public DuplicateConfidence Confidence { get; private set; }

        public void Take(Joined other, DuplicateConfidence confidence)
        {
            Members.AddRange(other.Members);
            Rules.UnionWith(other.Rules);
            Confidence = new[] { Confidence, other.Confidence, confidence }.Max();
        }
    }
}
