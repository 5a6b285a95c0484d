using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>What a search sends, and what it rejects.</summary>
public class SearchRequestTests : SearchTest
{
    [Fact]
    public async Task A_few_records_are_asked_for_in_a_small_page()
    {
        People(450);

        await Client().People.Search(new SearchQuery { First = 5 }).AllAsync();

        Assert.Equal(5, Body(0).GetProperty("page_size").GetInt32());
    }

    [Fact]
    public async Task Page_and_order_are_always_sent_after_the_filter()
    {
        People(201);

        await Client().People.Search(new SearchQuery { Filter = new JsonBody { ["city"] = "Köln", ["tags"] = new[] { "a" } } }).AllAsync();

        Assert.Equal(
            """{"city":"Köln","tags":["a"],"page_number":1,"page_size":200,"sort_by":"date_created","sort_direction":"asc"}""",
            Service.Requests[0].Body);
        Assert.Equal(
            """{"city":"Köln","tags":["a"],"page_number":2,"page_size":200,"sort_by":"date_created","sort_direction":"asc"}""",
            Service.Requests[1].Body);
        Assert.All(Service.Requests, static request => Assert.Equal(("POST", "people/search"), (request.Method, request.Path)));
    }

    [Fact]
    public async Task The_order_can_be_chosen()
    {
        People(1);

        await Client().People.Search(new SearchQuery { SortBy = "name", Descending = true }).AllAsync();

        Assert.Equal(("name", "desc"), (Body(0).GetProperty("sort_by").GetString(), Body(0).GetProperty("sort_direction").GetString()));
    }

    [Theory]
    [InlineData("page_number")]
    [InlineData("page_size")]
    [InlineData("sort_by")]
    [InlineData("sort_direction")]
    public void What_the_search_sets_itself_is_rejected_as_a_filter(string name)
    {
        var failure =
            Assert.Throws<ArgumentException>(() => Client().People.Search(new SearchQuery { Filter = new JsonBody { [name] = 1 } }));

        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(201, null, 0)]
    [InlineData(200, -1L, 0)]
    [InlineData(200, null, -1)]
    public void Impossible_numbers_are_rejected(int pageSize, long? first, long skip) =>
        Assert.Throws<ArgumentException>(() => Client().People.Search(new SearchQuery { PageSize = pageSize, First = first, Skip = skip }));

    [Fact]
    public async Task Any_path_can_be_searched_for_plain_values_without_an_order_of_its_own()
    {
        People(201);

        var records = await Client().Search("/people/search", new SearchQuery()).AllAsync();

        Assert.Equal(201, records.Count);
        Assert.Equal("Person 1", records[0]["name"]);
        Assert.False(Body(0).TryGetProperty("sort_by", out _));
        Assert.Equal(2, Service.Requests.Count);
    }
}
