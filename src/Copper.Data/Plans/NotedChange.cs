using Copper.Client;

namespace Copper.Data.Plans;

/// <summary>What a step of a plan is about to do to one record, for the journal.</summary>
/// <param name="Step">The number of the step.</param>
/// <param name="Action">What is done.</param>
/// <param name="Entity">The entity of the record.</param>
/// <param name="Id">The record; null for one that is created.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">What is sent; null for a delete.</param>
/// <param name="Before">What the record holds; null for one that is created.</param>
internal sealed record NotedChange(
    long Step, PlanAction Action, string Entity, long? Id, string? Name, JsonBody? Fields, JsonBody? Before)
{
    /// <summary>Why it cannot be taken back; null when it can be.</summary>
    public string? WhyFinal { get; init; }

    /// <summary>The names behind the ids in the fields, see <see cref="NotedNames"/>; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Names { get; init; }
}
