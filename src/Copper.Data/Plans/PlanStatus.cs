namespace Copper.Data.Plans;

/// <summary>What became of a step.</summary>
public enum PlanStatus
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>There was nothing to do.</summary>
    Skipped,

    /// <summary>It was not carried out, since it is not certain that it should be.</summary>
    Held,

    /// <summary>The service rejected it, or nothing was sent: nothing was changed.</summary>
    Failed,

    /// <summary>Whether the service carried it out is not known.</summary>
    Unknown,
}
