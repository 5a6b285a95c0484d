using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A new company.</summary>
public sealed class CompanyCreate : CompanyFields, INewRecord<CopperCompany>
{
    private protected override void Check(JsonBody fields) => CheckName(fields);
}
