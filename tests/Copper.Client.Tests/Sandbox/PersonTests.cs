namespace Copper.Client.Tests.Sandbox;

public class PersonTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void A_person_comes_in_full_shape_with_nulls_and_empty_arrays()
    {
        var person = _account.Post("/people", new { name = "Ada Lovelace" }).Ok().Json.AsObject();

        Assert.Equal(
            ["id", "name", "prefix", "first_name", "middle_name", "last_name", "suffix", "address", "assignee_id", "company_id",
                "company_name", "contact_type_id", "details", "emails", "phone_numbers", "socials", "tags", "title", "websites",
                "custom_fields", "date_created", "date_modified", "date_last_contacted", "interaction_count", "leads_converted_from",
                "date_lead_created", "monetary_unit", "monetary_value", "converted_unit", "converted_value"],
            person.Select(member => member.Key));
        Assert.Null(person["address"]);
        Assert.Empty(person["emails"]!.AsArray());
        Assert.Equal(0, (int)person["interaction_count"]!);
    }

    [Fact]
    public void The_server_sets_the_dates()
    {
        var person = _account.Post("/people", new { name = "Ada Lovelace" }).Ok();
        _account.Now += TimeSpan.FromMinutes(5);
        var changed = _account.Put($"/people/{person.Id}", new { title = "Countess" }).Ok();

        long created = (long)person.Json["date_created"]!;
        Assert.Equal(created, (long)person.Json["date_modified"]!);
        Assert.Equal(created, (long)changed.Json["date_created"]!);
        Assert.Equal(created + 300, (long)changed.Json["date_modified"]!);
    }

    [Theory]
    [InlineData("Ada Lovelace", null, "Ada", null, "Lovelace", null)]
    [InlineData("Dr. Ada Augusta King Lovelace Jr.", "Dr.", "Ada", "Augusta King", "Lovelace", "Jr.")]
    [InlineData("Plato", null, "Plato", null, null, null)]
    public void The_server_splits_the_name(string name, string? prefix, string? first, string? middle, string? last, string? suffix)
    {
        var person = _account.Post("/people", new { name }).Ok().Json;

        Assert.Equal(
            [prefix, first, middle, last, suffix],
            new[] { "prefix", "first_name", "middle_name", "last_name", "suffix" }.Select(part => (string?)person[part]));
    }

    [Fact]
    public void An_update_changes_what_is_sent_only()
    {
        long id = _account.Post("/people", new { name = "Ada Lovelace", title = "Countess", details = "Likes machines" }).Ok().Id;

        var person = _account.Put($"/people/{id}", new { details = "Likes engines" }).Ok().Json;

        Assert.Equal("Countess", (string?)person["title"]);
        Assert.Equal("Likes engines", (string?)person["details"]);
    }

    [Fact]
    public void An_empty_update_changes_nothing()
    {
        long id = _account.NewPerson();
        string before = _account.Get($"/people/{id}").Text;
        _account.Now += TimeSpan.FromDays(1);

        Assert.Equal(before, _account.Put($"/people/{id}", "{}").Ok().Text);
    }

    [Fact]
    public void Null_clears()
    {
        long id = _account.Post(
            "/people", new { name = "Ada Lovelace", title = "Countess", tags = new[] { "vip" }, assignee_id = 1002 }).Id;

        var person = _account.Put($"/people/{id}", "{\"title\":null,\"tags\":null,\"assignee_id\":null}").Ok().Json;

        Assert.Null(person["title"]);
        Assert.Null(person["assignee_id"]);
        Assert.Empty(person["tags"]!.AsArray());
    }

    [Fact]
    public void An_array_replaces_the_one_before()
    {
        long id = _account.Post("/people", new { name = "Ada Lovelace", tags = new[] { "one", "two" } }).Id;

        var person = _account.Put($"/people/{id}", new { tags = new[] { "three" } }).Ok().Json;

        Assert.Equal("[\"three\"]", person["tags"]!.ToJsonString());
    }

    [Fact]
    public void An_address_replaces_the_one_before_and_shows_a_country_code()
    {
        long id = _account.Post("/people", new { name = "Ada Lovelace", address = new { street = "1 High Street", city = "London" } }).Id;

        var address = _account.Put($"/people/{id}", new { address = new { city = "Austin", country = "United States" } }).Ok()
            .Json["address"]!;

        Assert.Equal(
            "{\"street\":null,\"city\":\"Austin\",\"state\":null,\"postal_code\":null,\"country\":\"US\"}", address.ToJsonString());
    }

    [Fact]
    public void A_deleted_person_is_gone()
    {
        long id = _account.NewPerson();

        Assert.Equal($"{{\"id\":{id},\"is_deleted\":true}}", _account.Delete($"/people/{id}").Ok().Text);
        Assert.Equal(404, _account.Get($"/people/{id}").Status);
        Assert.Equal(404, _account.Delete($"/people/{id}").Status);
        Assert.Equal(404, _account.Put($"/people/{id}", "{}").Status);
    }

    [Theory]
    [InlineData("999999", 404)]
    [InlineData("0", 404)]
    [InlineData("-1", 500)]
    [InlineData("test", 422)]
    public void An_id_that_is_none_is_rejected_in_its_own_way(string id, int status) =>
        Assert.Equal(status, _account.Get($"/people/{id}").Status);

    [Fact]
    public void No_two_people_share_an_address()
    {
        var body = new { name = "Ada Lovelace", emails = new[] { new { email = "ada@engine.example", category = "work" } } };
        long id = _account.Post("/people", body).Ok().Id;

        string error = Assert.Single(_account.Post("/people", body).Errors());
        Assert.StartsWith("Emails: ", error, StringComparison.Ordinal);
        Assert.Equal(422, _account.Put("/people/1", new { body.emails }).Status);
        _account.Put($"/people/{id}", new { body.emails }).Ok();
        _account.Delete($"/people/{id}").Ok();
        _account.Post("/people", body).Ok();
    }

    [Fact]
    public void A_person_is_found_by_its_address()
    {
        long id = _account.Post(
            "/people", new { name = "Ada", emails = new[] { new { email = "ada@engine.example", category = "work" } } }).Id;

        Assert.Equal(id, _account.Post("/people/fetch_by_email", new { email = "ada@engine.example" }).Ok().Id);
        Assert.Equal(404, _account.Post("/people/fetch_by_email", new { email = "eda@engine.example" }).Status);
    }

    [Fact]
    public void The_company_is_set_on_creation_only()
    {
        long companyId = _account.NewCompany("Analytical Engines");
        var person = _account.Post("/people", new { name = "Ada", company_id = companyId }).Ok();

        Assert.Equal("Analytical Engines", (string?)person.Json["company_name"]);
        Assert.Equal(
            ["Base: Unrecognized attributes specified: company_id"],
            _account.Put($"/people/{person.Id}", new { company_id = companyId }).Errors());
    }

    [Fact]
    public void A_company_name_links_the_company_of_that_name_or_makes_one()
    {
        long companyId = _account.NewCompany("Analytical Engines");

        var linked = _account.Post("/people", new { name = "Ada", company_name = "analytical engines" }).Ok().Json;
        var made = _account.Post("/people", new { name = "Ida", company_name = "Difference Engines" }).Ok().Json;

        Assert.Equal(companyId, (long)linked["company_id"]!);
        Assert.Equal("Difference Engines", (string?)_account.Get($"/companies/{made["company_id"]}").Json["name"]);
    }

    [Fact]
    public void A_person_shows_the_current_name_of_its_company()
    {
        long companyId = _account.NewCompany("Analytical Engines");
        long id = _account.Post("/people", new { name = "Ada", company_id = companyId }).Id;

        _account.Put($"/companies/{companyId}", new { name = "Engines Ltd" });
        Assert.Equal("Engines Ltd", (string?)_account.Get($"/people/{id}").Json["company_name"]);

        _account.Delete($"/companies/{companyId}");
        Assert.Null(_account.Get($"/people/{id}").Json["company_id"]);
        Assert.Null(_account.Get($"/people/{id}").Json["company_name"]);
    }
}
