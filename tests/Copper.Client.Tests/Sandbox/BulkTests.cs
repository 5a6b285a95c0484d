using System.Text.Json.Nodes;

namespace Copper.Client.Tests.Sandbox;

public class BulkTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void Each_item_succeeds_or_fails_for_itself_in_the_order_of_the_request()
    {
        var outcomes = _account.Post("/people/bulk_create", new
        {
            people = new object[]
            {
                new { name = "Ada", emails = new[] { new { email = "ada@engine.example", category = "work" } } },
                new { title = "nameless" },
                new { name = "Ida", emails = new[] { new { email = "ada@engine.example", category = "work" } } },
                7,
                new { name = "Eve" },
            },
        }).Ok().Items;

        Assert.Equal("Ada", (string?)outcomes[0]!["name"]);
        Assert.Equal(
            "{\"success\":false,\"message\":{\"name\":[{\"error\":\"can't be blank\"}]}}", outcomes[1]!.ToJsonString(TestReply.Readable));
        Assert.NotNull(outcomes[2]!["message"]!["emails"]);
        Assert.NotNull(outcomes[3]!["message"]!["base"]);
        Assert.Equal("Eve", (string?)outcomes[4]!["name"]);
    }

    [Fact]
    public void Updates_name_their_records_and_failures_repeat_the_id()
    {
        var outcomes = _account.Post("/people/bulk_update", new
        {
            people = new object[]
            {
                new { id = 1, title = "Countess" },
                new { id = 999999, title = "Nobody" },
                new { id = 2, shoe_size = 42 },
                new { title = "without id" },
            },
        }).Ok().Items;

        Assert.Equal("Countess", (string?)outcomes[0]!["title"]);
        Assert.Equal(999999, (long)outcomes[1]!["id"]!);
        Assert.Equal(2, (long)outcomes[2]!["id"]!);
        Assert.All(outcomes.Skip(1), outcome => Assert.False((bool)outcome!["success"]!));
        Assert.Equal("Countess", (string?)_account.Get("/people/1").Json["title"]);
    }

    [Fact]
    public void Ten_items_are_the_limit()
    {
        var items = Enumerable.Range(0, 11).Select(index => new { name = "Company " + index });

        var reply = _account.Post("/companies/bulk_create", new { companies = items });

        Assert.Equal(422, reply.Status);
        Assert.Equal("{\"error\":\"Request size too large, limit is 10\"}", reply.Text);
        Assert.Equal(10, _account.Post("/companies/bulk_create", new { companies = items.Take(10) }).Ok().Items.Count);
    }

    [Theory]
    [InlineData("/leads/bulk_create", "leads")]
    [InlineData("/people/bulk_create", "people")]
    [InlineData("/companies/bulk_create", "companies")]
    [InlineData("/opportunities/bulk_create", "opportunities")]
    public void Records_can_be_created_in_bulk(string path, string member)
    {
        var body = new JsonObject { [member] = new JsonArray(new JsonObject { ["name"] = "x" }) };

        Assert.Equal("x", (string?)_account.Post(path + "?custom_field_computed_values=true", body.ToJsonString()).Ok().Items[0]!["name"]);
    }

    [Fact]
    public void Activities_can_be_created_in_bulk_without_computed_values()
    {
        var body = new {
            activities = new[] {
                new { parent = new { id = 1, type = "person" }, type = new { category = "user", id = 0 }, details = "Note" } } };

        Assert.Equal("Note", (string?)_account.Post("/activities/bulk_create", body).Ok().Items[0]!["details"]);
        Assert.Equal(
            "Note", (string?)_account.Post("/activities/bulk_create?custom_field_computed_values=true", body).Ok().Items[0]!["details"]);
    }

    [Theory]
    [InlineData("POST", "/opportunities/bulk_update")]
    [InlineData("POST", "/tasks/bulk_create")]
    [InlineData("POST", "/projects/bulk_create")]
    [InlineData("POST", "/activities/bulk_update")]
    [InlineData("PUT", "/people/bulk_update")]
    public void What_has_no_bulk_page_is_no_bulk_endpoint(string method, string path) =>
        Assert.NotEqual(200, _account.Send(method, path, "{}").Status);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"people\":{}}")]
    [InlineData("{\"records\":[]}")]
    public void The_items_have_to_be_named_after_the_entity(string body) =>
        Assert.Equal(422, _account.Post("/people/bulk_create", body).Status);
}
