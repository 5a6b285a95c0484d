using System.Globalization;
using Copper.Data.Plans;

namespace CopperPS;

/// <summary>How many steps of a plan came to what. Its text is a sentence.</summary>
public sealed class CopperPlanTotals
{
    /// <summary>Records that were created.</summary>
    public long Created { get; private set; }

    /// <summary>Records that were updated.</summary>
    public long Updated { get; private set; }

    /// <summary>Records that were deleted.</summary>
    public long Deleted { get; private set; }

    /// <summary>Steps with nothing to do.</summary>
    public long Skipped { get; private set; }

    /// <summary>Steps that wait for a decision.</summary>
    public long Held { get; private set; }

    /// <summary>Steps that the service rejected, or for which nothing could be sent.</summary>
    public long Failed { get; private set; }

    /// <summary>Steps of which it is not known whether they were carried out.</summary>
    public long Unknown { get; private set; }

    /// <summary>For example <c>12 created, 3 updated, 40 skipped, 1 held, 0 failed</c>.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        Text(Created, "created"),
        Text(Updated, "updated"),
        Deleted > 0 ? Text(Deleted, "deleted") : null,
        Text(Skipped, "skipped"),
        Text(Held, "held"),
        Text(Failed, "failed"),
        Unknown > 0 ? Text(Unknown, "with an unknown outcome") : null,
    }.Where(static part => part is not null));

    internal void Add(CopperPlanResult result)
    {
        switch (result.Status)
        {
            case PlanStatus.Skipped:
                Skipped++;
                break;
            case PlanStatus.Held:
                Held++;
                break;
            case PlanStatus.Failed:
                Failed++;
                break;
            case PlanStatus.Unknown:
                Unknown++;
                break;
            case PlanStatus.Done when result.Action == PlanAction.Create:
                Created++;
                break;
            case PlanStatus.Done when result.Action == PlanAction.Delete:
                Deleted++;
                break;
            default:
                Updated++;
                break;
        }
    }

    private static string Text(long count, string what) => string.Format(CultureInfo.InvariantCulture, "{0} {1}", count, what);
}
