using System.Globalization;
using System.Text.Json;
using Copper.Client.Crm.Search;
using Copper.Client.Http.Errors;
using Copper.Client.Json;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Crm;

/// <summary>A search brings each record once, in order, with as few requests as can be.</summary>
public class SearchPagingTests : ScriptedTest
{
    [Fact]
    public async Task Nothing_is_sent_before_the_result_is_enumerated()
    {
        People(450);
        var result = Client().People.Search(new SearchQuery());
        var enumerator = result.GetAsyncEnumerator();

        Assert.Empty(Service.Requests);
        Assert.Equal((0, 0L, null), (result.PagesRead, result.RecordsRead, result.UpperBound));

        Assert.True(await enumerator.MoveNextAsync());
        Assert.Single(Service.Requests);
        await enumerator.DisposeAsync();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(199, 1)]
    [InlineData(200, 1)]
    [InlineData(201, 2)]
    [InlineData(400, 2)]
    [InlineData(450, 3)]
    [InlineData(600, 3)]
    public async Task A_result_takes_a_request_for_each_two_hundred_records(int count, int requests)
    {
        People(count);
        var result = Client().People.Search(new SearchQuery());

        var people = await result.AllAsync();

        Assert.Equal(Enumerable.Range(1, count).Select(static id => (long)id), people.Select(static person => person.Id));
        Assert.Equal(requests, Service.Requests.Count);
        Assert.Equal((requests, (long)count, count, false), (result.PagesRead, result.RecordsRead, (int)result.UpperBound!, result.IsCut));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(5, 1, 5)]
    [InlineData(200, 1, 200)]
    [InlineData(201, 2, 201)]
    [InlineData(250, 2, 250)]
    [InlineData(400, 2, 400)]
    [InlineData(1000, 3, 450)]
    public async Task Only_the_pages_that_hold_the_first_records_asked_for_are_read(int first, int requests, int records)
    {
        People(450);

        var people = await Client().People.Search(new SearchQuery { First = first }).AllAsync();

        Assert.Equal(Enumerable.Range(1, records).Select(static id => (long)id), people.Select(static person => person.Id));
        Assert.Equal(requests, Service.Requests.Count);
    }

    [Fact]
    public async Task A_few_records_are_asked_for_in_a_small_page()
    {
        People(450);

        await Client().People.Search(new SearchQuery { First = 5 }).AllAsync();

        Assert.Equal(5, Body(0).GetProperty("page_size").GetInt32());
    }

    [Fact]
    public async Task A_consumer_that_stops_early_costs_one_request()
    {
        People(450);

        await foreach (var person in Client().People.Search(new SearchQuery()))
        {
            if (person.Id == 5)
            {
                break;
            }
        }

        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData(0, null, 1, 450, 3)]
    [InlineData(10, null, 11, 450, 3)]
    [InlineData(200, null, 201, 450, 2)]
    [InlineData(250, null, 251, 450, 2)]
    [InlineData(250, 5L, 251, 255, 1)]
    [InlineData(198, 5L, 199, 203, 2)]
    [InlineData(449, null, 450, 450, 1)]
    public async Task Skipped_records_are_not_handed_out_and_their_pages_not_read(long skip, long? first, int from, int to, int requests)
    {
        People(450);

        var people = await Client().People.Search(new SearchQuery { Skip = skip, First = first }).AllAsync();

        Assert.Equal(Enumerable.Range(from, to - from + 1).Select(static id => (long)id), people.Select(static person => person.Id));
        Assert.Equal(requests, Service.Requests.Count);
    }

    [Theory]
    [InlineData(450)]
    [InlineData(1000)]
    public async Task Skipping_everything_brings_nothing(long skip)
    {
        People(450);

        Assert.Empty(await Client().People.Search(new SearchQuery { Skip = skip }).AllAsync());
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 3)]
    [InlineData(7, 1)]
    public async Task Pages_may_be_smaller(int pageSize, int requests)
    {
        People(7);

        Assert.Equal(7, (await Client().People.Search(new SearchQuery { PageSize = pageSize }).AllAsync()).Count);
        Assert.Equal(requests, Service.Requests.Count);
    }

    [Fact]
    public async Task Page_and_order_are_always_sent_after_the_filter()
    {
        People(201);

        await Client().People.Search(new SearchQuery { Filter = new JsonBody { ["city"] = "Köln", ["tags"] = new[] { "a" } } }).AllAsync();

        Assert.Equal("""{"city":"Köln","tags":["a"],"page_number":1,"page_size":200,"sort_by":"date_created","sort_direction":"asc"}""", Service.Requests[0].Body);
        Assert.Equal("""{"city":"Köln","tags":["a"],"page_number":2,"page_size":200,"sort_by":"date_created","sort_direction":"asc"}""", Service.Requests[1].Body);
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
    public void What_the_search_sets_itself_is_refused_as_a_filter(string name)
    {
        var failure = Assert.Throws<ArgumentException>(() => Client().People.Search(new SearchQuery { Filter = new JsonBody { [name] = 1 } }));

        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(201, null, 0)]
    [InlineData(200, -1L, 0)]
    [InlineData(200, null, -1)]
    public void Impossible_numbers_are_refused(int pageSize, long? first, long skip) =>
        Assert.Throws<ArgumentException>(() => Client().People.Search(new SearchQuery { PageSize = pageSize, First = first, Skip = skip }));

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
        Assert.Equal(4, Service.Requests.Count);
        Assert.Equal(650, result.UpperBound);
    }

    [Fact]
    public async Task A_short_page_is_not_the_last_when_more_are_to_come()
    {
        People(450).Page = static (page, ids) => page == 1 ? ids.Where(static id => id % 2 == 0) : ids;

        var people = await Client().People.Search(new SearchQuery()).AllAsync();

        Assert.Equal(350, people.Count);
        Assert.Equal(3, Service.Requests.Count);
    }

    [Fact]
    public async Task An_empty_page_is_the_end_whatever_the_bound_says()
    {
        People(450).Page = static (page, ids) => page == 2 ? [] : ids;

        Assert.Equal(200, (await Client().People.Search(new SearchQuery()).AllAsync()).Count);
        Assert.Equal(2, Service.Requests.Count);
    }

    [Fact]
    public async Task Records_that_a_shifting_page_brings_again_are_left_out()
    {
        var people = People(450);
        people.AfterPage = page => people.Ids.Insert(0, -page);

        var ids = (await Client().People.Search(new SearchQuery()).AllAsync()).ConvertAll(static person => person.Id);

        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(450, ids.Count);
    }

    [Fact]
    public async Task A_null_among_the_records_is_left_out()
    {
        Service.Then(200, """[{"id":1},null,{"id":2}]""", ("X-Pw-Total", "3"));

        Assert.Equal([1, 2], (await Client().People.Search(new SearchQuery()).AllAsync()).Select(static person => person.Id));
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("""{"people":[]}""")]
    [InlineData("null")]
    [InlineData("""["x"]""")]
    [InlineData("")]
    public async Task An_answer_that_is_no_list_is_an_unreadable_answer(string body)
    {
        Service.Then(200, body);

        await FailsAsync<CopperProtocolException>(Client(static options => options.MaxRetries = 0).People.Search(new SearchQuery()).AllAsync());
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
            return ScriptedService.Answer(
                200, "[" + string.Join(",", ids.Select(static id => $$"""{"id":{{id}}}""")) + "]", ("X-PW-TOTAL", total.ToString(CultureInfo.InvariantCulture)));
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

    [Fact]
    public async Task Cancelling_between_pages_ends_it_without_another_request()
    {
        People(450);
        using var cancel = new CancellationTokenSource();
        var count = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Client().People.Search(new SearchQuery()).WithCancellation(cancel.Token))
            {
                if (++count == 200)
                {
                    await cancel.CancelAsync();
                }
            }
        });

        Assert.Equal(200, count);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task A_page_that_fails_is_asked_for_again_and_nothing_is_lost_or_doubled()
    {
        var people = new FakePeople(450);
        Service.Then(people.Answer).Then(503).Then(200, "[{\"id\":20").Then(people.Answer);

        var ids = (await RunAsync(Client().People.Search(new SearchQuery()).AllAsync())).ConvertAll(static person => person.Id);

        Assert.Equal(Enumerable.Range(1, 450).Select(static id => (long)id), ids);
        Assert.Equal(5, Service.Requests.Count);
    }

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

    private FakePeople People(int count)
    {
        var people = new FakePeople(count);
        Service.Then(people.Answer);
        return people;
    }

    private JsonElement Body(int index)
    {
        using var document = JsonDocument.Parse(Service.Requests[index].Body);
        return document.RootElement.Clone();
    }
}
