namespace Copper.Client.Tests.Sandbox;

public class FieldLayoutTests
{
    private readonly TestAccount _account = new();

    [Theory]
    [InlineData("leads")]
    [InlineData("people")]
    [InlineData("companies")]
    [InlineData("projects")]
    [InlineData("tasks")]
    public void A_layout_lists_the_fields(string entity)
    {
        var fields = _account.Get($"/field_layouts/by_entity/{entity}").Ok().Items;

        Assert.All(fields, field => Assert.Equal(["field_id", "field_key", "field_type"], field!.AsObject().Select(member => member.Key)));
        Assert.Contains("static_field", fields.Select(field => (string)field!["field_type"]!));
    }

    [Fact]
    public void People_have_a_full_name() =>
        Assert.Contains("full_name", _account.Get("/field_layouts/by_entity/people").Ok().All<string>("field_key"));

    [Fact]
    public void The_pipeline_has_to_be_given_for_opportunities_and_for_nothing_else()
    {
        _account.Get("/field_layouts/by_entity/opportunities?pipeline_id=213214").Ok();
        Assert.Equal(422, _account.Get("/field_layouts/by_entity/opportunities").Status);
        Assert.Equal(422, _account.Get("/field_layouts/by_entity/opportunities?pipeline_id=1").Status);
        Assert.Equal(422, _account.Get("/field_layouts/by_entity/leads?pipeline_id=213214").Status);
    }

    [Fact]
    public void Other_entities_have_none() => Assert.Equal(404, _account.Get("/field_layouts/by_entity/person").Status);
}
