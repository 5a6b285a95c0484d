using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A new opportunity.</summary>
/// <example><code>
/// await client.Opportunities.CreateAsync(new OpportunityCreate { Name = "Renewal", Stage = "Proposal", MonetaryValue = 2500 })
/// </code></example>
public sealed class OpportunityCreate : OpportunityFields, INewRecord<CopperOpportunity>
{
    private protected override void Check(JsonBody fields)
    {
        CheckName(fields);
        base.Check(fields);
    }
}
