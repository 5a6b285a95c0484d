namespace Copper.Client.Tests.Sandbox;

public class RelatedLinkTests
{
    private readonly TestAccount _account = new();
    private readonly long _field;
    private readonly long _company;

    public RelatedLinkTests()
    {
        _field = _account.FieldId("Partner", "company");
        _company = _account.NewCompany();
    }

    [Fact]
    public void A_connection_shows_from_both_ends_until_it_is_removed()
    {
        var connection = Connect("people", 1).Ok();

        Assert.Equal("Analytical Engines", (string?)connection.Json["source"]!["name"]);
        Assert.Equal("people", (string?)connection.Json["target"]!["entity_type"]);
        Assert.Equal($"[{connection.Text}]", List("company", _company).Ok().Text);
        Assert.Equal($"[{connection.Text}]", List("people", 1, _field).Ok().Text);
        Assert.Equal($"[{connection.Id}]", _account.Get($"/companies/{_company}").CustomField(_field)!.ToJsonString());
        var removed = _account.Delete($"/related_links/{connection.Id}").Ok().Json;
        Assert.Equal(["ids", "is_deleted"], removed.AsObject().Select(member => member.Key));
        Assert.Equal(2, removed["ids"]!.AsArray().Count);
        Assert.Contains(connection.Id, removed["ids"]!.AsArray().Select(id => (long)id!));
        Assert.Equal("[]", _account.Get($"/companies/{_company}").CustomField(_field)!.ToJsonString());
        Assert.Empty(List("company", _company).Ok().Items);
        Assert.Equal(404, _account.Delete($"/related_links/{connection.Id}").Status);
    }

    [Fact]
    public void Users_can_be_connected() => Assert.Equal("Dana Demo", (string?)Connect("user", 1001).Ok().Json["target"]!["name"]);

    [Fact]
    public void A_connection_is_two_links_and_either_ends_it()
    {
        Connect("people", 1).Ok();
        Connect("people", 2).Ok();
        long[] ids = [.. _account.Delete($"/related_links/{List("people", 1).Ids[0]}").Ok().Json["ids"]!.AsArray().Select(id => (long)id!)];
        long other = List("people", 2).Ids[0];

        _account.Delete($"/related_links/{other + (ids[1] - ids[0])}").Ok();

        Assert.Empty(List("company", _company).Ok().Items);
    }

    [Theory]
    [InlineData("?source_type=task")]
    [InlineData("?source_type=task&source_id=50000001")]
    public void A_task_has_no_connections(string query) => Assert.Equal("[]", _account.Get("/related_links" + query).Ok().Text);

    [Fact]
    public void A_connection_ends_with_its_record()
    {
        Connect("people", 1).Ok();
        _account.Delete("/people/1").Ok();

        Assert.Empty(List("company", _company).Ok().Items);
    }

    [Theory]
    [InlineData("person", 1)]
    [InlineData("people", 999999)]
    public void Other_ends_are_rejected(string type, long id) => Assert.Equal(422, Connect(type, id).Status);

    [Fact]
    public void The_field_has_to_be_a_connect_field_of_the_source()
    {
        Assert.Equal(
            422, _account.Post("/related_links", Body(_account.FieldId("Region", "company"), "company", _company, "people", 1)).Status);
        Assert.Equal(422, _account.Post("/related_links", Body(_field, "people", 1, "company", _company)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?source_type=company")]
    [InlineData("?source_type=person&source_id=1")]
    [InlineData("?source_type=people&source_id=one")]
    [InlineData("?source_type=people&source_id=1&custom_field_definition_id=1")]
    public void Wrong_parameters_are_rejected(string query) => Assert.Equal(422, _account.Get("/related_links" + query).Status);

    private TestReply Connect(string type, long id) => _account.Post("/related_links", Body(_field, "company", _company, type, id));

    private TestReply List(string type, long id, long? field = null) => _account.Get(
        $"/related_links?source_type={type}&source_id={id}" + (field is null ? "" : $"&custom_field_definition_id={field}"));

    private static object Body(long field, string sourceType, long sourceId, string targetType, long targetId) => new
    {
        custom_field_definition_id = field,
        source = new { id = sourceId, entity_type = sourceType },
        target = new { id = targetId, entity_type = targetType },
    };
}
