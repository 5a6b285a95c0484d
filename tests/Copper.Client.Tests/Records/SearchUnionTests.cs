using System.Text.Json;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>Several searches as one result.</summary>
public class SearchUnionTests : ScriptedTest
{
    private static readonly JsonBody[] Filters =
        [.. new[] { "a", "b", "c" }.Select(static value => new JsonBody { ["phone_number"] = value })];

    /// <summary>What each value finds: the second shares two people with the first, the third finds nobody.</summary>
    private readonly Dictionary<string, long[]> _found = new() { ["a"] = [1, 2, 3], ["b"] = [3, 4, 1, 5], ["c"] = [] };

    private string? _total = string.Empty;

    [Fact]
    public async Task Every_record_comes_once_in_the_order_of_the_searches()
    {
        Service.Then(Respond);
        var result = Client().People.SearchAny(new SearchQuery(), Filters);

        var people = await result.AllAsync();

        Assert.Equal([1, 2, 3, 4, 5], people.Select(static person => person.Id));
        Assert.Equal((3, 5L, 7L, false), (result.PagesRead, result.RecordsRead, result.UpperBound, result.IsCut));
    }

    [Theory]
    [InlineData(0, 0, new long[0], 0)]
    [InlineData(1, 0, new long[] { 1 }, 1)]
    [InlineData(3, 0, new long[] { 1, 2, 3 }, 1)]
    [InlineData(4, 0, new long[] { 1, 2, 3, 4 }, 2)]
    [InlineData(2, 2, new long[] { 3, 4 }, 2)]
    [InlineData(9, 4, new long[] { 5 }, 3)]
    [InlineData(9, 9, new long[0], 3)]
    public async Task First_and_skip_count_in_the_whole(int first, int skip, long[] expected, int searches)
    {
        Service.Then(Respond);

        var people = await Client().People.SearchAny(new SearchQuery { First = first, Skip = skip }, Filters).AllAsync();

        Assert.Equal(expected, people.Select(static person => person.Id));
        Assert.Equal(searches, Service.Requests.Select(static request => Value(request.Body)).Distinct().Count());
    }

    [Fact]
    public async Task Few_records_are_asked_for_in_pages_of_their_own_size()
    {
        Service.Then(Respond);

        await Client().People.SearchAny(new SearchQuery { First = 2, Skip = 1, SortBy = "name", Descending = true }, Filters).AllAsync();

        var sent = JsonDocument.Parse(Service.Requests[0].Body).RootElement;
        Assert.Equal(3, sent.GetProperty("page_size").GetInt32());
        Assert.Equal(("name", "desc"), (sent.GetProperty("sort_by").GetString(), sent.GetProperty("sort_direction").GetString()));
    }

    [Fact]
    public async Task The_total_is_known_with_the_first_record_where_it_is_wanted_first()
    {
        Service.Then(Respond);
        var result = Client().People.SearchAny(new SearchQuery(), Filters, countsFirst: true);
        await using var records = result.GetAsyncEnumerator();

        Assert.True(await records.MoveNextAsync());
        Assert.Equal(7, result.UpperBound);
        while (await records.MoveNextAsync())
        {
        }

        Assert.Equal(5, result.RecordsRead);
        Assert.Equal(3, Service.Requests.Count);
    }

    [Fact]
    public async Task A_total_that_the_service_does_not_tell_of_each_is_unknown()
    {
        _total = null;
        Service.Then(Respond);
        var result = Client().People.SearchAny(new SearchQuery(), Filters);

        await result.AllAsync();

        Assert.Null(result.UpperBound);
    }

    [Fact]
    public async Task Nothing_is_sent_for_a_search_that_is_not_come_to()
    {
        Service.Then(Respond);

        await foreach (var person in Client().People.SearchAny(new SearchQuery(), Filters))
        {
            if (person.Id == 2)
            {
                break;
            }
        }

        Assert.Single(Service.Requests);
    }

    private static string Value(string body) => JsonDocument.Parse(body).RootElement.GetProperty("phone_number").GetString()!;

    private HttpResponseMessage Respond(ReceivedRequest request)
    {
        var body = JsonDocument.Parse(request.Body).RootElement;
        var ids = _found[Value(request.Body)];
        var size = body.GetProperty("page_size").GetInt32();
        var page = ids.Skip((body.GetProperty("page_number").GetInt32() - 1) * size).Take(size);
        var text = "[" + string.Join(",", page.Select(static id => $$"""{"id":{{id}},"name":"Person {{id}}"}""")) + "]";
        return _total is null ? ScriptedService.Response(200, text) : ScriptedService.Response(200, text, ("X-PW-TOTAL", $"{ids.Length}"));
    }
}
