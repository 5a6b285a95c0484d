namespace Copper.Client.Tests.Sandbox;

public class LeadConversionTests
{
    private readonly TestAccount _account = new();
    private readonly long _leadId;

    public LeadConversionTests() => _leadId = _account.Post("/leads", new
    {
        name = "Ada Lovelace",
        title = "Countess",
        tags = new[] { "engine" },
        company_name = "Analytical Engines",
        monetary_value = 2500,
        email = new { email = "ada@engine.example", category = "work" },
        custom_fields = new[] { new { custom_field_definition_id = _account.FieldId("External Id", "lead"), value = "X-1" } },
    }).Ok().Id;

    [Fact]
    public void The_person_takes_over_what_the_lead_had()
    {
        var person = Convert().Ok().Json["person"]!;

        Assert.Equal("Ada Lovelace", (string?)person["name"]);
        Assert.Equal("Countess", (string?)person["title"]);
        Assert.Equal("[\"engine\"]", person["tags"]!.ToJsonString());
        Assert.Equal("ada@engine.example", (string?)person["emails"]![0]!["email"]);
        Assert.Equal("X-1", (string?)_account.Get($"/people/{person["id"]}").CustomField(_account.FieldId("External Id", "person")));
        Assert.Equal(_leadId, (long)person["leads_converted_from"]![0]!["lead_id"]!);
        Assert.Equal(_account.Now.ToUnixTimeSeconds(), (long)person["date_lead_created"]!);
    }

    [Fact]
    public void The_lead_is_gone_but_can_still_be_listed()
    {
        Convert().Ok();

        Assert.Equal(404, _account.Get($"/leads/{_leadId}").Status);
        Assert.Equal(404, Convert().Status);
        Assert.Empty(_account.Post("/leads/search", new { ids = new[] { _leadId } }).Ok().Items);
        Assert.Equal([_leadId], _account.Post("/leads/search", new { ids = new[] { _leadId }, include_converted_leads = true }).Ok().Ids);
    }

    [Fact]
    public void A_company_is_created_even_if_it_is_not_mentioned()
    {
        var json = Convert().Ok().Json;

        Assert.Equal("Analytical Engines", (string?)json["company"]!["name"]);
        Assert.Equal((long)json["company"]!["id"]!, (long)json["person"]!["company_id"]!);
        Assert.False(json.AsObject().ContainsKey("opportunity"));
    }

    [Fact]
    public void Without_a_company_name_the_domain_names_it()
    {
        _account.Put($"/leads/{_leadId}", "{\"company_name\":null}").Ok();

        Assert.Equal("engine.example", (string?)Convert().Ok().Json["company"]!["name"]);
    }

    [Fact]
    public void An_empty_company_name_makes_none()
    {
        var json = Convert(new { company = new { name = "" } }).Ok().Json;

        Assert.Null(json["company"]);
        Assert.Null(json["person"]!["company_id"]);
    }

    [Fact]
    public void An_existing_company_is_linked_by_id_or_name()
    {
        long id = _account.NewCompany("Analytical Engines Ltd");

        Assert.Equal(id, (long)Convert(new { company = new { name = "analytical engines" } }).Ok().Json["company"]!["id"]!);
        Assert.Equal(id, (long)Convert(_account.NewLead(), new { company = new { id } }).Ok().Json["company"]!["id"]!);
        Assert.NotEqual(
            id, (long)Convert(_account.NewLead(), new { company = new { name = "Analytical Engines", exact_match = true } }).Ok()
            .Json["company"]!["id"]!);
    }

    [Fact]
    public void A_person_with_the_address_of_the_lead_is_taken()
    {
        long id = _account.Post(
            "/people", new { name = "Ada King", emails = new[] { new { email = "ada@engine.example", category = "work" } } }).Ok().Id;

        var person = Convert().Ok().Json["person"]!;

        Assert.Equal(id, (long)person["id"]!);
        Assert.Equal("Ada King", (string?)person["name"]);
    }

    [Fact]
    public void An_opportunity_is_created_if_asked_for()
    {
        var json = Convert(new { opportunity = new { name = "Engine No. 2", pipeline_id = 213215 } }).Ok().Json;

        var opportunity = json["opportunity"]!;
        Assert.Equal("Engine No. 2", (string?)opportunity["name"]);
        Assert.Equal(1032150, (long)opportunity["pipeline_stage_id"]!);
        Assert.Equal(2500, (int)opportunity["monetary_value"]!);
        Assert.Equal((long)json["person"]!["id"]!, (long)opportunity["primary_contact_id"]!);
        Assert.Equal((long)json["company"]!["id"]!, (long)opportunity["company_id"]!);
        Assert.Null(opportunity["priority"]);
    }

    [Fact]
    public void Tasks_and_activities_go_to_the_person()
    {
        var lead = new { id = _leadId, type = "lead" };
        long task = _account.Post("/tasks", new { name = "Call", related_resource = lead }).Ok().Id;
        long activity =
            _account.Post("/activities", new { parent = lead, type = new { category = "user", id = 1 }, details = "Called" }).Ok().Id;

        var person = Convert().Ok().Json["person"]!;

        Assert.Equal((long)person["id"]!, (long)_account.Get($"/tasks/{task}").Json["related_resource"]!["id"]!);
        Assert.Equal("person", (string?)_account.Get($"/activities/{activity}").Json["parent"]!["type"]);
        Assert.Equal(1, (int)_account.Get($"/people/{person["id"]}").Json["interaction_count"]!);
    }

    [Theory]
    [InlineData("{\"person\":{\"name\":\"x\"}}")]
    [InlineData("{\"details\":{\"person\":{\"title\":\"x\"}}}")]
    [InlineData("{\"details\":{\"deal\":{}}}")]
    [InlineData("{\"details\":{\"company\":{\"id\":1,\"name\":\"x\"}}}")]
    [InlineData("{\"details\":{\"company\":{\"id\":1}}}")]
    [InlineData("{\"details\":{\"opportunity\":{\"pipeline_id\":213215}}}")]
    [InlineData("{\"details\":{\"opportunity\":{\"name\":\"x\",\"pipeline_id\":1}}}")]
    [InlineData("{\"details\":{\"person\":{\"assignee_id\":1}}}")]
    public void A_rejected_conversion_changes_nothing(string body)
    {
        string companies = _account.Post("/companies/search", "{}").Total;

        Assert.Equal(422, _account.Post($"/leads/{_leadId}/convert", body).Status);

        _account.Get($"/leads/{_leadId}").Ok();
        Assert.Equal("60", _account.Post("/people/search", "{}").Total);
        Assert.Equal(companies, _account.Post("/companies/search", "{}").Total);
    }

    private TestReply Convert(object? details = null) => Convert(_leadId, details);

    private TestReply Convert(long leadId, object? details) =>
        _account.Post($"/leads/{leadId}/convert", details is null ? "{}" : new { details });
}
