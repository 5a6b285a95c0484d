using Copper.Client;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>A row whose record is not there, and is not to be created, tells which records have names like its own.</summary>
public sealed class NearRecordTests : ImportTest
{
    [Fact]
    public async Task A_mistyped_name_or_address_is_seen()
    {
        var ada = await Client.People.CreateAsync(new JsonBody { ["name"] = "Adelheid Lovelace" });
        var options = new ImportOptions { Entity = "person", MatchOn = ["Email", "Name"], CreatesMissing = false };

        var plan = await PlanAsync(
            options,
            Row(("Name", "Adelheit Lovelace"), ("Email", "ada@x.example")),
            Row(("Name", "Nobody Atall"), ("Email", "no@x.example")));

        Assert.All(plan.Steps, static step => Assert.Equal(PlanAction.Skip, step.Action));
        Assert.Equal($"The record is not there. Near to it: person {ada.Id} (Adelheid Lovelace).", plan.Steps[0].Reason);
        Assert.Equal("The record is not there.", plan.Steps[1].Reason);
    }

    [Fact]
    public async Task Only_the_first_rows_cost_requests()
    {
        var rows = Enumerable.Range(1, 200).Select(
            static number => Row(("Name", $"Nobody{number} Atall{number}"), ("Email", $"n{number}@x.example")));
        var options = new ImportOptions { Entity = "person", MatchOn = ["Email"], CreatesMissing = false };
        Account.Sandbox.ClearJournal();

        await PlanAsync(options, [.. rows]);

        Assert.InRange(Account.Requests.Count, 20, 50);
    }
}
