using Copper.Data.Plans;

namespace Copper.Data.Configuration;

/// <summary>The choices of a field of the account, beside those of a file.</summary>
internal sealed class OptionPlan
{
    private OptionPlan(IReadOnlyList<ConfigurationPair<Option>> pairs) => Pairs = pairs;

    /// <summary>Choices that the file has, in its order, then those that only the account has.</summary>
    public IReadOnlyList<ConfigurationPair<Option>> Pairs { get; }

    /// <summary>Those that only the account has.</summary>
    public IEnumerable<Option> Extra => Pairs.Where(static pair => pair.Wanted is null).Select(static pair => pair.Present!);

    /// <summary>Those that both have stand in another order.</summary>
    public bool IsReordered
    {
        get
        {
            var places = Pairs.Where(static pair => pair is { Wanted: not null, Present: not null })
                .Select(static pair => pair.Present!.Place).ToArray();
            return !places.SequenceEqual(places.OrderBy(static place => place));
        }
    }

    public static OptionPlan Of(ConfiguredField wanted, ConfiguredField present)
    {
        var ones = (wanted.Options ?? []).Select(static (name, place) => new Option(null, name, place)).ToArray();
        var others = present.Setting is null ? [] : SettingAccess.Ordered(present.Setting)
            .Select(static (option, place) => new Option(option.Id, option.Name ?? string.Empty, place)).ToArray();
        return new OptionPlan(ConfigurationPairs.Of(ones, others, static option => option.Name));
    }

    /// <summary>
    /// The whole list to send: those of the file in its order, with the ids that they have. What only the account has stays behind the one
    /// that it stands behind now.
    /// </summary>
    /// <param name="prunes">Leaves out what only the account has.</param>
    public IReadOnlyList<Option> Merged(bool prunes)
    {
        var merged = Pairs.Where(static pair => pair.Wanted is not null)
            .Select(static pair => new Option(pair.Present?.Id, pair.Wanted!.Name, pair.Present?.Place ?? -1)).ToList();
        foreach (var extra in prunes ? Enumerable.Empty<Option>() : Extra.OrderBy(static option => option.Place))
        {
            var before = merged.Where(option => option.Place >= 0 && option.Place < extra.Place)
                .OrderByDescending(static option => option.Place).FirstOrDefault();
            merged.Insert(before is null ? 0 : merged.IndexOf(before) + 1, extra);
        }

        return merged;
    }

    /// <summary>A choice.</summary>
    /// <param name="Id">Its id; null for one that the account does not have.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Place">Its place among those of its side, from 0; -1 for one that the account does not have.</param>
    internal sealed record Option(long? Id, string Name, int Place);
}
