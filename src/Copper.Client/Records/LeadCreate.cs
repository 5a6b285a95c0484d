using Copper.Client.Entities;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Records;

/// <summary>A new lead.</summary>
public sealed class LeadCreate : LeadFields, INewRecord<CopperLead>
{
    private protected override void Check(JsonBody fields) => ComposeName(fields);
}
