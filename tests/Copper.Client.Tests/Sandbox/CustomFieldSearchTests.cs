namespace Copper.Client.Tests.Sandbox;

public class CustomFieldSearchTests
{
    private readonly TestAccount _account = new(options => options.People = 0);
    private readonly long _empty;
    private readonly long _full;

    public CustomFieldSearchTests()
    {
        _empty = _account.NewPerson("Empty");
        _full = _account.Post("/people", new
        {
            name = "Full",
            custom_fields = new object[]
            {
                new { custom_field_definition_id = Field("Preferred Language"), value = Option("Preferred Language", "French") },
                new { custom_field_definition_id = Field("Interests"),
                    value = new[] { Option("Interests", "Training"), Option("Interests", "Software") } },
                new { custom_field_definition_id = Field("Birthday"), value = 1518595200 },
                new { custom_field_definition_id = Field("Score"), value = 42.5 },
                new { custom_field_definition_id = Field("Newsletter"), value = true },
            },
        }).Ok().Id;
    }

    [Fact]
    public void Dropdowns_are_searched_by_option_ids()
    {
        long french = Option("Preferred Language", "French");
        long german = Option("Preferred Language", "German");

        Assert.Equal([_full], Find(new { custom_field_definition_id = Field("Preferred Language"), value = new[] { french, german } }));
        Assert.Empty(Find(new { custom_field_definition_id = Field("Preferred Language"), value = new[] { german } }));
        Assert.Equal(
            [_empty, _full],
            Find(new { custom_field_definition_id = Field("Preferred Language"), value = new[] { french }, allow_empty = true }));
        Assert.Equal([_empty], Find(new { custom_field_definition_id = Field("Preferred Language"), allow_empty = true }));
    }

    [Fact]
    public void MultiSelects_take_an_option_besides()
    {
        long[] both = [Option("Interests", "Training"), Option("Interests", "Hardware")];

        Assert.Equal([_full], Find(new { custom_field_definition_id = Field("Interests"), value = both, option = "ANY" }));
        Assert.Empty(Find(new { custom_field_definition_id = Field("Interests"), value = both, option = "ALL" }));
        Assert.Equal([_empty], Find(new { custom_field_definition_id = Field("Interests"), value = both, option = "NONE" }));
        Assert.Equal([_empty, _full], Find(new { custom_field_definition_id = Field("Interests"), value = both, allow_empty = true }));
    }

    [Fact]
    public void Numbers_and_dates_are_searched_by_inclusive_bounds()
    {
        Assert.Equal([_full], Find(new { custom_field_definition_id = Field("Score"), minimum_value = 42.5, maximum_value = 42.5 }));
        Assert.Empty(Find(new { custom_field_definition_id = Field("Score"), minimum_value = 43 }));
        Assert.Equal(
            [_full], Find(new { custom_field_definition_id = Field("Birthday"), minimum_value = 1518595200, maximum_value = 1518596200 }));
    }

    [Fact]
    public void Checkboxes_are_searched_by_their_value()
    {
        Assert.Equal([_full], Find(new { custom_field_definition_id = Field("Newsletter"), value = true }));
        Assert.Equal([_empty], Find(new { custom_field_definition_id = Field("Newsletter"), value = false }));
    }

    [Fact]
    public void Text_fields_cannot_be_searched() =>
        Assert.Equal(422, Search(new { custom_field_definition_id = Field("Customer Number"), value = "C-1" }).Status);

    [Fact]
    public void Asking_a_text_field_for_empty_values_alone_makes_the_service_fail() =>
        Assert.Equal(500, Search(new { custom_field_definition_id = Field("Customer Number"), allow_empty = true }).Status);

    [Fact]
    public void Fields_that_are_not_filterable_cannot_be_searched()
    {
        long id = _account.Post(
            "/custom_field_definitions", new { name = "Shoe Size", data_type = "Float", available_on = new[] { "person" } }).Ok().Id;

        Assert.Equal(422, Search(new { custom_field_definition_id = id, minimum_value = 40 }).Status);
    }

    [Fact]
    public void Fields_of_other_entities_cannot_be_searched() =>
        Assert.Equal(422, Search(new { custom_field_definition_id = _account.FieldId("Region", "company"), value = new[] { 1 } }).Status);

    private long Field(string name) => _account.FieldId(name, "person");

    private long Option(string field, string option) => _account.OptionId(Field(field), option);

    private TestReply Search(object criterion) =>
        _account.Post("/people/search", new { custom_fields = new[] { criterion }, sort_by = "date_created" });

    private long[] Find(object criterion) => Search(criterion).Ok().Ids;
}
