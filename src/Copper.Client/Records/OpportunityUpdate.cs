using Copper.Client.Entities;
using Copper.Client.Models;

namespace Copper.Client.Records;

/// <summary>What is to change on an opportunity.</summary>
public sealed class OpportunityUpdate : OpportunityFields, IRecordChanges<CopperOpportunity>;
