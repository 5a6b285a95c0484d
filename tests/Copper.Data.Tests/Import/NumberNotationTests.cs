using System.Globalization;
using Copper.Client;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>1.500 and 1,500 are read as the rest of the file says, or held.</summary>
public sealed class NumberNotationTests : ImportTest
{
    private static readonly ImportOptions Deals = new() { Entity = "opportunity", MatchOn = ["Name"] };

    [Theory]
    [InlineData("en-US", "1.500", "12.5", "1.5")]
    [InlineData("en-US", "1.500", "", null)]
    [InlineData("en-US", "1.500", "2250", null)]
    [InlineData("en-US", "1.500", "12,5", null)]
    [InlineData("en-US", "1.500", "1.234,56", null)]
    [InlineData("en-US", "1,500", "12.5", "1500")]
    [InlineData("en-US", "1,500", "1,234.56", "1500")]
    [InlineData("en-US", "1,500", "", null)]
    [InlineData("en-US", "1,500", "12,5", null)]
    [InlineData("de-DE", "1.500", "12.5", "1.5")]
    [InlineData("de-DE", "1.500", "", null)]
    [InlineData("de-DE", "1.500", "1.234,56", "1500")]
    [InlineData("de-DE", "1,500", "12,5", "1.5")]
    [InlineData("de-DE", "1,500", "", null)]
    [InlineData("de-DE", "1,500", "12.5", null)]
    [InlineData("fr-FR", "1.500", "", null)]
    [InlineData("fr-FR", "1.500", "0.125", "1.5")]
    [InlineData("en-US", "0.125", "12.5", "0.125")]
    [InlineData("en-US", "1234.500", "", "1234.5")]
    public async Task A_number_of_two_readings_is_read_as_the_file_proves(string culture, string cell, string other, string? read)
    {
        var former = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            var plan = await PlanAsync(
                Deals, Row(("Name", "Deal one"), ("MonetaryValue", cell)), Row(("Name", "Deal two"), ("MonetaryValue", other)));

            var step = plan.Steps[0];
            if (read is null)
            {
                Assert.True(step.Action == PlanAction.Hold, $"{step} {step.Changes}");
                Assert.Contains($"'{cell}' can be read as", step.Reason, StringComparison.Ordinal);
            }
            else
            {
                Assert.True(step.Action == PlanAction.Create, $"{step} {step.Reason}");
                Assert.Equal(
                    decimal.Parse(read, CultureInfo.InvariantCulture),
                    Convert.ToDecimal(step.Body()["monetary_value"], CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = former;
        }
    }

    [Fact]
    public async Task A_file_that_writes_numbers_in_both_ways_is_told_with_both()
    {
        var plan = await PlanAsync(
            Deals,
            Row(("Name", "Deal one"), ("MonetaryValue", "1.500"), ("Discount", "12.5")),
            Row(("Name", "Deal two"), ("MonetaryValue", "3,75"), ("Discount", "")));

        Assert.Equal(PlanAction.Hold, plan.Steps[0].Action);
        Assert.Contains("'12.5' in row 1", plan.Steps[0].Reason, StringComparison.Ordinal);
        Assert.Contains("'3,75' in row 2", plan.Steps[0].Reason, StringComparison.Ordinal);
        Assert.StartsWith("Row 1 (Deal one): ", plan.Steps[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_two_readings_alone_is_held_with_both_ways_to_write_it()
    {
        var step = (await PlanAsync(Deals, Row(("Name", "Deal"), ("MonetaryValue", "1.250")))).Steps[0];
        Assert.Contains("Write 1250 or 1.25.", step.Reason, StringComparison.Ordinal);

        step = (await PlanAsync(Deals, Row(("Name", "Deal"), ("MonetaryValue", "1.234")))).Steps[0];
        Assert.Contains("Write 1234 or 1.2340.", step.Reason, StringComparison.Ordinal);
        step = (await PlanAsync(Deals, Row(("Name", "Deal"), ("MonetaryValue", "1.2340")))).Steps[0];
        Assert.Equal(1.234m, step.Body()["monetary_value"]);
    }

    [Theory]
    [InlineData("1.5", "1.500")]
    [InlineData("1.5", "1,500")]
    [InlineData("1500", "1.500")]
    [InlineData("1500", "1,500")]
    public async Task What_the_record_has_already_in_one_reading_changes_nothing(string present, string cell)
    {
        var value = decimal.Parse(present, CultureInfo.InvariantCulture);
        var deal = await Client.Opportunities.CreateAsync(new JsonBody { ["name"] = "Deal", ["monetary_value"] = value });

        AssertSkipped(await PlanAsync(ById("opportunity"), Row(("Id", $"{deal.Id}"), ("MonetaryValue", cell))));
    }

    [Fact]
    public async Task The_numbers_of_an_export_prove_its_own_way_to_write_them()
    {
        await Client.Opportunities.CreateAsync(new JsonBody { ["name"] = "Deal", ["monetary_value"] = 2250m });
        await Client.Opportunities.CreateAsync(new JsonBody { ["name"] = "Other", ["monetary_value"] = 1.125m });
        var rows = (await ExportAsync("opportunity")).Where(static row => (string?)row["Name"] is "Deal" or "Other")
            .Select(static row => With(row, "Id", "")).ToArray();

        var plan = await PlanAsync(new ImportOptions { Entity = "opportunity", MatchOn = ["Id", "Name"] }, rows);

        Assert.DoesNotContain(plan.Steps, static step => step.Action == PlanAction.Hold);
    }

    [Fact]
    public async Task An_exported_number_that_nobody_edited_is_none_to_decide()
    {
        var deal = await Client.Opportunities.CreateAsync(new JsonBody { ["name"] = "Deal", ["monetary_value"] = 1.125m });
        var rows = (await ExportAsync("opportunity")).Where(row => (string?)row["Id"] == $"{deal.Id}").ToList();
        Assert.Equal("1.125", rows[0]["MonetaryValue"]);

        AssertSkipped(await PlanAsync(ById("opportunity"), rows[0], With(rows[0], "Id", $"{deal.Id}")));
        var other = Row(("Id", "30000001"), ("MonetaryValue", "1.234,56"));
        Assert.Equal(PlanAction.Skip, (await PlanAsync(ById("opportunity"), rows[0], other)).Steps[0].Action);
    }
}
