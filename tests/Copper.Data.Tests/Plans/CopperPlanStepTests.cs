using Copper.Data.Columns;
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
    [InlineData("Action", "2", "no action")]
    [InlineData("Action", "Update, Delete", "no action")]
    [InlineData("Name", "Ada Byron", "Name was edited")]
    [InlineData("Fields", """{"title":"a","title":"b"}""", "stands twice")]
    [InlineData("Fields", """{"company_id":10000004.6}""", "a whole number")]
    [InlineData("Fields", """{"company_id":true}""", "a whole number")]
    [InlineData("Fields", """{"company_id":"x"}""", "a whole number")]
    [InlineData("Fields", """{"company_id":{}}""", "a whole number")]
    [InlineData("Fields", """{"title":7}""", "a text")]
    [InlineData("Fields", """{"tags":"a"}""", "a list of texts")]
    [InlineData("Fields", """{"emails":["a@b.example"]}""", "a list of objects")]
    [InlineData("Fields", """{"address":"Rome"}""", "an object")]
    [InlineData("Fields", """{"custom_fields":[{"custom_field_definition_id":"126247x","value":9}]}""", "custom_field_definition_id")]
    [InlineData("Fields", """{"custom_fields":[5]}""", "custom_field_definition_id")]
    [InlineData("Fields", """{"custom_fields":"x"}""", "custom_field_definition_id")]
    public void An_edit_that_cannot_be_meant_is_rejected(string column, string value, string because)
    {
        var row = RowOf(Sample);
        row[column] = value;

        Assert.Contains(because, Assert.Throws<PlanException>(() => CopperPlanStep.FromRow(row)).Message);
    }

    // A spreadsheet takes a name of digits for a number.
    [Theory]
    [InlineData("007", "7")]
    [InlineData(" Ada ", "Ada")]
    public void A_name_may_lose_what_a_spreadsheet_takes_from_it(string name, string shown)
    {
        var row = RowOf(new CopperPlanStep { Step = 1, Action = PlanAction.Delete, Entity = "person", Id = 7, Name = name }.Sealed());
        row["Name"] = shown;

        Assert.Equal(7, CopperPlanStep.FromRow(row).Id);
    }

    [Fact]
    public void Every_field_that_can_be_written_takes_what_a_record_holds_in_it()
    {
        var taken = new[] { "person", "company", "lead", "opportunity", "project", "task", "activity" }.SelectMany(static entity =>
            RecordFields.Writable(entity).Select(field => (entity, field)));

        Assert.All(taken, static pair => Assert.Null(PlanFieldCheck.ProblemOf(pair.entity, pair.field, null)));
        Assert.Null(PlanFieldCheck.ProblemOf("task", "due_date", 1_800_000_000L));
        Assert.Null(PlanFieldCheck.ProblemOf("activity", "user_id", 1001L));
        Assert.Null(PlanFieldCheck.ProblemOf("opportunity", "close_date", "1/31/2027"));
        Assert.Null(PlanFieldCheck.ProblemOf("opportunity", "monetary_value", 12.5m));
        Assert.Null(PlanFieldCheck.ProblemOf("activity", "details", "Called"));
        Assert.Null(PlanFieldCheck.ProblemOf("activity", "activity_date", 1_800_000_000L));
        Assert.NotNull(PlanFieldCheck.ProblemOf("activity", "user_id", "Jonas Weber"));
    }

    [Fact]
    public void A_plan_that_was_read_as_one_json_text_comes_back()
    {
        var back = CopperPlanStep.ListFromJson("[" + Sample.ToJson() + "," + Sample.With(step: 4).ToJson() + "]");

        Assert.Equal([3, 4], back.Select(static step => step.Step));
        Assert.Equal(Sample.Changes, back[0].Changes);
        Assert.Throws<PlanException>(static () => CopperPlanStep.ListFromJson("[5]"));
        Assert.Throws<PlanException>(static () => CopperPlanStep.ListFromJson("[{"));
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
