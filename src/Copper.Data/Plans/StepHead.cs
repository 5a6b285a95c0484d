namespace Copper.Data.Plans;

/// <summary>What stays in memory of a step: enough to tell when it is due.</summary>
/// <param name="Step">The number of the step.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Action">What is done.</param>
/// <param name="IsGrouped">It shares a group with others.</param>
/// <param name="HasOldId">Others may refer to its record by a former id.</param>
internal readonly record struct StepHead(long Step, string Entity, PlanAction Action, bool IsGrouped, bool HasOldId);
