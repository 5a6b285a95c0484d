using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on a lead.</summary>
public sealed class LeadUpdate : LeadFields, IRecordChanges<CopperLead>
{
    private protected override void Check(JsonBody fields) => CheckParts(fields);
}
