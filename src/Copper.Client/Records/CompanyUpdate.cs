using Copper.Client.Entities;
using Copper.Client.Models;

namespace Copper.Client.Records;

/// <summary>What is to change on a company.</summary>
public sealed class CompanyUpdate : CompanyFields, IRecordChanges<CopperCompany>;
