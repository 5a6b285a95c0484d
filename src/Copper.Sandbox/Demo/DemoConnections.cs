using Copper.Sandbox.Accounts;
using Copper.Sandbox.Links;

namespace Copper.Sandbox.Demo;

/// <summary>A few connections between companies, created with the connect field of the demo account.</summary>
internal static class DemoConnections
{
    private const int Part = 8;
    private const int Count = 12;

    public static void Fill(Account account, SandboxOptions options)
    {
        var random = new DemoRandom(options.Seed, Part);
        long[] companies = [.. account.Companies.All.Select(company => company.Id).OrderBy(id => id)];
        var field = account.Table(EntitySchemas.CustomFieldDefinition).All
            .First(definition => EntitySchemas.CustomFieldDefinition.Get<string>(definition, "data_type") == "Connect");
        for (int index = 0; index < Count && companies.Length >= 2; index++)
        {
            long[] pair = random.PickSome(companies, 2);
            account.Connections.Add(field.Id, new ConnectionEnd("company", pair[0]), new ConnectionEnd("company", pair[1]));
        }
    }
}
