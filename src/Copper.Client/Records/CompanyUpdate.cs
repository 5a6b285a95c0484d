using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on a company.</summary>
public sealed class CompanyUpdate : CompanyFields, IRecordChanges<CopperCompany>;
