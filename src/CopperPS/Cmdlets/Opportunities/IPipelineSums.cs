namespace CopperPS.Cmdlets.Opportunities;

/// <summary>What the rows of a funnel have in common, by stage or by owner: the sums, and what its view draws of them.</summary>
internal interface IPipelineSums
{
    long Count { get; }

    decimal Value { get; }

    decimal WeightedValue { get; }

    string? Currency { get; }

    double Share { get; set; }

    /// <summary>All rows of the pipeline, for its totals.</summary>
    IReadOnlyList<IPipelineSums> Siblings { get; set; }

    /// <summary>Only open opportunities were counted.</summary>
    bool AreOpen { get; set; }
}
