using System.Globalization;
using System.Text.Json;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>The service says of a result only how many records it has at most, now and then wrongly, and hands out no more than
/// 100,000.</summary>
public class SearchBoundTests : SearchTest
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(150, 1)]
    [InlineData(200, 2)]
    [InlineData(450, 3)]
    [InlineData(600, 4)]
    public async Task Without_a_bound_the_first_page_that_is_not_full_is_the_last(int count, int requests)
    {
        People(count).Total = static (_, _) => null;
        var result = Client().People.Search(new SearchQuery());

        Assert.Equal(count, (await result.AllAsync()).Count);
        Assert.Equal(requests, Service.Requests.Count);
        Assert.Null(result.UpperBound);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("")]
    public async Task A_bound_that_is_no_number_counts_as_none(string total)
    {
        People(450).Total = (_, _) => total;

        Assert.Equal(450, (await Client().People.Search(new SearchQuery()).AllAsync()).Count);
        Assert.Equal(3, Service.Requests.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(150)]
    [InlineData(100_000)]
    public async Task A_bound_that_is_too_high_costs_at_most_one_empty_page(int surplus)
    {
        People(450).Total = (_, count) => (count + surplus).ToString(CultureInfo.InvariantCulture);

        Assert.Equal(450, (await Client().People.Search(new SearchQuery()).AllAsync()).Count);
        Assert.InRange(Service.Requests.Count, 3, 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(399)]
    public async Task A_bound_below_what_full_pages_show_is_not_believed(int total)
    {
        People(450).Total = (_, _) => total.ToString(CultureInfo.InvariantCulture);

        Assert.Equal(450, (await Client().People.Search(new SearchQuery()).AllAsync()).Count);
        Assert.Equal(3, Service.Requests.Count);
    }

    [Fact]
    public async Task A_bound_may_change_from_page_to_page_and_go_missing()
    {
        People(650).Total = static (page, _) => page switch { 1 => "210", 2 => null, 3 => "99999", _ => "650" };
        var result = Client().People.Search(new SearchQuery());

        Assert.Equal(650, (await result.AllAsync()).Count);
        // The bound of the third page has a fifth one requested ahead.
        Assert.InRange(Service.Requests.Count, 4, 5);
        Assert.Equal(650, result.UpperBound);
    }

    [Theory]
    [InlineData(100_200, true)]
    [InlineData(100_001, true)]
    [InlineData(100_000, false)]
    [InlineData(99_999, false)]
    public async Task It_stops_where_the_service_stops_and_says_so(int total, bool cut)
    {
        // What lies beyond cannot be reached, so it is not even asked for (developer.copper.com/people/list-people-search).
        Service.Then(request =>
        {
            var number = JsonDocument.Parse(request.Body).RootElement.GetProperty("page_number").GetInt32();
            var ids = Enumerable.Range(((number - 1) * 200) + 1, 200).Where(id => id <= total);
            return ScriptedService.Response(
                200, "[" + string.Join(",", ids.Select(static id => $$"""{"id":{{id}}}""")) + "]",
                    ("X-PW-TOTAL", total.ToString(CultureInfo.InvariantCulture)));
        });
        var result = Client().People.Search(new SearchQuery());

        var count = 0;
        await foreach (var _ in result)
        {
            count++;
        }

        Assert.Equal(Math.Min(total, 100_000), count);
        Assert.Equal(500, Service.Requests.Count);
        Assert.Equal(cut, result.IsCut);
    }
}
