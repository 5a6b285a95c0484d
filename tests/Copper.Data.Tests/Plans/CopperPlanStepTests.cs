using Copper.Data.Plans;

namespace Copper.Data.Tests.Plans;

/// <summary>A plan survives a file and a spreadsheet, and what was edited there is respected or rejected.</summary>
public sealed class CopperPlanStepTests : PlanTest
{
    private static readonly CopperPlanStep Sample = new CopperPlanStep
    {
        Step = 3,
        Action = PlanAction.Update,
        Entity = "person",
        Id = 7,
        Name = "Ada \"Countess\" Lovelace",
        Row = 12,
        MatchedBy = "Email",
        Changes = [new PlanChange("Title", "CEO", "CTO"), new PlanChange("Details", null, "one\r\ntwo; three")],
        Reason = "Two rows say so.",
        Modified = "2026-01-31T08:00:00Z",
        Fields = """{"title":"CTO","details":"one\r\ntwo; three"}""",
        Before = """{"title":"CEO","details":null}""",
    }.Sealed();

    [Fact]
    public void A_step_comes_back_from_text_cells_as_it_was()
    {
        var back = CopperPlanStep.FromRow(RowOf(Sample));

        Assert.Equal(Sample.ToRow(), back.ToRow());
        Assert.Equal(Sample.Fingerprint, back.Fingerprint);
    }

    [Fact]
    public void A_step_comes_back_from_json_with_its_changes()
    {
        var back = CopperPlanStep.FromJson(Sample.ToJson());

        Assert.Equal(Sample.Changes, back.Changes);
        Assert.Equal(Sample.ToJson(), back.ToJson());
    }

    // A journal keeps the steps of a plan that came out of a CSV file, and is read to resume the run.
    [Fact]
    public void A_row_of_text_survives_json()
    {
        var row = Sample.ToRow().ToDictionary(static cell => cell.Key, static cell => (object?)cell.Value);

        var back = CopperPlanStep.FromJson(CopperPlanStep.FromRow(row).ToJson());

        Assert.Equal(Sample.ToRow(), back.ToRow());
    }

    [Fact]
    public void A_plan_comes_back_from_a_file_without_the_lines_that_were_taken_out()
    {
        var path = NewPath();
        new ChangePlan([Create(1, "person", new { name = "Ada" }), Sample.With(step: 2), Delete(3, "task", 9)]).Save(path);
        File.WriteAllLines(path, File.ReadAllLines(path).Where(static (_, place) => place != 1));

        Assert.Equal([PlanAction.Create, PlanAction.Delete], ChangePlan.Load(path).Steps.Select(static step => step.Action));
    }

    [Fact]
    public void A_spreadsheet_may_change_case_spaces_and_ends_of_lines()
    {
        var row = RowOf(Sample);
        row["Action"] = "update ";
        row["Changes"] = ((string)row["Changes"]!).Replace("\r\n", "\n") + " ";
        row["Id"] = 7.0;

        Assert.Equal(Sample.Fingerprint, CopperPlanStep.FromRow(row).Fingerprint);
    }

    [Fact]
    public void An_edited_action_is_respected()
    {
        var row = RowOf(Sample);
        row["Action"] = "Skip";

        Assert.Equal(PlanAction.Skip, CopperPlanStep.FromRow(row).Action);
    }

    [Theory]
    [InlineData("Changes", "Title: 'CEO' -> 'Boss'", "Changes")]
    [InlineData("Entity", "lead", "Changes, or Entity")]
    [InlineData("Entity", "dog", "no entity")]
    [InlineData("Action", "Explode", "no action")]
    [InlineData("Id", "", "needs its Id")]
    [InlineData("Id", "seven", "no whole number")]
    [InlineData("Fields", "{title:", "no JSON object")]
    [InlineData("Fields", """{"id":8}""", "cannot be written")]
    [InlineData("Fields", "", "nothing to send")]
    [InlineData("Action", "Create", "has no Id")]
    [InlineData("Step", "", "no number")]
    [InlineData("Modified", "soon", "no time of the form")]
    public void An_edit_that_cannot_be_meant_is_rejected(string column, string value, string because)
    {
        var row = RowOf(Sample);
        row[column] = value;

        Assert.Contains(because, Assert.Throws<PlanException>(() => CopperPlanStep.FromRow(row)).Message);
    }

    [Fact]
    public void Two_steps_of_one_number_are_rejected() =>
        Assert.Contains("number 1", Assert.Throws<PlanException>(() => new ChangePlan([Delete(1, "task", 1), Delete(1, "task", 2)]))
            .Message);

    [Fact]
    public void A_row_that_is_no_step_is_rejected() => Assert.Contains(
        "column Step is missing", Assert.Throws<PlanException>(
            () => CopperPlanStep.FromRow(new Dictionary<string, object?> { ["Name"] = "Ada" })).Message);

    [Fact]
    public void A_plan_says_in_a_line_what_it_does() =>
        Assert.Equal("1 Create, 2 Delete", new ChangePlan(
            [Delete(1, "task", 1), Create(2, "task", new { name = "x" }), Delete(3, "task", 2)]).ToString());

    private static Dictionary<string, object?> RowOf(CopperPlanStep step) =>
        step.ToRow().ToDictionary(static cell => cell.Key, static cell => (object?)cell.Value);
}
