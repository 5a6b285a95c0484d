using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>What spreadsheets, other programs and wrong encodings make of cells: it is held, and the record stays as it is.</summary>
public sealed class SpoiltCellTests : ImportTest
{
    private static readonly string[] Several = ["referral", "vip"];

    [Theory]
    [InlineData("Phone", "1.23457E+11", "digits are lost")]
    [InlineData("Phone", "4,91512E+11", "digits are lost")]
    [InlineData("Phone", "#########", "is no phone number")]
    [InlineData("Phone", "-", "is no phone number")]
    [InlineData("Phone", "4930123456.0", "Write it as 4930123456")]
    [InlineData("Tags", "vip,partner", "Write 'vip; partner'")]
    [InlineData("PostalCode", "2180", "drops the zeros")]
    [InlineData("PostalCode", "1.23E+05", "digits are lost")]
    [InlineData("External", "47", "drops the zeros")]
    [InlineData("External", "4.91512E+11", "digits are lost")]
    [InlineData("Title", "#N/A", "error of a formula")]
    [InlineData("Name", "M\ufffdller", "another encoding")]
    [InlineData("Title", "a\0b", "the encoding UTF-16")]
    [InlineData("Website", "=HYPERLINK(\"https://x.example\")", "is a formula")]
    [InlineData("Email", "=HYPERLINK(\"mailto:a@x.example\")", "is a formula")]
    [InlineData("Address", "1 Main St, Paris", "cannot be taken apart")]
    public async Task Of_a_record_that_is_there_is_held(string heading, string cell, string because)
    {
        var id = await PersonAsync();

        var step = (await PlanAsync(ById("person"), Row(("Id", id), (heading, cell)))).Steps[0];

        Assert.True(step.Action == PlanAction.Hold, $"{step}: {step.Changes}");
        Assert.Contains(because, step.Reason);
        Assert.Contains($"he column {heading}", step.Reason);
    }

    /// <summary>An export shows whatever other programs have written.</summary>
    [Fact]
    public async Task That_the_record_has_just_so_is_no_edit()
    {
        var ada = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "#REF!",
            ["title"] = "M\ufffdller",
            ["phone_numbers"] = new[] { new CopperPhoneNumber { Number = "1.23E+11", Category = "work" } },
            ["tags"] = new[] { "a,b" },
            ["address"] = new CopperAddress { PostalCode = "1.23E+05", Country = "FR" },
        });
        var row = (await ExportAsync("person"))[^1];

        AssertSkipped(await PlanAsync(ById("person"), row));
        AssertSkipped(await PlanAsync(ById("person"), Row(("Id", ada.Id), ("Phone", "1.23E+11"), ("Tags", "a,b"))));
        AssertSkipped(await PlanAsync(ById("person"), Row(("Id", ada.Id), ("Address", ada.Address!.ToString()))));
        AssertSkipped(await PlanAsync(ById("person"), Row(("Id", ada.Id), ("Country", "France"))));
    }

    [Fact]
    public async Task Several_values_are_a_list_where_there_is_one_and_an_error_where_there_is_none()
    {
        var id = await PersonAsync();

        var tags = await PlanAsync(ById("person"), Row(("Id", id), ("Tags", Several)));
        var held = await PlanAsync(
            ById("person"),
            Row(("Id", id), ("Title", Several)));
        var parts = await PlanAsync(ById("person"), Row(("Id", id), ("City", new Dictionary<string, string> { ["a"] = "b" })));
        var one = await PlanAsync(ById("person"), Row(("Id", id), ("Title", new[] { "Countess" })));

        Assert.Equal("""{"tags":["referral","vip"]}""", tags.Steps[0].Fields);
        Assert.Contains("are several texts", held.Steps[0].Reason);
        Assert.Contains("is no text", parts.Steps[0].Reason);
        Assert.Equal("""{"title":"Countess"}""", one.Steps[0].Fields);
    }

    [Fact]
    public async Task A_key_without_its_zeros_finds_the_record_and_holds_the_row()
    {
        var id = await PersonAsync();
        var options = new ImportOptions { Entity = "person", MatchOn = ["CustomField:External"] };

        var step = (await PlanAsync(options, Row(("Name", "Ada King"), ("External", "47")))).Steps[0];

        Assert.Equal((PlanAction.Hold, id), (step.Action, step.Id));
    }

    [Theory]
    [InlineData("36.0")]
    [InlineData("12,13")]
    [InlineData("x")]
    public async Task What_is_no_id_is_not_looked_for(string cell)
    {
        var step = (await PlanAsync(ById("person"), Row(("Id", cell), ("Name", "Ada")))).Steps[0];

        Assert.Contains("is no id", step.Reason);
    }

    [Theory]
    [InlineData("en-US", "2,125")]
    [InlineData("en-US", "0,500")]
    [InlineData("de-DE", "3.125")]
    public async Task A_number_of_another_culture_is_held(string culture, string cell)
    {
        var lead = await Client.Leads.CreateAsync(new JsonBody { ["name"] = "Ada King" });

        var step = (await InAsync(culture, () => PlanAsync(ById("lead"), Row(("Id", lead.Id), ("MonetaryValue", cell))))).Steps[0];

        Assert.True(step.Action == PlanAction.Hold, $"{step.Changes}");
    }

    [Fact]
    public async Task A_number_is_read_with_whatever_space_stands_between_thousands()
    {
        var lead = await Client.Leads.CreateAsync(new JsonBody { ["name"] = "Ada King" });
        foreach (var space in new[] { ' ', '\u00a0', '\u202f' })
        {
            var row = Row(("Id", lead.Id), ("MonetaryValue", $"1{space}234,5"));
            Assert.Equal(1234.5m, (await InAsync("fr-FR", () => PlanAsync(ById("lead"), row))).Steps[0].Body()["monetary_value"]);
        }
    }

    [Theory]
    [InlineData("DueDate")]
    [InlineData("CloseDate")]
    public async Task A_date_of_another_order_makes_all_of_the_file_doubtful(string column)
    {
        var entity = column == "DueDate" ? "task" : "opportunity";
        var ids = (await ExportAsync(entity, 3)).Select(static row => row["Id"]).ToArray();

        var plan = await InAsync("en-US", () => PlanAsync(
            ById(entity), Row(("Id", ids[0]), (column, "04.05.2030")), Row(("Id", ids[1]), (column, "13.05.2030")),
            Row(("Id", ids[2]), (column, "2030-05-04"))));

        Assert.Equal([PlanAction.Hold, PlanAction.Hold, PlanAction.Update], plan.Steps.Select(static step => step.Action));
        Assert.Contains("cannot be told apart", plan.Steps[0].Reason);
        Assert.Contains("in another order than your culture", plan.Steps[1].Reason);
    }

    [Theory]
    [InlineData("en-US", "1.2.27", "31.12.2027")]
    [InlineData("en-US", "1/2/27", "31.12.27")]
    [InlineData("en-US", "1-2-27", "31-12-27")]
    [InlineData("en-US", "1/2/27 10:30", "31/12/27 08:00")]
    [InlineData("en-US", "1. 2. 2027", "31. 12. 2027")]
    [InlineData("en-US", "1.2.2027, 10:30", "31.12.2027, 10:30")]
    [InlineData("de-DE", "1.2.27", "12/31/27")]
    [InlineData("en-GB", "1/2/27", "12/31/2027")]
    public async Task A_date_is_doubtful_however_its_year_is_written(string culture, string cell, string other)
    {
        var ids = (await ExportAsync("opportunity", 2)).Select(static row => row["Id"]).ToArray();

        var plan = await InAsync(culture, () => PlanAsync(
            ById("opportunity"), Row(("Id", ids[0]), ("CloseDate", other)), Row(("Id", ids[1]), ("CloseDate", cell))));

        Assert.All(plan.Steps, static step => Assert.True(step.Action == PlanAction.Hold, $"{step} {step.Changes}"));
        Assert.Contains("cannot be told apart", plan.Steps[1].Reason);
    }

    [Theory]
    [InlineData("en-US", "2/1/27", "12/31/27")]
    [InlineData("de-DE", "1.2.27", "31.12.27")]
    [InlineData("de-DE", "1.1.27", "12/31/27")]
    [InlineData("ja-JP", "27/02/01", "2027/12/31")]
    public async Task A_date_in_the_order_of_the_culture_is_read(string culture, string cell, string other)
    {
        var ids = (await ExportAsync("opportunity", 2)).Select(static row => row["Id"]).ToArray();

        var step = (await InAsync(culture, () => PlanAsync(
            ById("opportunity"), Row(("Id", ids[0]), ("CloseDate", other)), Row(("Id", ids[1]), ("CloseDate", cell))))).Steps[1];

        Assert.True(step.Action == PlanAction.Update, $"{step} {step.Reason}");
    }

    [Theory]
    [InlineData("WAHR", "FALSCH")]
    [InlineData("VRAI", "FAUX")]
    [InlineData("ja", "nein")]
    public void True_and_false_are_read_as_spreadsheets_of_other_languages_write_them(string yes, string no) =>
        Assert.Equal((true, false), (FlagText.Of(yes), FlagText.Of(no)));

    [Theory]
    [InlineData("Email", "Email ")]
    [InlineData("Id", "id")]
    public void Two_columns_of_one_name_are_an_error(string one, string other) =>
        Assert.Contains("Two columns", Assert.Throws<ImportException>(() => Row((one, "x"), (other, "y"))).Message);

    [Fact]
    public async Task A_file_that_was_read_with_the_wrong_delimiter_is_told()
    {
        var failure = await Assert.ThrowsAsync<ImportException>(() => PlanAsync(ById("person"), Row(("Id;Name;Email", "1;Ada;"))));

        Assert.Contains("Read it with the delimiter ';'.", failure.Message);
        Assert.Empty(failure.Headings);
    }

    [Fact]
    public async Task All_faults_of_a_row_are_named_at_once()
    {
        var step = (await PlanAsync(ById("person"), Row(("Id", 1L), ("Company", "Nowhere Ltd"), ("Email", "x"), ("Phone", "-")))).Steps[0];

        Assert.Contains("Nowhere Ltd", step.Reason);
        Assert.Contains("'x' is not an e-mail address", step.Reason);
        Assert.Contains("'-' is no phone number", step.Reason);
    }

    private async Task<long> PersonAsync()
    {
        var field = await Client.CustomFieldDefinitions.CreateAsync(new JsonBody
        {
            ["name"] = "External", ["data_type"] = CustomFieldTypes.ShortText, ["available_on"] = new[] { "person" },
        });
        return (await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Ada King",
            ["phone_numbers"] = new[] { new CopperPhoneNumber { Number = "+49 30 4711", Category = "work" } },
            ["tags"] = new[] { "old" },
            ["address"] = new CopperAddress { PostalCode = "02180", City = "Stoneham" },
            ["custom_fields"] = new[] { RecordFields.Item(field.Id, "0047") },
        })).Id;
    }
}
