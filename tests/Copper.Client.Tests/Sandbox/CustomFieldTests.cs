using System.Text.Json.Nodes;

namespace Copper.Client.Tests.Sandbox;

public class CustomFieldTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void Replies_list_every_field_of_the_entity_with_its_empty_value()
    {
        var person = _account.Get($"/people/{_account.NewPerson()}").Ok();

        Assert.Equal(
            _account.Get("/custom_field_definitions").Items
                .Where(field => field!["available_on"]!.AsArray().Any(entity => (string?)entity == "person"))
                .Select(field => (long)field!["id"]!),
            person.Json["custom_fields"]!.AsArray().Select(field => (long)field!["custom_field_definition_id"]!));
        Assert.Null(person.CustomField(Field("Birthday")));
        Assert.False((bool)person.CustomField(Field("Newsletter"))!);
        Assert.Equal("[]", person.CustomField(Field("Interests"))!.ToJsonString());
        Assert.Equal("[]", person.CustomField(Field("Partner Of"))!.ToJsonString());
    }

    [Fact]
    public void An_update_changes_the_listed_fields_only()
    {
        long id = _account.Post(
            "/people", new { name = "Ada", custom_fields = new[] { Value("Customer Number", "C-1"), Value("Score", 4.5) } }).Ok().Id;

        var person = _account.Put($"/people/{id}", new { custom_fields = new[] { Value("Score", 7) } }).Ok();

        Assert.Equal("C-1", (string?)person.CustomField(Field("Customer Number")));
        Assert.Equal(7, (int)person.CustomField(Field("Score"))!);
    }

    [Fact]
    public void Null_clears_a_field()
    {
        long id = _account.Post(
            "/people", new { name = "Ada", custom_fields = new[] { Value("Score", 4.5), Value("Newsletter", true) } }).Ok().Id;

        var person = _account.Put($"/people/{id}", new { custom_fields = new[] { Value("Score", null), Value("Newsletter", null) } }).Ok();

        Assert.Null(person.CustomField(Field("Score")));
        Assert.False((bool)person.CustomField(Field("Newsletter"))!);
    }

    [Fact]
    public void Options_are_set_by_id_and_shown_by_name_if_asked_for()
    {
        long language = Option("Preferred Language", "French");
        long[] interests = [Option("Interests", "Training"), Option("Interests", "Software")];
        long id = _account.Post(
            "/people", new {
                name = "Ada", custom_fields = new[] { Value("Preferred Language", language), Value("Interests", interests) } }).Ok().Id;

        var plain = _account.Get($"/people/{id}").Ok();
        var computed = _account.Get($"/people/{id}?custom_field_computed_values=true").Ok();

        Assert.Equal(language, (long)plain.CustomField(Field("Preferred Language"))!);
        Assert.DoesNotContain("computed_value", plain.Text, StringComparison.Ordinal);
        Assert.Equal("French", (string?)computed.CustomField(Field("Preferred Language"), "computed_value"));
        Assert.Equal("[\"Training\",\"Software\"]", computed.CustomField(Field("Interests"), "computed_value")!.ToJsonString());
        Assert.False((bool)computed.CustomField(Field("Newsletter"), "computed_value")!);
    }

    [Fact]
    public void Text_of_a_String_field_is_cut_at_255_characters()
    {
        var person = _account.Post(
            "/people", new { name = "Ada", custom_fields = new[] { Value("Customer Number", new string('x', 300)) } }).Ok();

        Assert.Equal(255, ((string)person.CustomField(Field("Customer Number"))!).Length);
    }

    [Fact]
    public void Dates_are_taken_as_seconds_or_American_text_and_returned_as_seconds()
    {
        var seconds = _account.Post("/people", new { name = "Ada", custom_fields = new[] { Value("Birthday", 1518595200) } }).Ok();
        var text = _account.Post("/people", new { name = "Ida", custom_fields = new[] { Value("Birthday", "02/14/2018") } }).Ok();

        Assert.Equal(1518595200, (long)seconds.CustomField(Field("Birthday"))!);
        Assert.Equal(1518595200, (long)text.CustomField(Field("Birthday"))!);
    }

    // 1518595200 is 2018-02-14T08:00Z, 1754031600 is 2025-08-01T07:00Z: both are published responses. The clocks change on
    // 2026-03-08 and 2026-11-01.
    [Theory]
    [InlineData("2018-02-14T10:00:00Z", "2018-02-14T08:00:00Z")]
    [InlineData("2018-02-14T07:59:59Z", "2018-02-13T08:00:00Z")]
    [InlineData("2025-08-01T07:00:00Z", "2025-08-01T07:00:00Z")]
    [InlineData("2025-08-01T00:00:00Z", "2025-07-31T07:00:00Z")]
    [InlineData("2026-03-08T12:00:00Z", "2026-03-08T08:00:00Z")]
    [InlineData("2026-03-09T12:00:00Z", "2026-03-09T07:00:00Z")]
    [InlineData("2026-11-01T12:00:00Z", "2026-11-01T07:00:00Z")]
    [InlineData("2026-11-02T12:00:00Z", "2026-11-02T08:00:00Z")]
    [InlineData("2026-11-02T07:30:00Z", "2026-11-01T07:00:00Z")]
    public void A_date_is_kept_as_midnight_in_the_zone_of_the_account(string sent, string kept)
    {
        long Seconds(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        var person = _account.Post("/people", new { name = "Ada", custom_fields = new[] { Value("Birthday", Seconds(sent)) } }).Ok();

        Assert.Equal(Seconds(kept), (long)person.CustomField(Field("Birthday"))!);
    }

    [Theory]
    [InlineData("Score", "\"four\"")]
    [InlineData("Newsletter", "1")]
    [InlineData("Preferred Language", "1")]
    [InlineData("Preferred Language", "\"French\"")]
    [InlineData("Interests", "262005")]
    [InlineData("Interests", "[1]")]
    [InlineData("Birthday", "\"14.2.2018\"")]
    public void Values_of_the_wrong_type_and_unknown_options_are_rejected(string field, string value) => Assert.Equal(
        422, _account.Put("/people/1", new { custom_fields = new[] { Value(field, JsonNode.Parse(value)) } }).Status);

    [Fact]
    public void Fields_of_other_entities_and_unknown_ones_are_rejected()
    {
        long companyRegion = _account.FieldId("Region", "company");
        long leadRegion = _account.FieldId("Region", "lead");
        long partner = _account.FieldId("Partner", "company");

        Assert.NotEqual(companyRegion, leadRegion);
        Assert.Equal(422, Send("/leads", companyRegion, null).Status);
        Assert.Equal(422, Send("/companies", partner, null).Status);
        Assert.Equal(422, Send("/companies", 1, null).Status);
        Send("/leads", leadRegion, _account.OptionId(leadRegion, "North")).Ok();
    }

    [Fact]
    public void Computed_values_cannot_be_sent_back() => Assert.Equal(
        ["Base: Unrecognized attributes specified: computed_value"],
        _account.Put(
            "/people/1", new {
                custom_fields = new[] { new { custom_field_definition_id = Field("Score"), value = 1, computed_value = 1 } } }).Errors());

    private long Field(string name) => _account.FieldId(name, "person");

    private long Option(string field, string option) => _account.OptionId(Field(field), option);

    private object Value(string field, object? value) => new { custom_field_definition_id = Field(field), value };

    private TestReply Send(string path, long definitionId, object? value) => _account.Post(
        path, new { name = "x", custom_fields = new[] { new { custom_field_definition_id = definitionId, value } } });
}
