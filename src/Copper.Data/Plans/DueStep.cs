using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>A step that is about to be carried out.</summary>
/// <param name="Step">The step.</param>
/// <param name="Fields">What is sent, with the ids that references have by now.</param>
/// <param name="Before">What the record holds in these fields; all of it for a delete, null for a create.</param>
internal sealed record DueStep(CopperPlanStep Step, JsonBody Fields, JsonBody? Before)
{
    /// <summary>The record that is to be deleted; null for another step.</summary>
    public ICopperRecord? Record { get; init; }
}
