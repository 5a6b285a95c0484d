using Copper.Client.Entities;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Records;

/// <summary>A new company.</summary>
public sealed class CompanyCreate : CompanyFields, INewRecord<CopperCompany>
{
    private protected override void Check(JsonBody fields) => CheckName(fields);
}
