namespace Copper.Client.Tests.Sandbox;

public class CustomFieldDefinitionTests
{
    private const string Path = "/custom_field_definitions";

    private readonly TestAccount _account = new();

    [Fact]
    public void Options_and_currency_are_shown_where_they_apply_only()
    {
        var fields = _account.Get(Path).Ok().Items;

        Assert.All(fields, field =>
        {
            string type = (string)field!["data_type"]!;
            Assert.Equal(type is "Dropdown" or "MultiSelect", field.AsObject().ContainsKey("options"));
            Assert.Equal(type is "Currency", field.AsObject().ContainsKey("currency"));
        });
        Assert.Equal(
            ["Checkbox", "Connect", "Currency", "Date", "Dropdown", "Float", "MultiSelect", "Percentage", "String", "Text", "URL"],
            fields.Select(field => (string)field!["data_type"]!).Distinct().Order());
    }

    [Fact]
    public void Options_get_ids_and_ranks_and_come_in_their_order_when_created_and_highest_rank_first_when_read()
    {
        var field = _account.Post(Path, New("Dropdown", options: ["Red", "Green"])).Ok();

        var options = field.Json["options"]!.AsArray();
        Assert.Equal(["Red", "Green"], options.Select(option => (string)option!["name"]!));
        Assert.Equal([0, 1], options.Select(option => (int)option!["rank"]!));
        Assert.Equal(
            ["Green", "Red"], _account.Get($"{Path}/{field.Id}").Json["options"]!.AsArray().Select(option => (string)option!["name"]!));
        Assert.Equal(2, options.Select(option => (long)option!["id"]!).Distinct().Count());
    }

    [Fact]
    public void The_canonical_name_comes_when_a_field_is_created_or_updated_and_not_when_it_is_read()
    {
        var field = _account.Post(Path, New("Float")).Ok();

        Assert.True(field.Json.AsObject().ContainsKey("canonical_name"));
        Assert.True(_account.Put($"{Path}/{field.Id}", new { name = "Renamed" }).Ok().Json.AsObject().ContainsKey("canonical_name"));
        Assert.DoesNotContain("canonical_name", _account.Get($"{Path}/{field.Id}").Ok().Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canonical_name", _account.Get(Path).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connect_field_names_its_opposite()
    {
        var fields = _account.Get(Path).Ok().Items.Where(field => (string?)field!["data_type"] == "Connect").ToArray();

        Assert.Equal(2, fields.Length);
        Assert.Equal((long)fields[0]!["id"]!, (long)fields[1]!["connected_id"]!);
        Assert.Equal((long)fields[1]!["id"]!, (long)fields[0]!["connected_id"]!);
    }

    [Fact]
    public void A_new_field_shows_on_the_records_at_once()
    {
        _account.Get("/people/1");

        long id = _account.Post(Path, New("Float")).Ok().Id;

        Assert.Null(_account.Get("/people/1").CustomField(id));
        _account.Delete($"{Path}/{id}").Ok();
        Assert.DoesNotContain(
            id.ToString(System.Globalization.CultureInfo.InvariantCulture), _account.Get("/people/1").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\":\"x\"}")]
    [InlineData("{\"name\":\"x\",\"data_type\":\"Connect\"}")]
    [InlineData("{\"name\":\"x\",\"data_type\":\"float\"}")]
    [InlineData("{\"name\":\"x\",\"data_type\":\"Dropdown\"}")]
    [InlineData("{\"name\":\"x\",\"data_type\":\"Dropdown\",\"options\":[1]}")]
    [InlineData("{\"name\":\"x\",\"data_type\":\"MultiSelect\",\"options\":[{\"name\":\"one\"}]}")]
    [InlineData("{\"name\":\"x\",\"data_type\":\"Float\",\"options\":[{\"name\":\"one\"}]}")]
    [InlineData("{\"name\":\"x\",\"data_type\":\"Float\",\"currency\":\"USD\"}")]
    [InlineData("{\"name\":\"x\",\"data_type\":\"Float\",\"available_on\":[\"people\"]}")]
    [InlineData("{\"name\":\"x\",\"data_type\":\"Float\",\"canonical_name\":\"EXTERNAL_ID\"}")]
    public void Definitions_that_make_no_sense_are_rejected(string body) => Assert.Equal(422, _account.Post(Path, body).Status);

    [Fact]
    public void The_canonical_name_is_lower_cased_and_fixed()
    {
        var field = _account.Post(Path, new { name = "Shoe Size", data_type = "Float", canonical_name = "Shoe_Size" }).Ok();

        Assert.Equal("shoe_size", (string?)field.Json["canonical_name"]);
        Assert.Equal(422, _account.Put($"{Path}/{field.Id}", new { canonical_name = "size" }).Status);
    }

    [Fact]
    public void Options_without_id_are_replaced_and_their_values_vanish()
    {
        var field = _account.Post(Path, New("Dropdown", options: ["Red", "Green"])).Ok();
        long green = (long)field.Json["options"]![0]!["id"]!;
        long red = (long)field.Json["options"]![1]!["id"]!;
        _account.Put("/people/1", Choose(field.Id, green)).Ok();
        _account.Put("/people/2", Choose(field.Id, red)).Ok();

        var changed =
            _account.Put(
                $"{Path}/{field.Id}", new { options = new object[] { new { id = red, name = "Dark red" }, new { name = "Green" } } }).Ok();

        Assert.NotEqual(green, (long)changed.Json["options"]![0]!["id"]!);
        Assert.Null(_account.Get("/people/1").CustomField(field.Id));
        Assert.Equal(red, (long)_account.Get("/people/2").CustomField(field.Id)!);
    }

    [Fact]
    public void A_deleted_field_is_gone()
    {
        long id = _account.FieldId("Score", "person");

        Assert.Equal($"{{\"id\":{id},\"is_deleted\":true}}", _account.Delete($"{Path}/{id}").Ok().Text);
        Assert.Equal(404, _account.Get($"{Path}/{id}").Status);
        Assert.Equal(422, _account.Put("/people/1", Choose(id, 1)).Status);
    }

    private static object New(string dataType, string[]? options = null) => options is null
        ? new { name = "Shoe Size", data_type = dataType, available_on = new[] { "person" } }
        : new { name = "Shoe Size", data_type = dataType, available_on = new[] { "person" },
            options = options.Select(name => new { name }) };

    private static object Choose(long fieldId, long value) =>
        new { custom_fields = new[] { new { custom_field_definition_id = fieldId, value } } };
}
