using Copper.Client;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>What the plan of an import says is what its run does, also where a row cannot be written.</summary>
public sealed class PredictionTests : ImportTest
{
    [Theory]
    [InlineData("Email", "nobody")]
    [InlineData("Email", "taken@plan.example")]
    [InlineData("Email", "same@plan.example")]
    [InlineData("Email Type", "private")]
    [InlineData("Phone", "-")]
    [InlineData("Country", "Nowhere Land")]
    [InlineData("Assignee", "Nobody")]
    [InlineData("ContactType", "Nothing")]
    [InlineData("Company", "Nobody Ltd")]
    [InlineData("CompanyId", "99")]
    [InlineData("Score", "much")]
    [InlineData("Interests", "Nothing at all")]
    [InlineData("Newsletter", "maybe")]
    public async Task A_person_that_cannot_be_written_is_announced(string heading, string cell) =>
        await CheckAsync("person", heading, cell);

    [Theory]
    [InlineData("EmailDomain", "taken.example")]
    [InlineData("EmailDomain", "same.example")]
    [InlineData("PrimaryContactId", "99999")]
    public async Task A_company_that_cannot_be_written_is_announced(string heading, string cell) =>
        await CheckAsync("company", heading, cell);

    [Theory]
    [InlineData("Status", "Paused")]
    [InlineData("Priority", "Urgent")]
    [InlineData("WinProbability", "150")]
    [InlineData("Stage", "Nowhere")]
    [InlineData("CloseDate", "soon")]
    [InlineData("MonetaryValue", "much")]
    [InlineData("PrimaryContactId", "99999")]
    [InlineData("CompanyId", "99")]
    public async Task An_opportunity_that_cannot_be_written_is_announced(string heading, string cell) =>
        await CheckAsync("opportunity", heading, cell);

    [Theory]
    [InlineData("Status", "Waiting")]
    [InlineData("DueDate", "soon")]
    [InlineData("RelatedType,RelatedId", "person,99999")]
    public async Task A_task_that_cannot_be_written_is_announced(string heading, string cell) =>
        await CheckAsync("task", heading, cell);

    /// <summary>One row that creates with the cell, one that updates with it, and two that nothing is wrong with.</summary>
    private async Task CheckAsync(string entity, string heading, string cell)
    {
        await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Somebody", ["emails"] = new[] { new JsonBody { ["email"] = "taken@plan.example", ["category"] = "work" } },
        });
        await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Some company", ["email_domain"] = "taken.example" });
        await RecordAccess.Of(Client, entity).CreateAsync([new JsonBody { ["name"] = "Known one" }], default);
        var spoilt = heading.Split(',').Zip(cell.Split(','), static (name, value) => (name, (object?)value)).ToList();
        if (heading == "Email Type")
        {
            spoilt.Add(("Email", "fine@plan.example"));
        }

        var blank = spoilt.Select(static one => (one.Item1, (object?)null)).ToArray();
        var plan = await PlanAsync(
            new ImportOptions { Entity = entity, MatchOn = ["Name"] },
            Row([("Name", "New one"), .. spoilt]),
            Row([("Name", "Known one"), .. spoilt]),
            Row([("Name", "Second new one"), .. blank]),
            Row([("Name", "Known one"), .. blank]));

        var results = await RunAsync(Client, plan);

        Assert.All(plan.Steps, step =>
        {
            var result = Assert.Single(results, result => result.Step == step.Step);
            var expected = step.Action switch
            {
                PlanAction.Hold => PlanStatus.Held,
                PlanAction.Skip => PlanStatus.Skipped,
                _ => PlanStatus.Done,
            };
            Assert.True(result.Status == expected, $"{step} became {result}: {result.Reason}");
        });
    }
}
