namespace CopperPS.Cmdlets.Opportunities;

/// <summary>The sums of one stage: by the currency of the opportunities, and by the one that the service converted them to.</summary>
internal sealed class StageSums
{
    /// <summary>By currency; an empty text stands for none.</summary>
    public Dictionary<string, Sum> Given { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The same opportunities by the currency that the service converted them to.</summary>
    public Dictionary<string, Sum> Converted { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void Add(OpportunityFigures figures)
    {
        AddTo(Given, figures.Currency, figures.Value, figures.WinProbability);
        AddTo(Converted, figures.ConvertedCurrency, figures.ConvertedValue ?? figures.Value, figures.WinProbability);
    }

    private static void AddTo(Dictionary<string, Sum> sums, string? currency, decimal value, long? probability)
    {
        var key = currency?.Trim() ?? string.Empty;
        sums.TryGetValue(key, out var sum);
        sums[key] = sum.Plus(value, probability);
    }

    /// <summary>Opportunities of one currency.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Value">What they are worth.</param>
    /// <param name="OwnWeighted">What those with a probability of their own are worth, times it.</param>
    /// <param name="Unweighted">What the others are worth.</param>
    internal readonly record struct Sum(long Count, decimal Value, decimal OwnWeighted, decimal Unweighted)
    {
        public Sum Plus(decimal value, long? probability) => new(
            Count + 1,
            Value + value,
            OwnWeighted + (probability is { } own ? value * own / 100 : 0),
            Unweighted + (probability is null ? value : 0));

        public Sum Plus(Sum other) =>
            new(Count + other.Count, Value + other.Value, OwnWeighted + other.OwnWeighted, Unweighted + other.Unweighted);

        public decimal Weighted(long? ofStage) => OwnWeighted + (Unweighted * (ofStage ?? 0) / 100);
    }
}
