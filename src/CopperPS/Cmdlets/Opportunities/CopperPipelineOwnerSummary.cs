namespace CopperPS.Cmdlets.Opportunities;

/// <summary>What one user owns in a pipeline, in one currency: a row of Show-CopperPipeline -GroupBy Assignee.</summary>
public sealed class CopperPipelineOwnerSummary : IPipelineSums
{
    /// <summary>The name of the pipeline.</summary>
    public string? Pipeline { get; set; }

    /// <summary>The id of the pipeline.</summary>
    public long? PipelineId { get; set; }

    /// <summary>The name of the user.</summary>
    public string? Assignee { get; set; }

    /// <summary>The id of the user; null for opportunities that nobody owns.</summary>
    public long? AssigneeId { get; set; }

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

    /// <summary>Pipeline and user.</summary>
    public override string ToString() => $"{Pipeline}, {Assignee}";
}
