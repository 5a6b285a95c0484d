using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>What came of one record in a request that writes.</summary>
/// <param name="Record">The record as the service keeps it; null for a deleted one, and when there is a failure.</param>
/// <param name="Failure">What went wrong; null for nothing.</param>
internal sealed record WriteOutcome(ICopperRecord? Record, CopperException? Failure)
{
    public PlanStatus Status => Failure switch
    {
        null => PlanStatus.Done,

        // The record was updated, and only reading it afterwards failed.
        CopperStateNotReadException => PlanStatus.Done,
        CopperOutcomeUnknownException => PlanStatus.Unknown,
        CopperServerException => PlanStatus.Unknown,
        CopperApiException => PlanStatus.Failed,
        _ => PlanStatus.Unknown,
    };
}
