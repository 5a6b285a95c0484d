namespace Copper.Client.Tests.Sandbox;

public class ValidationTests
{
    private readonly TestAccount _account = new();

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"name\":null}")]
    [InlineData("{\"name\":\" \"}")]
    public void A_name_has_to_be_there(string body)
    {
        foreach (string path in new[] { "/people", "/companies", "/leads", "/opportunities", "/projects", "/tasks" })
        {
            Assert.Equal(["Name: can't be blank"], _account.Post(path, body).Errors());
        }
    }

    [Fact]
    public void A_name_cannot_be_cleared() =>
        Assert.Equal(["Name: can't be blank"], _account.Put("/people/1", "{\"name\":null}").Errors());

    [Fact]
    public void Several_errors_come_in_lines() => Assert.Equal(
        ["Base: Unrecognized attributes specified: url, colour", "Title: must be a string", "Name: can't be blank"],
        _account.Post("/people", "{\"title\":7,\"url\":\"x\",\"colour\":\"y\"}").Errors());

    [Theory]
    [InlineData("id", "1")]
    [InlineData("date_created", "1490045162")]
    [InlineData("interaction_count", "0")]
    [InlineData("leads_converted_from", "[]")]
    public void Attributes_the_server_sets_are_rejected(string attribute, string value) => Assert.Equal(
        [$"Base: Unrecognized attributes specified: {attribute}"],
        _account.Put("/people/1", $"{{\"{attribute}\":{value}}}").Errors());

    [Fact]
    public void A_record_read_cannot_be_sent_back() =>
        Assert.Equal(422, _account.Put("/people/1", _account.Get("/people/1").Text).Status);

    [Theory]
    [InlineData("name", "7")]
    [InlineData("tags", "\"vip\"")]
    [InlineData("tags", "[7]")]
    [InlineData("address", "\"London\"")]
    [InlineData("address", "{\"city\":7}")]
    [InlineData("address", "{\"town\":\"London\"}")]
    [InlineData("emails", "\"ada@engine.example\"")]
    [InlineData("emails", "[\"ada@engine.example\"]")]
    [InlineData("emails", "[{\"email\":\"no address\",\"category\":\"work\"}]")]
    [InlineData("emails", "[{\"email\":\"ada@engine.example\",\"category\":\"office\"}]")]
    [InlineData("emails", "[{\"category\":\"work\"}]")]
    [InlineData("phone_numbers", "[{\"number\":4155550123,\"category\":\"work\"}]")]
    [InlineData("websites", "[{\"url\":\"\",\"category\":\"work\"}]")]
    [InlineData("socials", "[{\"url\":\"x.example\",\"category\":\"work\"}]")]
    [InlineData("assignee_id", "\"me\"")]
    [InlineData("assignee_id", "-1")]
    [InlineData("assignee_id", "1.5")]
    [InlineData("custom_fields", "{}")]
    public void Values_of_the_wrong_type_or_shape_are_rejected(string attribute, string value) =>
        Assert.Equal(422, _account.Put("/people/1", $"{{\"{attribute}\":{value}}}").Status);

    [Theory]
    [InlineData("/people", "assignee_id")]
    [InlineData("/people", "contact_type_id")]
    [InlineData("/people", "company_id")]
    [InlineData("/companies", "primary_contact_id")]
    [InlineData("/leads", "customer_source_id")]
    [InlineData("/leads", "status_id")]
    [InlineData("/opportunities", "pipeline_id")]
    [InlineData("/opportunities", "pipeline_stage_id")]
    [InlineData("/opportunities", "primary_contact_id")]
    [InlineData("/opportunities", "company_id")]
    public void Ids_that_point_nowhere_are_rejected(string path, string attribute)
    {
        string error = Assert.Single(_account.Post(path, $"{{\"name\":\"x\",\"{attribute}\":999999999}}").Errors());

        Assert.EndsWith("999999999", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_is_no_number_is_named() => Assert.Equal(
        ["Company Id: Invalid value for Company Id: IDs must be positive integers: test"],
        _account.Post("/people", "{\"name\":\"x\",\"company_id\":\"test\"}").Errors());

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public void A_body_that_is_no_JSON_object_is_a_bad_request(string body) =>
        Assert.Equal(400, _account.Post("/people", body).Status);

    [Fact]
    public void A_body_has_to_be_announced_as_JSON()
    {
        _account.Headers["Content-Type"] = "text/plain";

        Assert.Equal(400, _account.Post("/people", new { name = "Ada" }).Status);
    }

    [Fact]
    public void A_rejected_request_changes_nothing()
    {
        string before = _account.Get("/people/1").Text;
        string total = _account.Post("/companies/search", "{}").Total;

        _account.Put("/people/1", "{\"title\":\"Countess\",\"nonsense\":1}").Errors();
        _account.Post(
            "/people", new { name = "x", company_name = "Never Made", emails = new[] { new { email = "y", category = "work" } } }).Errors();

        Assert.Equal(before, _account.Get("/people/1").Text);
        Assert.Equal(total, _account.Post("/companies/search", "{}").Total);
    }
}
