using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>The record of a row is found by each rule, however the row writes what the rule compares.</summary>
public sealed class MatchTests : ImportTest
{
    [Theory]
    [InlineData("PhoneNumber", "Phone", "(030) 123-45-678")]
    [InlineData("Name+CompanyName", "Company", "analytical  ENGINES")]
    [InlineData("Email", "Email 2", "Second@Ada.example")]
    public async Task A_person_is_found(string rule, string heading, string cell)
    {
        var company = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Analytical Engines" });
        var ada = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Ada King",
            ["company_id"] = company.Id,
            ["emails"] = new[] { Email("first@ada.example"), Email("second@ada.example") },
            ["phone_numbers"] = new[] { new CopperPhoneNumber { Number = "+49 30 12345678", Category = "work" } },
        });

        var plan = await PlanAsync(
            new ImportOptions { Entity = "People", MatchOn = [rule], OnMatch = ImportMatchAction.FillEmpty },
            Row(("Full Name", "ada king"), (heading, cell), ("Job Title", "Countess")),
            Row(("Full Name", "Eve King"), (heading, cell + "9"), ("Job Title", "Countess")));

        Assert.Equal((PlanAction.Update, (long?)ada.Id, rule), (plan.Steps[0].Action, plan.Steps[0].Id, plan.Steps[0].MatchedBy));
        Assert.Equal(["title"], plan.Steps[0].Body().Names);
        Assert.NotEqual(PlanAction.Update, plan.Steps[1].Action);
    }

    [Theory]
    [InlineData(CustomFieldTypes.Number, "1234.50", "1234.5")]
    [InlineData(CustomFieldTypes.Date, "2027-03-04", "4 March 2027")]
    [InlineData(CustomFieldTypes.ShortText, "AB-7", " AB-7 ")]
    public async Task A_custom_field_finds_in_whatever_form_it_is_written(string type, string value, string cell)
    {
        var field = await Client.CustomFieldDefinitions.CreateAsync(
            new JsonBody { ["name"] = "Member number", ["data_type"] = type, ["available_on"] = new[] { "company" } });
        var company = await Client.Companies.CreateAsync(new JsonBody
        {
            ["name"] = "Engines",
            ["custom_fields"] = new[]
            {
                new JsonBody
                {
                    ["custom_field_definition_id"] = field.Id,
                    ["value"] = await new CustomFieldResolver(Client.Metadata, "company").ValueAsync(field, value),
                },
            },
        });

        var plan = await PlanAsync(
            new ImportOptions { Entity = "company", MatchOn = ["CustomField:member number"] },
            Row(("Member number", cell), ("Name", "Analytical Engines")));

        Assert.Equal((PlanAction.Update, (long?)company.Id), (plan.Steps[0].Action, plan.Steps[0].Id));
        Assert.Equal(["name"], plan.Steps[0].Body().Names);
    }

    [Fact]
    public async Task A_company_is_found_by_its_domain_and_a_task_by_its_name()
    {
        var company = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines", ["email_domain"] = "engines.example" });
        var task = await Client.Tasks.CreateAsync(new JsonBody { ["name"] = "Call Ada about engines" });

        var companies = await PlanAsync(new ImportOptions { Entity = "company", MatchOn = ["EmailDomain"] },
            Row(("Domain", "Engines.example"), ("City", "London")));
        var tasks = await PlanAsync(new ImportOptions { Entity = "task", MatchOn = ["Name"] },
            Row(("Name", "call Ada about engines"), ("Priority", "high")));

        Assert.Equal(company.Id, companies.Steps[0].Id);
        Assert.Equal(task.Id, tasks.Steps[0].Id);
        Assert.Equal("High", tasks.Steps[0].Body()["priority"]);
    }

    [Fact]
    public async Task A_converted_lead_is_found_by_its_id_only()
    {
        var lead = await Client.Leads.CreateAsync(new JsonBody { ["name"] = "Ada Converted", ["email"] = Email("ada@converted.example") });
        await Client.LeadActions.ConvertAsync(lead.Id);
        var row = Row(("Id", lead.Id), ("Name", "Ada Converted"), ("Email", "ada@converted.example"));

        AssertSkipped(await PlanAsync(ById("lead"), row));
        Assert.Equal(
            PlanAction.Create, (await PlanAsync(new ImportOptions { Entity = "lead", MatchOn = ["Email"] }, row)).Steps[0].Action);
    }

    [Fact]
    public async Task The_address_that_found_a_person_is_not_moved_and_another_comes_where_the_row_has_it()
    {
        var ada = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Ada King",
            ["emails"] = new[] { Email("a@ada.example", "personal"), Email("b@ada.example", "other") },
        });

        AssertSkipped(await PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Email"] },
            Row(("Email", "b@ada.example"), ("Name", "Ada King"))));
        await ImportAsync(ById("person"), Row(("Id", ada.Id), ("Email", "b@ada.example")));

        Assert.Equal(
            ["b@ada.example other", "a@ada.example personal"],
            (await Client.People.GetAsync(ada.Id)).Emails.Select(static email => $"{email.Email} {email.Category}"));
    }
}
