using Copper.Client;
using Copper.Data.Import;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Import;

/// <summary>Companies that rows name: they are there, or are created with the rows, or hold them.</summary>
public sealed class CompanyTests : ImportTest
{
    private static ImportOptions Creating(string entity, bool creates = true) =>
        new() { Entity = entity, MatchOn = ["Name"], CreatesCompanies = creates };

    [Fact]
    public async Task A_company_is_created_once_for_all_rows_that_name_it()
    {
        var known = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Known Works" });
        var old = await Client.People.CreateAsync(new JsonBody { ["name"] = "Old Hand" });
        ImportRow[] rows =
        [
            Row(("Name", "Ada New"), ("Company", "Engines")),
            Row(("Name", "Bob New"), ("Company", "  ENGINES ")),
            Row(("Name", "Carl New"), ("Company", "Known Works")),
            Row(("Name", "Old Hand"), ("Company", "Looms")),
            Row(("Name", "Dora New"), ("Company", null)),
        ];
        var planner = new ImportPlanner(Client, Creating("person"));
        var plan = await planner.PlanAsync(rows);

        Assert.Equal(["Engines", "Looms"], plan.Steps.Where(static step => step.Entity == "company").Select(static step => step.Name));
        Assert.Equal([("Engines", 2), ("Looms", 1)], planner.MissingCompanies.Select(static one => (one.Key, one.Value)));
        Assert.Contains("rows 1, 2 name it", plan.Steps[0].Reason, StringComparison.Ordinal);
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, plan))
        {
            var results = await RunAsync(Client, plan, journal);
            Assert.All(results, static result => Assert.True(result.Status == PlanStatus.Done, $"{result} {result.Reason}"));
        }

        var people = (await ExportAsync("person")).ToLookup(static row => row["Name"] as string, static row => row["Company"] as string);
        Assert.Equal(
            ["Engines", "Engines", "Known Works", "Looms", ""],
            new[] { "Ada New", "Bob New", "Carl New", "Old Hand", "Dora New" }.Select(name => people[name].Single()));
        Assert.Single(await ExportAsync("company"), static row => row["Name"] as string == "Engines");
        AssertSkipped(await PlanAsync(Creating("person"), rows));

        var undo = await RunAsync(Client, await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path)));
        Assert.All(undo, static result => Assert.True(result.Status == PlanStatus.Done, $"{result} {result.Reason}"));
        Assert.DoesNotContain(await ExportAsync("company"), static row => row["Name"] is "Engines" or "Looms");
        Assert.Null((await Client.People.GetAsync(old.Id)).CompanyId);
        Assert.Equal("Known Works", (await Client.Companies.GetAsync(known.Id)).Name);
    }

    [Fact]
    public async Task Opportunities_have_companies_too_and_a_held_row_creates_none()
    {
        var plan = await PlanAsync(
            Creating("opportunity"),
            Row(("Name", "Deal one"), ("Company", "Engines"), ("MonetaryValue", "12")),
            Row(("Name", "Deal two"), ("Company", "Looms"), ("MonetaryValue", "a lot")));

        Assert.Equal(["Create company", "Create opportunity", "Hold opportunity"], plan.Steps.Select(
            static step => $"{step.Action} {step.Entity}"));
        Assert.Equal("Engines", plan.Steps[0].Name);
    }

    [Fact]
    public async Task Otherwise_the_rows_are_held_and_the_names_are_told_once()
    {
        var planner = new ImportPlanner(Client, Creating("person", creates: false));
        var plan = await planner.PlanAsync(
            [Row(("Name", "Ada New"), ("Company", "Engines")), Row(("Name", "Bob New"), ("Company", "engines"))]);

        Assert.All(plan.Steps, static step => Assert.Equal(PlanAction.Hold, step.Action));
        Assert.Contains("Set CreatesCompanies", plan.Steps[0].Reason, StringComparison.Ordinal);
        Assert.Equal([("Engines", 2)], planner.MissingCompanies.Select(static one => (one.Key, one.Value)));
    }

    [Theory]
    [InlineData("""[{"name":"Engines"}]""")]
    [InlineData("""[7]""")]
    [InlineData("""<html>""")]
    public async Task One_that_cannot_be_read_holds_the_row_and_is_not_created(string response)
    {
        using var client = Account.Connect(new HookHandler
        {
            Rewrite = (request, body) => request.EndsWith("/companies/search", StringComparison.Ordinal) ? response : body,
        });

        var plan = await new ImportPlanner(client, Creating("person")).PlanAsync(
            [Row(("Name", "Ada New"), ("Company", "Engines")), Row(("Name", "Bob New"), ("Company", null))]);

        Assert.Equal([PlanAction.Hold, PlanAction.Create], plan.Steps.Select(static step => step.Action));
        Assert.Contains("'Engines'", plan.Steps[0].Reason, StringComparison.Ordinal);
        Assert.Contains("cannot be told", plan.Steps[0].Reason, StringComparison.Ordinal);
    }
}
