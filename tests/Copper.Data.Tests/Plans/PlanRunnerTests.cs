using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Plans;

/// <summary>Plans are carried out in a safe order, in few requests, and only while their records are as they were.</summary>
public sealed class PlanRunnerTests : PlanTest
{
    [Fact]
    public async Task Ten_records_go_into_one_request_where_the_service_can_do_that()
    {
        var plan = new ChangePlan(Enumerable.Range(1, 25)
            .Select(static number => Create(number, "person", new { name = $"New {number}" })));
        Account.Sandbox.ClearJournal();

        var results = await RunAsync(Client, plan);

        Assert.Equal(["POST /people/bulk_create", "POST /people/bulk_create", "POST /people/bulk_create"], Account.Requests);
        Assert.All(results, static result => Assert.Equal(PlanStatus.Done, result.Status));
        Assert.Equal(plan.Steps.Select(static step => step.Step), results.Select(static result => result.Step));
        foreach (var result in results)
        {
            Assert.Equal(result.Name, (await Client.People.GetAsync(result.Id!.Value)).Name);
        }
    }

    [Fact]
    public async Task What_others_refer_to_comes_first_and_new_ids_take_the_place_of_old_ones()
    {
        var plan = new ChangePlan(
        [
            Create(1, "task", new { name = "Call", related_resource = new { id = -3, type = "opportunity" } }),
            Create(2, "opportunity", new { name = "Deal", company_id = -1, primary_contact_id = -2 }, oldId: -3),
            Create(3, "person", new { name = "Ada", company_id = -1 }, oldId: -2),
            Create(4, "company", new { name = "Engines", primary_contact_id = -2 }, oldId: -1),
        ]);
        using var journal = ChangeJournal.Create(NewPath(), plan);

        var ids = (await RunAsync(Client, plan, journal)).ToDictionary(static result => result.Step, static result => result.Id!.Value);

        Assert.Equal(ids[4], (await Client.People.GetAsync(ids[3])).CompanyId);
        Assert.Equal(ids[3], (await Client.Companies.GetAsync(ids[4])).PrimaryContactId);
        var deal = await Client.Opportunities.GetAsync(ids[2]);
        Assert.Equal((ids[4], ids[3]), (deal.CompanyId, deal.PrimaryContactId));
        Assert.Equal(ids[2], (await Client.Tasks.GetAsync(ids[1])).RelatedResource!.Id);
    }

    [Fact]
    public async Task A_record_that_somebody_else_has_changed_is_held()
    {
        var (first, second) = await TwoPeopleAsync();
        var plan = new ChangePlan(
        [
            Update(1, "person", first.Id, new { title = "CTO" }, new { title = first.Title }),
            Update(2, "person", second.Id, new { title = "CTO" }, new { title = second.Title }),
        ]);
        await Client.People.UpdateAsync(first.Id, new JsonBody { ["title"] = "CFO" });

        var results = await RunAsync(Client, plan);

        Assert.Equal(PlanStatus.Held, results.Single(result => result.Id == first.Id).Status);
        Assert.Equal(PlanStatus.Done, results.Single(result => result.Id == second.Id).Status);
        Assert.Equal("CFO", (await Client.People.GetAsync(first.Id)).Title);
    }

    [Fact]
    public async Task A_step_that_is_older_than_its_record_is_held()
    {
        var (person, _) = await TwoPeopleAsync();
        var planned = Update(1, "person", person.Id, new { title = "CTO" });
        var plan = new ChangePlan([CopperPlanStep.FromRow(planned.ToRow().ToDictionary(
            static cell => cell.Key, cell => (object?)(cell.Key == "Modified" ? person.DateModified : cell.Value)))]);
        Account.Now = Account.Now.AddHours(1);
        await Client.People.UpdateAsync(person.Id, new JsonBody { ["details"] = "Met at the fair." });

        var result = Assert.Single(await RunAsync(Client, plan));

        Assert.Equal(PlanStatus.Held, result.Status);
        Assert.Contains("since the plan was made", result.Reason);
    }

    [Fact]
    public async Task A_record_that_is_so_already_is_not_written()
    {
        var (person, _) = await TwoPeopleAsync();
        Account.Sandbox.ClearJournal();

        var result = Assert.Single(await RunAsync(Client, new ChangePlan([Update(1, "person", person.Id, new { title = person.Title })])));

        Assert.Equal(PlanStatus.Skipped, result.Status);
        Assert.Empty(Account.Writes);
    }

    [Fact]
    public async Task The_company_of_a_person_moves_by_its_relation()
    {
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["company_id"] = await CompanyAsync("Old") });
        var other = await CompanyAsync("New");

        var results = await RunAsync(Client, new ChangePlan(
            [Update(1, "person", person.Id, new { title = "CTO", company_id = other },
                new { title = (string?)null, company_id = person.CompanyId })]));

        Assert.Equal(PlanStatus.Done, Assert.Single(results).Status);
        var moved = await Client.People.GetAsync(person.Id);
        Assert.Equal((other, "CTO"), (moved.CompanyId, moved.Title));
    }

    [Fact]
    public async Task One_rejected_record_does_not_stop_the_others()
    {
        var (person, _) = await TwoPeopleAsync();
        var plan = new ChangePlan(
        [
            Create(1, "person", new { name = "Fine" }),
            Create(2, "person", new { name = "Taken", emails = new[] { new { email = person.Email, category = "work" } } }),
            Delete(3, "company", 999_999_999),
            Create(4, "task", new { name = "Fine too" }),
        ]);

        var results = (await RunAsync(Client, plan)).ToDictionary(static result => result.Step);

        Assert.Equal(
            [PlanStatus.Done, PlanStatus.Held, PlanStatus.Failed, PlanStatus.Done],
                [results[1].Status, results[2].Status, results[3].Status, results[4].Status]);
        Assert.Contains("taken", results[2].Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_credential_that_is_not_accepted_ends_the_run()
    {
        using var client = new Copper.Client.CopperClient(new Copper.Client.CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey("demo@copper.example", "another-key"),
            Handler = new Copper.Sandbox.SandboxMessageHandler(Account.Sandbox),
            BaseUri = new Uri($"https://{Guid.NewGuid():n}.invalid/developer_api/v1"),
            RateLimits = [],
        });

        await Assert.ThrowsAsync<CopperAuthenticationException>(
            () => RunAsync(client, new ChangePlan([Create(1, "person", new { name = "Ada" })])));
    }

    [Fact]
    public async Task Steps_that_wait_or_have_nothing_to_do_send_nothing()
    {
        Account.Sandbox.ClearJournal();
        var plan = new ChangePlan(
        [
            new CopperPlanStep { Step = 1, Action = PlanAction.Hold, Entity = "person", Reason = "Two people have this address." },
            new CopperPlanStep { Step = 2, Action = PlanAction.Skip, Entity = "person", Id = 7 },
        ]);

        var results = await RunAsync(Client, plan);

        Assert.Equal([PlanStatus.Held, PlanStatus.Skipped], results.Select(static result => result.Status));
        Assert.Equal("Two people have this address.", results[0].Reason);
        Assert.Empty(Account.Requests);
    }

    [Fact]
    public async Task Requests_in_flight_at_once_give_their_results_in_order()
    {
        var plan = new ChangePlan(Enumerable.Range(1, 35).Select(static number => Create(number, "task", new { name = $"Task {number}" })));

        var results = await RunAsync(Client, plan, null, new PlanRunnerOptions { ThrottleLimit = 4 });

        Assert.Equal(plan.Steps.Select(static step => step.Step), results.Select(static result => result.Step));
        Assert.Equal(35, results.Select(static result => result.Id).Distinct().Count());
    }

    private async Task<(CopperPerson First, CopperPerson Second)> TwoPeopleAsync()
    {
        var first = await Client.People.CreateAsync(
            new JsonBody { ["name"] = "Ada One", ["title"] = "CEO",
                ["emails"] = new[] { new CopperEmail { Email = "one@ada.example", Category = "work" } } });
        var second = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada Two", ["title"] = "CEO" });
        return (first, second);
    }

    private async Task<long> CompanyAsync(string name) => (await Client.Companies.CreateAsync(new JsonBody { ["name"] = name })).Id;
}
