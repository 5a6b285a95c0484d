using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>What is said of a file once, and what of its empty rows.</summary>
public sealed class WholeFileTests : ImportTest
{
    [Theory]
    [InlineData("M\ufffdller", "Stra\ufffde", "another encoding")]
    [InlineData("M\u00c3\u00bcller", "Stra\u00c3\u0178e", "UTF-8")]
    public async Task A_file_of_a_wrong_encoding_is_rejected_as_a_whole(string one, string other, string advice)
    {
        var ids = (await ExportAsync("person", 3)).Select(static row => row["Id"]).ToArray();

        var failure = await Assert.ThrowsAsync<ImportException>(() => PlanAsync(
            ById("person"), Row(("Id", ids[0]), ("Title", "CHANGED"), ("City", "Jena")),
            Row(("Id", ids[1]), ("Title", one), ("City", "Jena")),
            Row(("Id", ids[2]), ("Title", "CTO"), ("City", other))));

        Assert.StartsWith("2 cells", failure.Message);
        Assert.Contains("row 2, column Title", failure.Message);
        Assert.Contains(advice, failure.Message);
    }

    [Fact]
    public async Task One_cell_that_cannot_be_read_holds_its_row_alone()
    {
        var ids = (await ExportAsync("person", 2)).Select(static row => row["Id"]).ToArray();

        var plan = await PlanAsync(
            ById("person"), Row(("Id", ids[0]), ("Title", "M\ufffdller")), Row(("Id", ids[1]), ("Title", "Head of what is new")));

        Assert.Equal([PlanAction.Hold, PlanAction.Update], plan.Steps.Select(static step => step.Action));
    }

    [Fact]
    public async Task Empty_rows_are_skipped()
    {
        var plan = await PlanAsync(
            new ImportOptions { Entity = "person", MatchOn = ["Id", "Email"] }, Row(("Id", ""), ("Email", " "), ("Title", null)),
            Row(("Id", ""), ("Email", "ada@engines.example"), ("Title", "")), Row(("Id", null), ("Email", ""), ("Title", "")));

        Assert.Equal([PlanAction.Skip, PlanAction.Hold, PlanAction.Skip], plan.Steps.Select(static step => step.Action));
        Assert.Equal("The row is empty.", plan.Steps[2].Reason);
    }

    [Fact]
    public async Task A_row_that_shows_nothing_to_match_on_says_what_to_do()
    {
        var row = Row(("Id", ""), ("Email", ""), ("Name", "Ada"));

        var reason = (await PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Id", "Email"] }, row)).Steps[0].Reason;
        Assert.Contains("(Id, Email). Fill one of them in, or add Name to the rules (MatchOn).", reason);

        var blank = Row(("Id", ""), ("Name", ""), ("Title", "x"));
        reason = (await PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Id", "Name"] }, blank))
            .Steps[0].Reason;
        Assert.EndsWith("(Id, Name). Fill one of them in.", reason);
    }
}
