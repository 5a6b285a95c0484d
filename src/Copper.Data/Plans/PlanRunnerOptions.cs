namespace Copper.Data.Plans;

/// <summary>How a plan is carried out.</summary>
public sealed class PlanRunnerOptions
{
    /// <summary>How the account writes a close date: MM/dd/yyyy or dd/MM/yyyy.</summary>
    public string DateFormat { get; init; } = "MM/dd/yyyy";

    /// <summary>So many requests may be in flight at once; 1 by default.</summary>
    public int ThrottleLimit { get; init; } = 1;

    /// <summary>
    /// The plan was made a moment ago from the records as they are, so that they need not be read again to see whether they have
    /// changed since.
    /// </summary>
    public bool IsFresh { get; init; }

    /// <summary>The numbers of steps that are left out; they give no result.</summary>
    public ISet<long> Except { get; init; } = new HashSet<long>();

    /// <summary>
    /// For so long after it was created a record may be missing from searches; 30 seconds by default. A create whose outcome is
    /// unknown is not retried before.
    /// </summary>
    public TimeSpan SearchLag { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Plans the row of a step again, since somebody has created its record meanwhile; the result may be null. Null: such a step is held.
    /// </summary>
    public Func<CopperPlanStep, CancellationToken, Task<CopperPlanStep?>>? Replan { get; init; }

    /// <summary>A wait; tests put their own here.</summary>
    internal Func<TimeSpan, CancellationToken, Task> Delay { get; init; } = Task.Delay;
}
