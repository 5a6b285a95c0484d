namespace Copper.Data.Plans;

/// <summary>What a run would do about a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Result">What is decided already; null when the step would be carried out.</param>
public sealed record PlanCheck(CopperPlanStep Step, CopperPlanResult? Result);
