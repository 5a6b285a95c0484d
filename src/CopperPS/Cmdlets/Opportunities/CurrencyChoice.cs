namespace CopperPS.Cmdlets.Opportunities;

/// <summary>
/// In which currencies a pipeline is added up. Amounts of different currencies are never added: where the service converted all
/// of them to one, that one is taken, else each currency has a row of its own.
/// </summary>
internal sealed class CurrencyChoice
{
    private readonly bool _converted;
    private readonly string? _main;

    public CurrencyChoice(IReadOnlyCollection<StageSums> stages)
    {
        var given = Worth(stages.Select(static stage => stage.Given));
        var converted = Worth(stages.Select(static stage => stage.Converted));
        _converted = given.Count > 1 && converted.Count == 1 && converted[0].Length > 0;
        _main = _converted
            ? converted[0]
            : given.FirstOrDefault()
                ?? stages
                    .SelectMany(static stage => stage.Given.Keys)
                    .FirstOrDefault(static name => name.Length > 0);
    }

    /// <summary>The sums of a stage by currency, the main one first; one empty sum where there are none.</summary>
    public IEnumerable<(string? Currency, StageSums.Sum Sum)> Split(StageSums stage)
    {
        var parts = new Dictionary<string, StageSums.Sum>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in _converted ? stage.Converted : stage.Given)
        {
            // What is worth nothing needs no currency of its own.
            var key = part.Value.Value == 0 ? _main ?? part.Key : part.Key;
            parts.TryGetValue(key, out var sum);
            parts[key] = sum.Plus(part.Value);
        }

        return parts.Count == 0
            ? [(_main is { Length: > 0 } ? _main : null, default)]
            : parts
                .OrderBy(part => !string.Equals(part.Key, _main, StringComparison.OrdinalIgnoreCase))
                .ThenBy(static part => part.Key, StringComparer.Ordinal)
                .Select(static part => (part.Key.Length == 0 ? null : part.Key, part.Value));
    }

    /// <summary>The currencies in which something has a value, the most frequent first.</summary>
    private static List<string> Worth(IEnumerable<Dictionary<string, StageSums.Sum>> stages) => stages
        .SelectMany(static sums => sums)
        .Where(static part => part.Value.Value != 0)
        .GroupBy(static part => part.Key, StringComparer.OrdinalIgnoreCase)
        .OrderByDescending(static group => group.Sum(static part => part.Value.Count))
        .ThenBy(static group => group.Key, StringComparer.Ordinal)
        .Select(static group => group.Key)
        .ToList();
}
