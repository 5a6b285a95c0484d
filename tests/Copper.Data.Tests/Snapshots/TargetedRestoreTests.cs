using Copper.Client;
using Copper.Data.Plans;
using Copper.Data.Snapshots;

namespace Copper.Data.Tests.Snapshots;

/// <summary>One record comes back, and others that are there pointed to it: they point to it again, or it is said why not.</summary>
public sealed class TargetedRestoreTests : RestoreTest
{
    [Fact]
    public async Task A_company_gets_its_people_opportunities_and_tasks_back()
    {
        using var account = NewSmallAccount();
        var client = account.Client;
        var company = await client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines Ltd" });
        var other = await client.Companies.CreateAsync(new JsonBody { ["name"] = "Looms Ltd" });
        var ada = await client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["company_id"] = company.Id });
        var bert = await client.People.CreateAsync(new JsonBody { ["name"] = "Bert", ["company_id"] = company.Id });
        var cleo = await client.People.CreateAsync(new JsonBody { ["name"] = "Cleo", ["company_id"] = company.Id });
        var deal = await client.Opportunities.CreateAsync(new JsonBody
        {
            ["name"] = "Engine", ["company_id"] = company.Id, ["primary_contact_id"] = ada.Id,
        });
        var task = await client.Tasks.CreateAsync(new JsonBody
        {
            ["name"] = "Call", ["related_resource"] = new JsonBody { ["id"] = company.Id, ["type"] = "company" },
        });
        await client.Activities.CreateAsync(new JsonBody
        {
            ["parent"] = new JsonBody { ["id"] = company.Id, ["type"] = "company" },
            ["type"] = new JsonBody { ["category"] = "user", ["id"] = 0 },
            ["details"] = "A note.",
        });
        using var snapshot = await BackupAsync(client, NewFolder());
        await client.Companies.DeleteAsync(company.Id);
        await client.RelatedItems.AddAsync(CopperEntities.Person, bert.Id,
            CopperEntities.Company, other.Id);
        await client.People.DeleteAsync(cleo.Id);

        var only = new RestoreOptions { Entities = ["company"], Ids = [company.Id] };
        var plan = await PlanAsync(client, snapshot, only);
        var results = await RunAsync(client, plan);

        var create = plan.Steps.Single(static step => step.Action == PlanAction.Create);
        Assert.Contains("an activity", create.Reason);
        Assert.Contains($"person {cleo.Id} (Cleo)", create.Reason);
        var held = Assert.Single(plan.Steps, static step => step.Action == PlanAction.Hold);
        Assert.Equal(bert.Id, held.Id);
        Assert.Contains($"was company {company.Id} (Engines Ltd), and is company {other.Id} (Looms Ltd) by now", held.Reason);
        var id = results.Single(result => result.OldId == company.Id).Id;
        Assert.Equal(id, (await client.People.GetAsync(ada.Id)).CompanyId);
        Assert.Equal(other.Id, (await client.People.GetAsync(bert.Id)).CompanyId);
        Assert.Equal((id, ada.Id), ((await client.Opportunities.GetAsync(deal.Id)) is var now ? (now.CompanyId, now.PrimaryContactId!.Value)
            : default));
        Assert.Equal(("company", id), ((await client.Tasks.GetAsync(task.Id)).RelatedResource is var end ? (end?.Type, end?.Id) : default));

        // A second run finds all of it.
        Assert.Empty(Writes(await PlanAsync(client, snapshot, only)));
    }

    [Fact]
    public async Task Kinds_of_records_that_are_not_restored_point_to_those_that_are()
    {
        using var account = NewSmallAccount();
        var client = account.Client;
        var person = await client.People.CreateAsync(new JsonBody { ["name"] = "Ada" });
        var deal = await client.Opportunities.CreateAsync(new JsonBody { ["name"] = "Engine", ["primary_contact_id"] = person.Id });
        using var snapshot = await BackupAsync(client, NewFolder());
        await client.People.DeleteAsync(person.Id);

        var results = await RestoreAsync(client, snapshot, new RestoreOptions { Entities = ["person"] });

        var id = results.Single(result => result.OldId == person.Id).Id;
        Assert.Equal(id, (await client.Opportunities.GetAsync(deal.Id)).PrimaryContactId);
    }

    /// <summary>A value that this version cannot read looks empty: it must not clear what the record has now.</summary>
    [Fact]
    public async Task What_cannot_be_read_in_the_snapshot_is_named_and_clears_nothing()
    {
        using var account = NewSmallAccount();
        var unreadable = new Support.HookHandler
        {
            Rewrite = static (request, body) => request.EndsWith("/people/search", StringComparison.Ordinal)
                ? System.Text.RegularExpressions.Regex.Replace(body, "\"assignee_id\":[0-9]+", "\"assignee_id\":{\"of\":\"the future\"}")
                : body,
        };
        using var snapshot = await BackupAsync(account.Connect(unreadable), NewFolder());
        var person = await account.Client.People.GetAsync(2);
        Assert.NotNull(person.AssigneeId);

        var planner = new RestorePlanner(account.Client);
        var plan = await planner.PlanAsync(snapshot);

        Assert.Empty(Writes(plan));
        Assert.Matches("^Assignee of [0-9]+ records \\(the first is person [0-9]+ ", Assert.Single(planner.UnreadableValues));
    }
}
