namespace Copper.Client.Tests.Sandbox;

public class LeadUpsertTests
{
    private readonly TestAccount _account = new(options => options.Leads = 0);

    [Fact]
    public void Without_a_match_a_lead_is_created()
    {
        var lead = Upsert("ada@engine.example").Ok();

        Assert.Equal("ada@engine.example", (string?)_account.Get($"/leads/{lead.Id}").Ok().Json["email"]!["email"]);
    }

    [Fact]
    public void A_single_match_is_updated()
    {
        long id = Upsert("ada@engine.example").Ok().Id;

        var again = Upsert("ADA@engine.example", "Ada King").Ok();

        Assert.Equal(id, again.Id);
        Assert.Equal("Ada King", (string?)again.Json["name"]);
        Assert.Equal("1", _account.Post("/leads/search", "{}").Total);
    }

    [Fact]
    public void Several_matches_are_rejected_with_their_ids()
    {
        long[] ids = [.. Enumerable.Range(0, 2).Select(_ => NewLead())];

        string error = Assert.Single(Upsert("ada@engine.example").Errors());

        Assert.All(ids, id =>
            Assert.Contains(id.ToString(System.Globalization.CultureInfo.InvariantCulture), error, StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_30_matches_are_rejected_without_ids()
    {
        long[] ids = [.. Enumerable.Range(0, 31).Select(_ => NewLead())];

        string error = Assert.Single(Upsert("ada@engine.example").Errors());

        Assert.DoesNotContain(ids[0].ToString(System.Globalization.CultureInfo.InvariantCulture), error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filterable_custom_field_can_be_the_criterion()
    {
        long field = _account.FieldId("External Id", "lead");
        var value = new { custom_field_definition_id = field, value = "X-1" };
        var body = new {
            properties = new { name = "Ada", custom_fields = new[] { value } },
            match = new { field_name = "custom", field_value = value } };

        long id = _account.Put("/leads/upsert", body).Ok().Id;

        Assert.Equal(id, _account.Put("/leads/upsert", body).Ok().Id);
    }

    [Fact]
    public void A_name_can_be_the_criterion()
    {
        long id = _account.NewLead("Charles Babbage");
        var body = new {
            properties = new { name = "Charles Babbage", title = "Professor" },
            match = new { field_name = "name", field_value = "Charles Babbage" } };

        Assert.Equal(id, _account.Put("/leads/upsert", body).Ok().Id);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"properties\":{\"name\":\"x\"}}")]
    [InlineData("{\"properties\":{\"name\":\"x\"},\"match\":{\"field_name\":\"phone\",\"field_value\":\"1\"}}")]
    [InlineData("{\"properties\":{\"name\":\"x\"},\"match\":{\"field_name\":\"email\",\"field_value\":{\"email\":\"a@b\"}}}")]
    [InlineData("{\"properties\":{},\"match\":{\"field_name\":\"email\",\"field_value\":\"a@b\"}}")]
    [InlineData(
        """{"properties":{"name":"x"},"match":{"field_name":"custom","field_value":{"custom_field_definition_id":1,"value":"1"}}}""")]
    [InlineData("{\"properties\":{\"name\":\"x\"},\"match\":{\"field_name\":\"email\",\"field_value\":\"a@b\"},\"create\":true}")]
    public void Other_forms_are_rejected(string body) => Assert.Equal(422, _account.Put("/leads/upsert", body).Status);

    private long NewLead() =>
        _account.Post("/leads", new { name = "x", email = new { email = "ada@engine.example", category = "work" } }).Ok().Id;

    private TestReply Upsert(string address, string name = "Ada Lovelace") => _account.Put("/leads/upsert", new
    {
        properties = new { name, email = new { email = address, category = "work" } },
        match = new { field_name = "email", field_value = address },
    });
}
