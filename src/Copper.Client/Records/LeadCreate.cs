using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A new lead.</summary>
public sealed class LeadCreate : LeadFields, INewRecord<CopperLead>
{
    private protected override void Check(JsonBody fields) => ComposeName(fields);
}
