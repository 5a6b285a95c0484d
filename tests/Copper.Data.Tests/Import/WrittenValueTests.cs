using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>A plan shows what is written, in the form in which it shows what is there.</summary>
public sealed class WrittenValueTests : ImportTest
{
    [Fact]
    public async Task Changes_show_the_values_that_are_written()
    {
        var id = (await ExportAsync("opportunity", 1))[0]["Id"];
        var row = Row(
            ("Id", id), ("CloseDate", "2/1/27"), ("MonetaryValue", "4.50"), ("Status", "abandoned"), ("Tags", "one ;two;"),
            ("Assignee", $"{(await Client.Metadata.Users.GetAsync())[0].Id}"));

        var step = (await InAsync("en-US", () => PlanAsync(ById("opportunity"), row))).Steps[0];

        Assert.True(step.Action == PlanAction.Update, $"{step} {step.Reason}");
        Assert.Equal("2027-02-01", After(step, "CloseDate"));
        Assert.Equal("4.5", After(step, "MonetaryValue"));
        Assert.Equal("Abandoned", After(step, "Status"));
        Assert.Equal("one; two", After(step, "Tags"));
        var assignee = step.Changes.SingleOrDefault(static change => change.Property == "Assignee");
        Assert.True(assignee is null || !assignee.After!.All(char.IsDigit), assignee?.ToString());
        Assert.True(ImportPlanner.IsOf(step, row));
        Assert.False(ImportPlanner.IsOf(step, With(row, "MonetaryValue", "4.70")));
        Assert.False(ImportPlanner.IsOf(step, With(row, "CloseDate", "2/1/26")));
        Assert.False(ImportPlanner.IsOf(step, With(row, "Status", "Won")));
    }

    [Fact]
    public async Task The_next_export_shows_what_the_plan_showed()
    {
        var row = Row(
            ("Name", "Ada Byron"), ("Newsletter", "x"), ("Birthday", "2/1/87"), ("Preferred Language", "german"), ("Country", "Germany"),
            ("City", "Jena"), ("Email", "ada@byron.example;  a@byron.example"));

        var plan = await InAsync("en-US", () => PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Name"] }, row));

        Assert.True(plan.Steps[0].Action == PlanAction.Create, plan.Steps[0].Reason);
        Assert.Equal("True", After(plan.Steps[0], "Newsletter"));
        Assert.Equal("1987-02-01", After(plan.Steps[0], "Birthday"));
        Assert.Equal("German", After(plan.Steps[0], "Preferred Language"));
        Assert.Equal("DE", After(plan.Steps[0], "Country"));
        Assert.True(ImportPlanner.IsOf(plan.Steps[0], row));
        await RunAsync(Client, plan);
        var exported = (await ExportAsync("person")).Single(static person => (string?)person["Name"] == "Ada Byron");
        Assert.All(plan.Steps[0].Changes.Where(static change => change.Property != "Email"), change =>
            Assert.Equal((string?)exported[change.Property], change.After));
    }

    [Fact]
    public async Task A_plan_of_values_that_are_shown_otherwise_than_typed_comes_back_from_a_file()
    {
        var id = (await ExportAsync("opportunity", 1))[0]["Id"];
        var step = (await PlanAsync(ById("opportunity"), Row(("Id", id), ("MonetaryValue", "4.50")))).Steps[0];
        var cells = step.ToRow().ToDictionary(static cell => cell.Key, static cell => (object?)cell.Value);

        Assert.Equal(step.Fields, CopperPlanStep.FromRow(cells).Fields);
        cells["Changes"] = step.Changes.ToString().Replace("'4.5'", "'9.5'");
        Assert.Contains("Changes", Assert.Throws<PlanException>(() => CopperPlanStep.FromRow(cells)).Message);
    }

    private static string? After(CopperPlanStep step, string property) =>
        step.Changes.Single(change => change.Property == property).After;
}
