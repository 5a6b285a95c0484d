using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>What a row changes, and what it leaves alone.</summary>
public sealed class RowValueTests : ImportTest
{
    [Fact]
    public async Task A_row_without_a_column_that_others_have_clears_nothing_of_it()
    {
        var ada = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada King", ["title"] = "Countess" });
        var options = new ImportOptions { Entity = "person", MatchOn = ["Id"], EmptyClears = true };

        var plan = await PlanAsync(options, Row(("Id", ada.Id), ("City", "London")), Row(("Id", 1L), ("Title", "x")));

        Assert.Equal(["address"], plan.Steps[0].Body().Names);
    }

    [Fact]
    public async Task Tags_that_hold_semicolons_survive_an_edit_of_the_others()
    {
        var ada = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada King", ["tags"] = new[] { "x", "y; z" } });

        await ImportAsync(ById("person"), Row(("Id", ada.Id), ("Tags", "new; y; z; x")));

        Assert.Equal(["new", "x", "y; z"], (await Client.People.GetAsync(ada.Id)).Tags.Order());
    }

    [Theory]
    [InlineData("a; b; c", "", "a|b|c")]
    [InlineData("a; b; c", "b; c", "a|b; c")]
    [InlineData("x;y ; ;z", "y;z", "x|y|z")]
    [InlineData("A; B;  c", "a; b", "A; B|c")]
    public void Items_are_separated_by_semicolons_but_for_known_ones(string cell, string known, string items) =>
        Assert.Equal(items, string.Join("|", CellReader.Items(cell, [known, null])));

    [Fact]
    public async Task A_column_that_shows_the_whole_list_in_a_file_of_whole_records_removes_what_it_does_not_show()
    {
        var ada = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Ada King",
            ["websites"] = new[]
            {
                new CopperWebsite { Url = "https://a.example", Category = "personal" },
                new CopperWebsite { Url = "https://b.example", Category = "work" },
            },
        });
        var row = (await ExportAsync("person"))[^1];

        var part = await PlanAsync(ById("person"), Row(("Id", ada.Id), ("Website", "https://a.example")));
        await ImportAsync(ById("person"), With(row, "Website", "https://a.example"));

        AssertSkipped(part);
        Assert.Equal(
            ["https://a.example personal"],
            (await Client.People.GetAsync(ada.Id)).Websites.Select(static website => $"{website.Url} {website.Category}"));
    }

    [Fact]
    public async Task A_name_is_protected_whole_and_in_parts()
    {
        var ada = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada King", ["title"] = "Countess" });
        var options = new ImportOptions { Entity = "person", MatchOn = ["Id"], Protect = ["Full Name"] };

        var plan = await PlanAsync(options, Row(("Id", ada.Id), ("FirstName", "Eve"), ("LastName", "Byron"), ("Title", "x")));

        Assert.Equal(["title"], plan.Steps[0].Body().Names);
    }

    [Fact]
    public async Task What_a_new_record_cannot_keep_is_said()
    {
        var plan = await PlanAsync(
            new ImportOptions { Entity = "lead", MatchOn = ["Name"] },
                Row(("Name", "Ada New"), ("Value", 12.5), ("Currency", "EUR"), ("DateCreated", "2020-01-01")));

        Assert.Equal("MonetaryValue,Name", string.Join(",", plan.Steps[0].Changes.Select(static change => change.Property).Order()));
        Assert.StartsWith("Currency is not written.", plan.Steps[0].Reason);
    }

    [Fact]
    public async Task Typed_cells_of_a_spreadsheet_are_taken()
    {
        var task = await Client.Tasks.CreateAsync(new JsonBody { ["name"] = "Call" });

        var plan = await PlanAsync(
            ById("task"), Row(("Id", (double)task.Id), ("DueDate", new DateTime(2027, 3, 4, 5, 6, 7, DateTimeKind.Utc)), ("Tags", 12d),
                ("Details", DBNull.Value)));

        Assert.Equal(["due_date", "tags"], plan.Steps[0].Body().Names.Order());
        Assert.Equal(new DateTimeOffset(2027, 3, 4, 5, 6, 7, TimeSpan.Zero).ToUnixTimeSeconds(), plan.Steps[0].Body()["due_date"]);
    }

    [Theory]
    [InlineData("task", "Priority", "urgent", "is not one of: None, Low, Medium, High")]
    [InlineData("task", "DueDate", "Dec 2026", "leaves out the day")]
    [InlineData("task", "RelatedType", "planet", "is not one of")]
    [InlineData("opportunity", "CloseDate", "1/5", "leaves out the day")]
    [InlineData("opportunity", "WinProbability", "7,5", "no whole number")]
    [InlineData("lead", "Email", "a@x.example; b@x.example", "a lead has one address")]
    [InlineData("person", "Name", "", "must have a name")]
    [InlineData("company", "PrimaryContactId", "-7", "no id")]
    public async Task A_cell_that_cannot_be_taken_holds_its_row(string entity, string column, string cell, string because)
    {
        var options = new ImportOptions { Entity = entity, MatchOn = ["Id"], EmptyClears = true };
        var rows = await ExportAsync(entity, 1);

        var step = (await PlanAsync(options, With(rows[0], column, cell))).Steps[0];

        Assert.Equal(PlanAction.Hold, step.Action);
        Assert.Contains($"The column {column}: ", step.Reason);
        Assert.Contains(because, step.Reason);
    }

    [Fact]
    public async Task The_currency_of_a_record_that_is_there_holds_the_row_when_it_is_edited()
    {
        var row = (await ExportAsync("lead")).First(static row => row["MonetaryUnit"] is string { Length: > 0 });

        var step = (await PlanAsync(ById("lead"), With(row, "MonetaryUnit", "XYZ"))).Steps[0];

        Assert.Equal(PlanAction.Hold, step.Action);
        Assert.Contains("The column MonetaryUnit: 'XYZ' differs from", step.Reason);
    }
}
