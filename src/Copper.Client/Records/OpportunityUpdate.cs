using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on an opportunity.</summary>
public sealed class OpportunityUpdate : OpportunityFields, IRecordChanges<CopperOpportunity>;
