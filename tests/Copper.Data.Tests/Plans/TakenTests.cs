using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Plans;

/// <summary>
/// Somebody creates a person or a company between plan and run, and the service rejects a second one: the records are looked at again.
/// </summary>
public sealed class TakenTests : PlanTest
{
    private static readonly ImportOptions ByEmail = new() { Entity = "person", MatchOn = ["Email"] };

    [Fact]
    public async Task A_plan_of_which_only_the_steps_are_known_is_held_and_names_the_record()
    {
        var ada = new { name = "Ada", emails = new[] { new { email = "ada@engines.example", category = "work" } } };
        var plan = new ChangePlan([Create(1, "person", ada)]);
        var person = await Client.People.CreateAsync(Person("Ada King"));

        var result = Assert.Single(await RunAsync(Client, plan));

        Assert.Equal(PlanStatus.Held, result.Status);
        Assert.Contains($"There is person {person.Id} 'Ada King' with the address or domain", result.Reason);
    }

    [Fact]
    public async Task A_row_that_can_be_planned_again_updates_the_person()
    {
        // Ten rows go in one request, of which one is rejected.
        ImportRow[] rows = [.. Enumerable.Range(1, 12).Select(static number => Row($"Guest {number}", $"guest{number}@engines.example")),
            Row("Ada", "ada@engines.example")];
        var plan = await new ImportPlanner(Client, ByEmail).PlanAsync(rows);
        var person = await Client.People.CreateAsync(Person("Ada"));

        var results = await RunAsync(Client, plan, null, Replanning(ByEmail, rows));

        var updated = results.Single(static result => result.Row == 13);
        Assert.Equal((PlanStatus.Done, PlanAction.Update, person.Id), (updated.Status, updated.Action, updated.Id!.Value));
        var present = await Client.People.GetAsync(person.Id);
        Assert.Equal(("Countess", "4711"), (present.Title, Assert.Single(present.PhoneNumbers).Number));
        Assert.All(results, static result => Assert.Equal(PlanStatus.Done, result.Status));
    }

    [Fact]
    public async Task The_choices_of_the_import_hold_for_the_person_too()
    {
        ImportRow[] rows = [Row("Ada", "ada@engines.example")];
        var skipping = new ImportOptions { Entity = "person", MatchOn = ["Email"], OnMatch = ImportMatchAction.Skip };
        var protecting = new ImportOptions { Entity = "person", MatchOn = ["Email"], Protect = ["Title"] };
        var plan = await new ImportPlanner(Client, ByEmail).PlanAsync(rows);
        var person = await Client.People.CreateAsync(Person("Ada", "Baroness"));

        var skipped = Assert.Single(await RunAsync(Client, plan, null, Replanning(skipping, rows)));
        Assert.Equal(PlanStatus.Skipped, skipped.Status);
        Assert.Single(await RunAsync(Client, plan, null, Replanning(protecting, rows)));

        Assert.Equal("Baroness", (await Client.People.GetAsync(person.Id)).Title);
    }

    [Fact]
    public async Task A_person_whom_no_rule_finds_from_the_row_is_held()
    {
        var byName = new ImportOptions { Entity = "person", MatchOn = ["Name"] };
        ImportRow[] rows = [Row("Ada", "ada@engines.example")];
        var plan = await new ImportPlanner(Client, byName).PlanAsync(rows);
        await Client.People.CreateAsync(Person("Augusta Byron"));

        var result = Assert.Single(await RunAsync(Client, plan, null, Replanning(byName, rows)));

        Assert.Equal(PlanStatus.Held, result.Status);
        Assert.Contains("no rule finds from the row", result.Reason);
    }

    [Fact]
    public async Task A_company_with_the_domain_is_found()
    {
        var plan = new ChangePlan([Create(1, "company", new { name = "Engines", email_domain = "engines.example" })]);
        await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines Ltd", ["email_domain"] = "engines.example" });

        var result = Assert.Single(await RunAsync(Client, plan));

        Assert.Equal(PlanStatus.Held, result.Status);
        Assert.Contains("Engines Ltd", result.Reason);
    }

    [Fact]
    public async Task Another_rejection_is_an_error_as_before()
    {
        var plan = new ChangePlan([Create(1, "person", new { name = "Ada", assignee_id = 4711 })]);

        Assert.Equal(PlanStatus.Failed, Assert.Single(await RunAsync(Client, plan)).Status);
    }

    [Fact]
    public async Task The_update_is_in_the_journal_and_is_taken_back_alone()
    {
        ImportRow[] rows = [Row("Ada", "ada@engines.example")];
        var plan = await new ImportPlanner(Client, ByEmail).PlanAsync(rows);
        var person = await Client.People.CreateAsync(Person("Ada", "Baroness"));
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, plan))
        {
            await RunAsync(Client, plan, journal, Replanning(ByEmail, rows));
        }

        Assert.Equal("Countess", (await Client.People.GetAsync(person.Id)).Title);
        var undone = Assert.Single(await RunAsync(Client, await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path))));

        Assert.Equal((PlanStatus.Done, PlanAction.Update), (undone.Status, undone.Action));
        Assert.Equal("Baroness", (await Client.People.GetAsync(person.Id)).Title);
    }

    /// <summary>Two rows that meant two new people mean one by now: only one of them is carried out.</summary>
    [Fact]
    public async Task Two_rows_that_mean_the_person_are_not_both_written()
    {
        ImportRow[] rows = [Row("Ada", "ada@engines.example"), Row("Augusta", "augusta@engines.example"),
            Row("Lady Ada", "lady@engines.example")];
        var planner = new ImportPlanner(Client, ByEmail);
        var plan = await planner.PlanAsync(rows);
        var person = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Ada King",
            ["emails"] = new[] { Email("ada@engines.example")[0], Email("lady@engines.example")[0] },
        });

        var results = await RunAsync(Client, plan, null, Replanning(planner, plan, rows));

        Assert.Equal([PlanStatus.Done, PlanStatus.Done, PlanStatus.Held], results.OrderBy(static result => result.Row)
            .Select(static result => result.Status));
        Assert.Contains("Row 1 means the same person, and says something else", results.Single(static result => result.Row == 3).Reason);
        Assert.Equal("Ada", (await Client.People.GetAsync(person.Id)).Name);
    }

    /// <summary>1.500 is a number with a fraction or not: another row of the file has told it.</summary>
    [Fact]
    public async Task What_another_row_proves_holds_for_a_row_that_is_planned_again()
    {
        var field = (await Client.Metadata.CustomFieldDefinitions.GetAsync())
            .First(static field => field.DataType == "Float" && field.IsAvailableOn("person"));
        ImportRow[] rows =
        [
            new([new("Name", "Ada"), new("Email", "ada@engines.example"), new(field.Name!, "1.500")]),
            new([new("Name", "Bert"), new("Email", "bert@engines.example"), new(field.Name!, "2.25")]),
        ];
        var planner = new ImportPlanner(Client, ByEmail);
        var plan = await planner.PlanAsync(rows);
        Assert.All(plan.Steps, static step => Assert.Equal(PlanAction.Create, step.Action));
        var person = await Client.People.CreateAsync(Person("Ada"));

        var results = await RunAsync(Client, plan, null, Replanning(planner, plan, rows));

        Assert.All(results, static result => Assert.Equal(PlanStatus.Done, result.Status));
        var present = await Client.People.GetAsync(person.Id);
        Assert.Equal(1.5m, Convert.ToDecimal(
            present.CustomFields.Find(value => value.DefinitionId == field.Id)!.Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    private PlanRunnerOptions Replanning(ImportOptions options, ImportRow[] rows) =>
        Replanning(new ImportPlanner(Client, options), null, rows);

    private static PlanRunnerOptions Replanning(ImportPlanner planner, ChangePlan? plan, ImportRow[] rows) => new()
    {
        IsFresh = true,
        ThrottleLimit = 4,
        Delay = static (_, _) => Task.CompletedTask,
        Replan = (step, token) => planner.ReplanAsync(step, plan ?? new ChangePlan([]), rows, token),
    };

    private static ImportRow Row(string name, string email) =>
        new([new("Name", name), new("Email", email), new("Title", "Countess"), new("Phone", "4711")]);

    private static JsonBody Person(string name, string? title = null) =>
        new() { ["name"] = name, ["title"] = title, ["emails"] = Email("ada@engines.example") };

    private static CopperEmail[] Email(string address) => [new CopperEmail { Email = address, Category = "work" }];
}
