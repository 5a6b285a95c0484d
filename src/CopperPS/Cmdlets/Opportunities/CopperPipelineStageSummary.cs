namespace CopperPS.Cmdlets.Opportunities;

/// <summary>What lies in one stage of a pipeline, in one currency: a row of the funnel that Show-CopperPipeline draws.</summary>
public sealed class CopperPipelineStageSummary : IPipelineSums
{
    /// <summary>The name of the pipeline.</summary>
    public string? Pipeline { get; set; }

    /// <summary>The id of the pipeline.</summary>
    public long? PipelineId { get; set; }

    /// <summary>The name of the stage.</summary>
    public string? Stage { get; set; }

    /// <summary>The id of the stage; null for opportunities that are in none.</summary>
    public long? StageId { get; set; }

    /// <summary>The probability of the stage, 0 to 100. An opportunity may have another one of its own.</summary>
    public long? WinProbability { get; set; }

    /// <summary>How many opportunities there are.</summary>
    public long Count { get; set; }

    /// <summary>What they are worth, in whole units of the currency, not cents.</summary>
    public decimal Value { get; set; }

    /// <summary>What they are worth, each times the probability of winning it.</summary>
    public decimal WeightedValue { get; set; }

    /// <summary>The currency, for example USD; null where the service names none.</summary>
    public string? Currency { get; set; }

    /// <summary>
    /// The length of the bar, 0 to 1: the value beside the greatest of the pipeline in the same currency. Where nothing has a
    /// value, the count.
    /// </summary>
    public double Share { get; set; }

    IReadOnlyList<IPipelineSums> IPipelineSums.Siblings { get; set; } = [];

    bool IPipelineSums.AreOpen { get; set; }

    /// <summary>Pipeline and stage.</summary>
    public override string ToString() => $"{Pipeline}, {Stage}";
}
