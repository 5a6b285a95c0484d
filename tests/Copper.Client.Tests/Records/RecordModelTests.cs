using System.Globalization;
using System.Text.Json;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>Records as the vendor's documentation shows them, and in the odd shapes that clients have met.</summary>
public class RecordModelTests : ScriptedTest
{
    [Fact]
    public async Task A_leads_one_email_object_is_read_into_the_members_that_people_have()
    {
        var lead = await LeadAsync("""
            {"id":1,"name":"My Lead","email":{"email":"mylead@noemail.com","category":"work"},"status":"New","status_id":208231,
            "monetary_value":2500,"monetary_unit":"USD","customer_source_id":331241}
            """);

        Assert.Equal("mylead@noemail.com", lead.Email);
        Assert.Equal("work", Assert.Single(lead.Emails).Category);
        Assert.Equal(208231, lead.StatusId);
        Assert.Equal(2500m, lead.MonetaryValue);
        Assert.Equal(331241, lead.CustomerSourceId);
        Assert.Null(lead.AdditionalMembers);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_lead_without_an_email_has_none(string email)
    {
        var lead = await LeadAsync($$"""{"id":1,"email":{{email}}}""");

        Assert.Null(lead.Email);
        Assert.Empty(lead.Emails);
    }

    [Theory]
    [InlineData("\"1/23/2017\"", "2017-01-23")]
    [InlineData("\"2/8/2018\"", "2018-02-08")]
    [InlineData("\"02/08/2018\"", "2018-02-08")]
    [InlineData("\"23/1/2017\"", "2017-01-23")]
    [InlineData("\"2017-01-23\"", "2017-01-23")]
    [InlineData("\"2017-01-23T00:00:00Z\"", "2017-01-23")]
    [InlineData("1485129600", "2017-01-23")]
    [InlineData("\"1485129600\"", "2017-01-23")]
    [InlineData("\"\"", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public async Task A_close_date_is_read_in_every_shape(string wire, string? expected)
    {
        var opportunity = await OpportunityAsync($$"""{"id":1,"close_date":{{wire}}}""");

        Assert.Equal(expected, opportunity.CloseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeKind.Unspecified, opportunity.CloseDate?.Kind ?? DateTimeKind.Unspecified);
        Assert.Equal(TimeSpan.Zero, opportunity.CloseDate?.TimeOfDay ?? TimeSpan.Zero);
    }

    [Theory]
    [InlineData("\"5/6/2026\"", "2026-06-05")]
    [InlineData("\"31/12/2026\"", "2026-12-31")]
    [InlineData("\"12/31/2026\"", "2026-12-31")]
    public async Task An_account_may_write_the_day_first(string wire, string expected)
    {
        Service.ThenJson($$"""[{"id":1,"close_date":{{wire}},"date_created":1489528899,"tags":["a"]}]""");
        var client = Client(static options => options.DayFirstDates = true);

        var opportunity = Assert.Single(await RunAsync(client.Opportunities.Search(new()).AllAsync()));

        Assert.Equal(expected, opportunity.CloseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1489528899), opportunity.DateCreated);
        Assert.Equal(["a"], opportunity.Tags);
    }

    [Theory]
    [InlineData("\"250000.0\"")]
    [InlineData("250000")]
    [InlineData("250000.0")]
    public async Task A_converted_value_is_a_number_however_it_comes(string wire)
    {
        var opportunity = await OpportunityAsync($$"""{"id":1,"converted_value":{{wire}},"converted_unit":"USD"}""");

        Assert.Equal(250000m, opportunity.ConvertedValue);
    }

    [Fact]
    public async Task Amounts_and_dates_do_not_depend_on_the_culture()
    {
        var former = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            var opportunity =
                await OpportunityAsync("""{"id":1,"close_date":"12/31/2026","monetary_value":2500.5,"converted_value":"2500.5"}""");

            Assert.Equal(new DateTime(2026, 12, 31), opportunity.CloseDate);
            Assert.Equal(2500.5m, opportunity.MonetaryValue);
            Assert.Equal(2500.5m, opportunity.ConvertedValue);
        }
        finally
        {
            CultureInfo.CurrentCulture = former;
        }
    }

    [Fact]
    public async Task An_opportunity_keeps_what_nobody_documented()
    {
        var opportunity = await OpportunityAsync("""
            {"id":1,"priority":null,"pipeline_type":"revenue","pipeline_is_revenue":true,"loss_reason_id":5,
            "leads_converted_from":[{"lead_id":9}],"new_member":{"a":1}}
            """);

        Assert.Equal("revenue", opportunity.PipelineType);
        Assert.True(opportunity.PipelineIsRevenue);
        Assert.Equal(9L, Assert.Single(opportunity.LeadsConvertedFrom)["lead_id"]);
        Assert.Equal(1L, Assert.IsType<AdditionalMembers>(opportunity.AdditionalMembers!["new_member"])["a"]);
    }

    [Fact]
    public async Task A_task_tells_what_it_belongs_to()
    {
        Service.ThenJson("""
            {"id":1,"name":"T","related_resource":{"id":144296,"type":"project"},"due_date":1496799000,"reminder_date":"1496799000",
            "priority":"None","status":"Open"}
            """);

        var task = await RunAsync(Client().Tasks.GetAsync(1));

        Assert.Equal("project 144296", task.RelatedResource!.ToString());
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1496799000), task.DueDate);
        Assert.Equal(task.DueDate, task.ReminderDate);
    }

    [Fact]
    public async Task A_companys_undocumented_domains_stay_as_they_come()
    {
        Service.ThenJson(
            """{"id":1,"name":"C","email_domain":"a.example","email_domains":["a.example","b.example"],"primary_contact_id":7}""");

        var company = await RunAsync(Client().Companies.GetAsync(1));

        Assert.Equal("a.example; b.example", company.EmailDomains!.ToString());
        Assert.Equal(7, company.PrimaryContactId);
    }

    [Fact]
    public async Task Details_of_an_activity_are_text_or_nested_values()
    {
        Service.ThenJson("""
            [{"id":1,"type":{"category":"user","id":0},"parent":{"id":7,"type":"person"},"details":"Called"},
            {"id":2,"type":{"category":"system","id":0},"details":{"subject":"Hi","to":["a","b"]},"old_value":"A","new_value":null},
            {"id":3,"is_deleted":true}]
            """);

        var activities = await RunAsync(Client().Activities.Search(new()).AllAsync());

        Assert.Equal("Called", activities[0].Details);
        Assert.Equal("user:0", activities[0].Type!.ToString());
        Assert.Equal("system:0", activities[1].Type!.ToString());
        Assert.Equal("subject=Hi; to=a; b", activities[1].Details!.ToString());
        Assert.Equal("A", activities[1].OldValue);
        Assert.True(activities[2].IsDeleted);
        Assert.Null(activities[2].Details);
        Assert.Equal("""{"page_number":1,"page_size":200}""", Service.Requests[0].Body);
    }

    [Fact]
    public async Task A_full_result_keeps_the_rows_of_one_activity_that_differ_by_user()
    {
        Service.ThenJson("""[{"id":1,"user_id":5},{"id":1,"user_id":6},{"id":1,"user_id":6}]""");
        var all = await RunAsync(Client().Activities.Search(new() { Filter = new JsonBody { ["full_result"] = true } }).AllAsync());
        var usual = await RunAsync(Client().Activities.Search(new()).AllAsync());

        Assert.Equal([5, 6], all.Select(static activity => activity.UserId));
        Assert.Single(usual);
    }

    [Fact]
    public async Task A_change_that_is_confirmed_without_a_body_is_read()
    {
        Service.Then(200).ThenJson("""{"id":1,"name":"New"}""");

        var project = await RunAsync(Client().Projects.UpdateAsync(1, new JsonBody { ["name"] = "New" }));

        Assert.Equal("New", project.Name);
        Assert.Equal(["PUT", "GET"], Service.Requests.Select(static request => request.Method));
    }

    [Fact]
    public async Task A_creation_whose_response_has_no_body_is_of_unknown_outcome_and_not_retried()
    {
        Service.Then(200);

        await FailsAsync<CopperOutcomeUnknownException>(Client().Leads.CreateAsync(new JsonBody { ["name"] = "A" }));

        Assert.Single(Service.Requests);
    }

    private async Task<CopperLead> LeadAsync(string json)
    {
        Service.ThenJson(json);
        return await RunAsync(Client().Leads.GetAsync(1));
    }

    private async Task<CopperOpportunity> OpportunityAsync(string json)
    {
        Service.ThenJson(json);
        return await RunAsync(Client().Opportunities.GetAsync(1));
    }

    /// <summary>What a record points to is written as the object that it is, with members that this version does not know.</summary>
    [Theory]
    [InlineData("task", """{"id":7,"related_resource":{"id":5,"type":"person","later":1}}""", "related_resource")]
    [InlineData("project", """{"id":7,"related_resource":{"id":5,"type":"person","later":1}}""", "related_resource")]
    [InlineData("activity", """{"id":7,"parent":{"id":5,"type":"person","later":1}}""", "parent")]
    [InlineData("activity", """{"id":7,"type":{"category":"user","id":3,"later":1}}""", "type")]
    [InlineData("activity", """{"id":7,"type":{"category":"user","id":3,"name":"Call"}}""", "type")]
    [InlineData("person", """{"id":7,"address":{"city":"Turin","later":1}}""", "address")]
    public void A_record_is_written_as_it_came(string name, string json, string member)
    {
        var entity = CopperEntities.All.Single(entity => entity.Name == name);
        var written = entity.Write(entity.Read(JsonBody.Parse(json)));
        using var sent = JsonDocument.Parse(json);
        using var kept = JsonDocument.Parse(written.ToString());
        var value = kept.RootElement.GetProperty(member);
        Assert.All(sent.RootElement.GetProperty(member).EnumerateObject(), one =>
            Assert.Equal(one.Value.ToString(), value.GetProperty(one.Name).ToString()));
        Assert.Equal(written.ToString(), entity.Write(entity.Read(written)).ToString());
    }
}
