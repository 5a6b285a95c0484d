namespace Copper.Client.Tests.Sandbox;

/// <summary>Rules of leads, companies, opportunities, projects and tasks beyond those all records share.</summary>
public class WorkRecordTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void A_lead_starts_with_the_first_status_and_has_one_address()
    {
        var lead = _account.Post("/leads", new { name = "Ada", email = new { email = "ada@engine.example", category = "work" } }).Ok().Json;

        Assert.Equal("New", (string?)lead["status"]);
        Assert.Equal(208231, (long)lead["status_id"]!);
        Assert.Equal("ada@engine.example", (string?)lead["email"]!["email"]);
    }

    [Fact]
    public void Status_and_status_id_of_a_lead_move_together()
    {
        long id = _account.NewLead();

        Assert.Equal(208233, (long)_account.Put($"/leads/{id}", new { status = "Contacted" }).Ok().Json["status_id"]!);
        Assert.Equal("Qualified", (string?)_account.Put($"/leads/{id}", new { status_id = 208234 }).Ok().Json["status"]);
        Assert.Equal(422, _account.Put($"/leads/{id}", new { status = "Dead" }).Status);
        Assert.Equal(422, _account.Put($"/leads/{id}", new { status = "New", status_id = 208234 }).Status);
    }

    [Fact]
    public void Leads_may_share_an_address()
    {
        var body = new { name = "Ada", email = new { email = "ada@engine.example", category = "work" } };

        _account.Post("/leads", body).Ok();
        _account.Post("/leads", body).Ok();
    }

    [Fact]
    public void Without_the_leads_feature_all_lead_endpoints_are_forbidden()
    {
        var account = new TestAccount(options => options.FeatureLeads = false);

        Assert.Equal(403, account.Post("/leads/search", "{}").Status);
        Assert.Equal("Feature not enabled", account.Get("/leads/1").Message);
        Assert.Equal(403, account.Get("/lead_statuses").Status);
        account.Get("/customer_sources").Ok();
    }

    [Fact]
    public void No_two_companies_share_a_domain()
    {
        _account.Post("/companies", new { name = "One", email_domain = "engine.example" }).Ok();

        Assert.Equal(422, _account.Post("/companies", new { name = "Two", email_domain = "Engine.example" }).Status);
    }

    [Fact]
    public void An_opportunity_starts_in_the_first_stage_of_the_first_pipeline()
    {
        var opportunity = _account.Post("/opportunities", new { name = "x", monetary_value = 1000 }).Ok().Json;

        Assert.Equal(213214, (long)opportunity["pipeline_id"]!);
        Assert.Equal(1032140, (long)opportunity["pipeline_stage_id"]!);
        Assert.Equal(5, (int)opportunity["win_probability"]!);
        Assert.Equal("Open", (string?)opportunity["status"]);
        Assert.Equal("None", (string?)opportunity["priority"]);
        Assert.Equal("1000.0", (string?)opportunity["converted_value"]);
    }

    [Fact]
    public void An_opportunity_takes_over_the_company_of_its_contact()
    {
        long company = _account.NewCompany();
        long person = _account.Post("/people", new { name = "Ada", company_id = company }).Id;

        var opportunity = _account.Post("/opportunities", new { name = "x", primary_contact_id = person }).Ok().Json;

        Assert.Equal(company, (long)opportunity["company_id"]!);
        Assert.Equal("Analytical Engines", (string?)opportunity["company_name"]);
    }

    [Fact]
    public void A_stage_has_to_belong_to_the_pipeline()
    {
        long id = _account.NewOpportunity();

        Assert.Equal(
            ["Pipeline Stage Id: does not belong to the pipeline"],
            _account.Put($"/opportunities/{id}", new { pipeline_id = 213215, pipeline_stage_id = 1032140 }).Errors());
        Assert.Equal(1032150, (long)_account.Put($"/opportunities/{id}", new { pipeline_id = 213215 }).Ok().Json["pipeline_stage_id"]!);
    }

    [Fact]
    public void A_change_of_stage_is_dated()
    {
        long id = _account.NewOpportunity();
        _account.Now += TimeSpan.FromHours(1);

        var moved = _account.Put($"/opportunities/{id}", new { pipeline_stage_id = 1032142 }).Ok().Json;

        Assert.Equal(_account.Now.ToUnixTimeSeconds(), (long)moved["date_stage_changed"]!);
        Assert.Equal(40, (int)moved["win_probability"]!);
    }

    [Fact]
    public void A_loss_reason_goes_with_Lost_only()
    {
        long id = _account.NewOpportunity();

        Assert.Equal(422, _account.Put($"/opportunities/{id}", new { loss_reason_id = 308951 }).Status);
        Assert.Equal(
            308951, (long)_account.Put($"/opportunities/{id}", new { status = "Lost", loss_reason_id = 308951 }).Ok()
            .Json["loss_reason_id"]!);
        Assert.Null(_account.Put($"/opportunities/{id}", new { status = "Open" }).Ok().Json["loss_reason_id"]);
    }

    [Theory]
    [InlineData(false, "01/23/2027", "1/23/2027")]
    [InlineData(false, "2/8/2027", "2/8/2027")]
    [InlineData(true, "23/01/2027", "23/1/2027")]
    public void Close_dates_are_text_and_come_back_without_leading_zeros(bool dayFirst, string sent, string shown)
    {
        var account = new TestAccount(options => options.DayFirstDates = dayFirst);

        Assert.Equal(shown, (string?)account.Post("/opportunities", new { name = "x", close_date = sent }).Ok().Json["close_date"]);
    }

    [Theory]
    [InlineData("\"2027-01-23\"")]
    [InlineData("\"23/1/2027\"")]
    [InlineData("1485129600")]
    public void Other_close_dates_are_rejected(string value) =>
        Assert.Equal(422, _account.Post("/opportunities", $"{{\"name\":\"x\",\"close_date\":{value}}}").Status);

    [Fact]
    public void A_completed_task_is_dated_by_the_server()
    {
        long id = _account.Post("/tasks", new { name = "x", due_date = 1496799000 }).Ok().Id;
        Assert.Equal(422, _account.Put($"/tasks/{id}", new { completed_date = 1496799000 }).Status);

        var completed = _account.Put($"/tasks/{id}", new { status = "Completed" }).Ok().Json;
        Assert.Equal(_account.Now.ToUnixTimeSeconds(), (long)completed["completed_date"]!);
        Assert.Null(_account.Put($"/tasks/{id}", new { status = "Open" }).Ok().Json["completed_date"]);
    }

    [Theory]
    [InlineData("due_date", "\"23.01.2027\"")]
    [InlineData("due_date", "\"13/23/2027\"")]
    [InlineData("due_date", "1800000000000")]
    [InlineData("priority", "\"Urgent\"")]
    [InlineData("status", "\"Done\"")]
    [InlineData("related_resource", "{\"id\":1,\"type\":\"people\"}")]
    [InlineData("related_resource", "{\"id\":999999,\"type\":\"person\"}")]
    [InlineData("related_resource", "7")]
    public void Wrong_values_of_a_task_are_rejected(string attribute, string value) =>
        Assert.Equal(422, _account.Post("/tasks", $"{{\"name\":\"x\",\"{attribute}\":{value}}}").Status);

    [Fact]
    public void A_project_starts_open() =>
        Assert.Equal("Open", (string?)_account.Post("/projects", new { name = "x" }).Ok().Json["status"]);
}
