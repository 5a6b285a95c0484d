namespace Copper.Data.Configuration;

/// <summary>What of a file stands for what of an account.</summary>
/// <typeparam name="T">What is paired.</typeparam>
/// <param name="Wanted">As the file has it; null when it has it not.</param>
/// <param name="Present">As the account has it; null when it has it not.</param>
internal sealed record ConfigurationPair<T>(T? Wanted, T? Present)
    where T : class;

/// <summary>Pairs what has one name. Names are compared without case, and those of one case first.</summary>
internal static class ConfigurationPairs
{
    /// <summary>Pairs items by a key that tells them; of several with one key the first ones belong together.</summary>
    public static IReadOnlyList<ConfigurationPair<T>> Of<T>(IReadOnlyList<T> wanted, IReadOnlyList<T> present, Func<T, string> keyOf)
        where T : class
    {
        var left = present.ToList();
        var pairs = new List<ConfigurationPair<T>>();
        foreach (var item in wanted)
        {
            var found = Find(StringComparison.Ordinal) ?? Find(StringComparison.OrdinalIgnoreCase);
            pairs.Add(new ConfigurationPair<T>(item, found));
            if (found is not null)
            {
                left.Remove(found);
            }

            T? Find(StringComparison comparison) =>
                left.Find(other => string.Equals(keyOf(other).Trim(), keyOf(item).Trim(), comparison));
        }

        return [.. pairs, .. left.Select(static item => new ConfigurationPair<T>(null, item))];
    }

    /// <summary>
    /// Pairs fields: of several with one name those that share most kinds of records. One field alone on either side is the same even when
    /// it was moved to other kinds of records.
    /// </summary>
    public static IReadOnlyList<ConfigurationPair<ConfiguredField>> OfFields(
        IReadOnlyList<ConfiguredField> wanted, IReadOnlyList<ConfiguredField> present)
    {
        var pairs = new List<ConfigurationPair<ConfiguredField>>();
        var names = wanted.Concat(present).GroupBy(static field => field.Name.Trim(), StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            var ones = name.Where(wanted.Contains).ToList();
            var others = name.Where(present.Contains).ToList();
            var isSingle = ones.Count == 1 && others.Count == 1;
            while (ones.Count > 0 && others.Count > 0)
            {
                var best = ones.SelectMany(one => others.Select(other => (One: one, Other: other, Shared: Shared(one, other))))
                    .OrderByDescending(static pair => pair.Shared)
                    .ThenByDescending(static pair => pair.One.Type == pair.Other.Type)
                    .First();
                if (best.Shared == 0 && !isSingle)
                {
                    break;
                }

                pairs.Add(new ConfigurationPair<ConfiguredField>(best.One, best.Other));
                ones.Remove(best.One);
                others.Remove(best.Other);
            }

            pairs.AddRange(ones.Select(static one => new ConfigurationPair<ConfiguredField>(one, null)));
            pairs.AddRange(others.Select(static other => new ConfigurationPair<ConfiguredField>(null, other)));
        }

        return pairs;
    }

    private static int Shared(ConfiguredField one, ConfiguredField other) => one.AvailableOn.Intersect(other.AvailableOn).Count();
}
