using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Plans;

/// <summary>What a journal says was changed is taken back, except where somebody else has changed it since.</summary>
public sealed class UndoTests : PlanTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_an_undo_of_random_changes_the_account_is_as_before(int seed)
    {
        var before = await AccountImage.OfAsync(Client);
        var plan = await RandomPlanAsync(new Random(seed), 150);
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, plan))
        {
            Assert.All(await RunAsync(Client, plan, journal), static result =>
                Assert.True(result.Status == PlanStatus.Done, $"{result}: {result.Reason}"));
        }

        Assert.NotEqual(before, await AccountImage.OfAsync(Client));
        var undo = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));
        Assert.All(await RunAsync(Client, undo), static result =>
            Assert.True(result.Status == PlanStatus.Done, $"{result}: {result.Reason}"));

        Assert.Equal(before, await AccountImage.OfAsync(Client));
        var again = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));
        Assert.All(again.Steps, static step => Assert.True(step.Action is PlanAction.Skip or PlanAction.Create, step.ToString()));
    }

    [Fact]
    public async Task What_somebody_else_has_changed_since_is_held_and_forced_only()
    {
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["title"] = "CEO" });
        var path = await RunJournaledAsync([Update(1, "person", person.Id, new { title = "CTO" })]);
        await Client.People.UpdateAsync(person.Id, new JsonBody { ["title"] = "CFO" });

        var undo = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));

        Assert.Equal(PlanAction.Hold, Assert.Single(undo.Steps).Action);
        Assert.Contains("Somebody has changed Title of person", undo.Steps[0].Reason);
        var forced = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path), force: true);
        await RunAsync(Client, forced);
        Assert.Equal("CEO", (await Client.People.GetAsync(person.Id)).Title);
    }

    [Fact]
    public async Task A_created_record_that_somebody_has_worked_on_is_not_deleted()
    {
        var path = await RunJournaledAsync([Create(1, "person", new { name = "Ada", title = "CEO" })]);
        var id = ChangeJournal.Read(path).Single().Id!.Value;
        await Client.People.UpdateAsync(id, new JsonBody { ["title"] = "CFO" });

        Assert.Equal(PlanAction.Hold, Assert.Single((await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path))).Steps).Action);
    }

    [Fact]
    public async Task A_change_between_plan_and_run_is_held_too()
    {
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["title"] = "CEO" });
        var path = await RunJournaledAsync([Update(1, "person", person.Id, new { title = "CTO" })]);
        var undo = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));
        await Client.People.UpdateAsync(person.Id, new JsonBody { ["title"] = "CFO" });

        Assert.Equal(PlanStatus.Held, Assert.Single(await RunAsync(Client, undo)).Status);
    }

    [Fact]
    public async Task Deleted_records_come_back_with_their_references()
    {
        var company = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines", ["tags"] = new[] { "steam" } });
        var person = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Ada",
            ["company_id"] = company.Id,
            ["emails"] = new[] { new CopperEmail { Email = "ada@engines.example", Category = "personal" } },
            ["address"] = new CopperAddress { Street = "1 Mill Lane", City = "London" },
        });
        var path = await RunJournaledAsync([Delete(1, "company", company.Id), Delete(2, "person", person.Id)]);

        var results = await RunAsync(Client, await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path)));

        Assert.Equal([company.Id, person.Id], results.Select(static result => result.OldId!.Value));
        var back = await Client.People.GetAsync(results[1].Id!.Value);
        Assert.Equal((results[0].Id, "personal", "London"), (back.CompanyId, back.Emails[0].Category, back.Address!.City));
    }

    [Fact]
    public async Task Only_the_records_that_are_named_are_taken_back()
    {
        var path = await RunJournaledAsync([Create(1, "task", new { name = "One" }), Create(2, "task", new { name = "Two" })]);
        var second = ChangeJournal.Read(path)[1].Id!.Value;

        Assert.Equal(second, Assert.Single((await new UndoPlanner(Client)
            .PlanAsync(ChangeJournal.Read(path), only: new HashSet<long> { second })).Steps).Id);
    }

    [Fact]
    public async Task A_run_that_is_not_resumed_is_held_where_its_outcome_is_unknown()
    {
        var plan = new ChangePlan([Create(1, "task", new { name = "One" })]);
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, plan))
        {
            await RunAsync(Account.Connect(new CuttingHandler(1, true)), plan, journal);
        }

        var step = Assert.Single((await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path))).Steps);

        Assert.Equal(PlanAction.Hold, step.Action);
        Assert.Contains("resume the run first", step.Reason);
    }

    private async Task<string> RunJournaledAsync(IEnumerable<CopperPlanStep> steps)
    {
        var plan = new ChangePlan(steps);
        var path = NewPath();
        using var journal = ChangeJournal.Create(path, plan);
        Assert.All(await RunAsync(Client, plan, journal), static result => Assert.True(result.Status == PlanStatus.Done, result.Reason));
        return path;
    }

    private async Task<ChangePlan> RandomPlanAsync(Random random, int count)
    {
        var people = await ListAsync(Client.People.Search(new SearchQuery()));
        var companies = await ListAsync(Client.Companies.Search(new SearchQuery()));
        var deals = await ListAsync(Client.Opportunities.Search(new SearchQuery()));
        var tasks = await ListAsync(Client.Tasks.Search(new SearchQuery()));
        var steps = new List<CopperPlanStep>();
        var touched = new HashSet<(string, long)>();
        for (var number = 1; number <= count; number++)
        {
            var person = people[random.Next(people.Count)];
            var deal = deals[random.Next(deals.Count)];
            var task = tasks[random.Next(tasks.Count)];
            var company = companies[random.Next(companies.Count)];
            CopperPlanStep? step = random.Next(9) switch
            {
                0 => Create(number, "person", new { name = $"New {seedless(number)}", tags = new[] { "a", "b" }, company_id = company.Id }),
                1 => Update(number, "person", person.Id, new { title = $"T{number}", tags = new[] { $"tag{number}" }, details = "x" }),
                2 => Update(number, "person", person.Id, new { company_id = company.Id }),
                3 => Update(number, "person", person.Id,
                    new { address = new { city = $"City {number}" },
                        phone_numbers = new[] { new { number = $"+1 555 {number}", category = "work" } } }),
                4 => Update(number, "opportunity", deal.Id,
                    new { monetary_value = number, close_date = "02/03/2027", win_probability = 5 }),
                5 => Update(number, "task", task.Id, new { due_date = 1800000000 + (number * 60), priority = "High" }),
                6 => Delete(number, "task", task.Id),
                7 => Create(number, "task", new { name = $"Task {number}", related_resource = new { id = company.Id, type = "company" } }),
                _ => Update(number, "company", company.Id,
                    new { details = $"D{number}", address = (object?)null, tags = Array.Empty<string>() }),
            };

            // Two steps about one record in one plan are no matter of this test, and a step that changes nothing is skipped.
            if ((step.Id is null || touched.Add((step.Entity, step.Id.Value)))
                && !(step.Fields == "{\"company_id\":" + person.CompanyId + "}"))
            {
                steps.Add(step);
            }
        }

        return new ChangePlan(steps);

        static int seedless(int number) => number;
    }

    private static async Task<List<T>> ListAsync<T>(SearchResult<T> result)
        where T : class
    {
        var list = new List<T>();
        await foreach (var item in result)
        {
            list.Add(item);
        }

        return list;
    }
}
