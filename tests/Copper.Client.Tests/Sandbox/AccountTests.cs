namespace Copper.Client.Tests.Sandbox;

public class AccountTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void The_account_has_an_id_a_name_a_zone_and_settings()
    {
        var json = _account.Get("/account").Ok().Json;

        Assert.Equal(["id", "name", "primary_timezone", "settings"], json.AsObject().Select(member => member.Key));
        Assert.Equal("Copper Demo", (string?)json["name"]);
    }

    [Fact]
    public void The_owner_of_the_key_is_the_first_user()
    {
        var me = _account.Get("/users/me").Ok().Json;

        Assert.Equal("demo@copper.example", (string?)me["email"]);
        Assert.Equal(1001, (long)me["id"]!);
        Assert.Equal(me.ToJsonString(), _account.Get("/users/1001").Text);
    }

    [Fact]
    public void An_unknown_user_is_not_found() => Assert.Equal(404, _account.Get("/users/7").Status);

    [Fact]
    public void Users_come_in_pages_of_20_with_their_total()
    {
        var first = _account.Post("/users/search", "{}").Ok();
        var second = _account.Post("/users/search", new { page_number = 2 }).Ok();

        Assert.Equal(20, first.Items.Count);
        Assert.Equal(5, second.Items.Count);
        Assert.Equal("25", first.Total);
        Assert.Equal(25, first.Ids.Concat(second.Ids).Distinct().Count());
    }

    [Fact]
    public void Users_cannot_be_filtered() =>
        Assert.Equal(["Base: Unrecognized attributes specified: name"], _account.Post("/users/search", new { name = "Dana" }).Errors());

    [Theory]
    [InlineData("/contact_types")]
    [InlineData("/customer_sources")]
    [InlineData("/loss_reasons")]
    public void Reference_lists_are_arrays_of_id_and_name(string path)
    {
        var items = _account.Get(path).Ok().Items;

        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Equal(["id", "name"], item!.AsObject().Select(member => member.Key)));
    }

    [Fact]
    public void Lead_statuses_have_an_order_and_one_is_the_default()
    {
        var statuses = _account.Get("/lead_statuses").Ok().Items;

        Assert.All(statuses, status =>
            Assert.Equal(["id", "name", "order", "is_default"], status!.AsObject().Select(member => member.Key)));
        Assert.Equal([1, 2, 3, 4], statuses.Select(status => (int)status!["order"]!));
        Assert.Equal([true, false, false, false], statuses.Select(status => (bool)status!["is_default"]!));
    }

    [Fact]
    public void Pipelines_have_their_stages_inside()
    {
        var pipelines = _account.Get("/pipelines").Ok().Items;
        var stages = _account.Get("/pipeline_stages").Ok();
        long pipelineId = (long)pipelines[1]!["id"]!;

        Assert.Equal(3, pipelines.Count);
        Assert.Equal(
            pipelines.SelectMany(pipeline => pipeline!["stages"]!.AsArray()).Select(stage => (long)stage!["id"]!),
            stages.Ids);
        Assert.All(_account.Get($"/pipeline_stages/pipeline/{pipelineId}").Ok().All<long>("pipeline_id"), id =>
            Assert.Equal(pipelineId, id));
        Assert.Equal(404, _account.Get("/pipeline_stages/pipeline/1").Status);
    }

    [Theory]
    [InlineData("GET", "/nowhere")]
    [InlineData("PATCH", "/people/1")]
    [InlineData("GET", "/people")]
    public void What_is_no_endpoint_is_not_found(string method, string path)
    {
        var reply = _account.Send(method, path, null);

        Assert.Equal((404, "{\"error\":\"not_found\"}"), (reply.Status, reply.Text));
    }

    [Fact]
    public void Unknown_query_parameters_are_ignored_outside_of_searches()
    {
        _account.Get("/people/1?computed=true").Ok();
        _account.Get("/account?page_size=100").Ok();
        Assert.Equal(
            ["Base: Unrecognized attributes specified: computed"], _account.Send("POST", "/people/search?computed=true", null).Errors());
    }
}
