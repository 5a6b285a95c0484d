using Copper.Client;
using Copper.Data.Import;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Import;

/// <summary>A row does not take away what somebody else has put into the record.</summary>
public sealed class OldRowTests : ImportTest
{
    [Fact]
    public async Task A_row_that_is_older_than_its_record_is_held()
    {
        var ada = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada King", ["title"] = "Countess" });
        var row = (await ExportAsync("person"))[^1];
        Account.Now = Account.Now.AddDays(1);
        await Client.People.UpdateAsync(ada.Id, new JsonBody { ["title"] = "Colleague changed" });

        var step = (await PlanAsync(ById("person"), row)).Steps[0];

        Assert.Equal(PlanAction.Hold, step.Action);
        Assert.Contains("was modified after this row was exported, and the row would replace: Title", step.Reason);
        Assert.Equal("title", Assert.Single((await PlanAsync(ById("person"), With(row, "DateModified", ""))).Steps[0].Body().Names));
    }

    [Theory]
    [InlineData("Email", "Email,Email2", "second@ada.example|new@ada.example", "first@ada.example second@ada.example new@ada.example")]
    [InlineData("Email", "Email2,Email", "new@ada.example|second@ada.example", "first@ada.example second@ada.example new@ada.example")]
    [InlineData("Email", "Email", "FIRST@ADA.EXAMPLE", "first@ada.example second@ada.example")]
    [InlineData("Name+CompanyName", "Email", "new@ada.example", "first@ada.example second@ada.example new@ada.example")]
    [InlineData("Id", "Email", "new@ada.example", "new@ada.example second@ada.example")]
    public async Task An_address_that_the_row_shows_or_does_not_mean_stays(string rule, string columns, string cells, string expected)
    {
        var company = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines" });
        var ada = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Ada King",
            ["company_id"] = company.Id,
            ["emails"] = new[] { Email("first@ada.example"), Email("second@ada.example", "personal") },
        });
        var shown = columns.Split(',').Zip(cells.Split('|'), static (column, cell) => (column, (object?)cell));
        (string, object?)[] names = rule == "Id" ? [("Id", ada.Id)] : rule == "Email" ? [] : [("Name", "Ada King"), ("Company", "Engines")];

        var plan = await PlanAsync(new ImportOptions { Entity = "person", MatchOn = [rule] }, Row([.. names, .. shown]));
        await RunAsync(Client, plan);

        Assert.Equal(
            expected, string.Join(" ", (await Client.People.GetAsync(ada.Id)).Emails.Select(static email => email.Email)));
    }

    [Fact]
    public async Task The_type_of_a_related_record_alone_is_no_other_record()
    {
        var task = await Client.Tasks.CreateAsync(new JsonBody
        {
            ["name"] = "Call", ["related_resource"] = new JsonBody { ["id"] = 1, ["type"] = "person" },
        });

        var step = (await PlanAsync(ById("task"), Row(("Id", task.Id), ("RelatedType", "company"), ("RelatedId", "1")))).Steps[0];

        Assert.Contains("still the id of the person", step.Reason);
    }

    [Fact]
    public async Task An_edited_cell_that_cannot_be_written_is_said()
    {
        var row = (await ExportAsync("task", 1))[0];
        var person = (await ExportAsync("person", 1))[0];

        var completed = (await PlanAsync(ById("task"), Row(("Id", row["Id"]), ("CompletedDate", "2026-01-01")))).Steps[0];
        var counted = (await PlanAsync(ById("person"), With(person, "InteractionCount", "4711"))).Steps[0];

        Assert.Equal(PlanAction.Hold, completed.Action);
        Assert.Contains("InteractionCount is not written", counted.Reason);
    }

    [Fact]
    public async Task What_is_not_filled_since_it_is_there_is_said()
    {
        var ada = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada King", ["title"] = "Countess" });
        var options = new ImportOptions { Entity = "person", MatchOn = ["Id"], OnMatch = ImportMatchAction.FillEmpty };

        var step = (await PlanAsync(options, Row(("Id", ada.Id), ("Title", "Analyst"), ("Details", "New")))).Steps[0];

        Assert.Equal((PlanAction.Update, "The record keeps its Title."), (step.Action, step.Reason));
    }

    [Theory]
    [InlineData("""[{"name":"N1","emails":[{"email":"n1@x.example"}]}]""")]
    [InlineData("""[{"id":7,"name":"N1","emails":["n1@x.example"]}]""")]
    [InlineData("[5]")]
    public async Task What_a_search_finds_and_cannot_be_read_creates_no_second_record(string answer)
    {
        using var client = Account.Connect(new HookHandler
        {
            Rewrite = (request, text) => request.EndsWith("/people/search", StringComparison.Ordinal) ? answer : text,
        });

        var plan = await new ImportPlanner(client, new ImportOptions { Entity = "person", MatchOn = ["Email"] })
            .PlanAsync([Row(("Name", "N1"), ("Email", "n1@x.example"))]);

        Assert.Equal(PlanAction.Hold, plan.Steps[0].Action);
        Assert.Contains("cannot be read", plan.Steps[0].Reason);
    }

    [Fact]
    public void A_step_is_of_the_row_that_has_its_values()
    {
        var step = new CopperPlanStep { Changes = [new PlanChange("Title", null, "Countess")] };

        Assert.True(ImportPlanner.IsOf(step, Row(("Title", "Countess "))));
        Assert.False(ImportPlanner.IsOf(step, Row(("Title", "Analyst"))));
    }
}
