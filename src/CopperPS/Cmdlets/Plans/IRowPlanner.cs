using Copper.Data.Plans;

namespace CopperPS.Cmdlets.Plans;

/// <summary>A cmdlet whose steps come from rows, which can be planned again one by one.</summary>
internal interface IRowPlanner
{
    /// <summary>Plans the row of a step again, since somebody has created its record meanwhile; null where that cannot be done.</summary>
    Task<CopperPlanStep?> ReplanAsync(ChangePlan plan, CopperPlanStep step, CancellationToken cancellationToken);
}
