using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>Pages that are short, empty, shifted, spoiled or late.</summary>
public class SearchOddPageTests : SearchTest
{
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
        // One page may have been requested ahead.
        Assert.InRange(Service.Requests.Count, 2, 3);
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

    [Fact]
    public async Task A_service_that_sends_the_same_page_for_ever_is_left_at_the_first_full_page_without_anything_new()
    {
        var people = People(200);
        (people.Total, people.Page) = (static (_, _) => null, (_, _) => people.Ids);
        var search = Client().People.Search(new SearchQuery());

        Assert.Equal(200, (await search.AllAsync()).Count);

        Assert.True(search.IsRepeating);
        Assert.InRange(Service.Requests.Count, 2, 3);
    }

    [Fact]
    public async Task A_circle_of_several_pages_is_found_too()
    {
        var people = People(1000);
        people.Total = static (_, _) => null;
        people.Page = (page, _) => people.Ids.Skip((page - 1) % 3 * 200).Take(200);
        var search = Client().People.Search(new SearchQuery());

        Assert.Equal(600, (await search.AllAsync()).Count);

        Assert.True(search.IsRepeating);
        Assert.InRange(Service.Requests.Count, 4, 6);
    }

    [Fact]
    public async Task A_total_that_never_comes_to_an_end_does_not_keep_a_circle_alive_beyond_it()
    {
        var people = People(200);
        (people.Total, people.Page) = (static (_, _) => "400", (_, _) => people.Ids);
        var search = Client().People.Search(new SearchQuery());

        Assert.Equal(200, (await search.AllAsync()).Count);

        Assert.True(search.IsRepeating);
        Assert.Equal(2, Service.Requests.Count);
    }

    [Theory]
    [InlineData("1000", null)]
    [InlineData("1000000", null)]
    [InlineData("1000000", "date_created")]
    [InlineData("1000000", "name")]
    public async Task However_large_the_total_is_a_page_that_comes_again_and_again_ends_the_search(string total, string? sortBy)
    {
        var people = People(200);
        (people.Total, people.Page) = ((_, _) => total, (_, _) => people.Ids);
        var search = Client().People.Search(new SearchQuery { SortBy = sortBy });

        Assert.Equal(200, (await RunAsync(search.AllAsync())).Count);

        Assert.True(search.IsRepeating);
        Assert.False(search.IsCut);
        Assert.InRange(Service.Requests.Count, 2, 12);
    }

    [Fact]
    public async Task A_page_of_nothing_but_what_cannot_be_read_is_no_circle()
    {
        Service.Then(200, """["x","y"]""", ("X-PW-TOTAL", "6")).Then(200, """["x","y"]""", ("X-PW-TOTAL", "6"))
            .Then(200, """[{"id":1},{"id":2}]""", ("X-PW-TOTAL", "6"));
        var search = Client().People.Search(new SearchQuery { PageSize = 2 });

        Assert.Equal([1, 2], (await search.AllAsync()).Select(static person => person.Id));
        Assert.False(search.IsRepeating);
    }

    [Fact]
    public async Task A_full_page_of_what_came_before_is_no_end_while_the_total_says_that_more_follows()
    {
        var people = People(6);
        people.AfterPage = page => people.Ids.InsertRange(0, page == 1 ? [-1, -2] : []);

        var search = Client().People.Search(new SearchQuery { PageSize = 2 });

        Assert.Equal(Enumerable.Range(1, 6).Select(static id => (long)id), (await search.AllAsync()).Select(static person => person.Id));
        Assert.False(search.IsRepeating);
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_told_by_record_and_page_and_not_in_the_words_of_dotnet()
    {
        var people = new FakePeople(450);
        Service.Then(people.Respond).Then(200, """[{"id":201},{"id":202},{"name":"No id"}]""");

        var search = Client(static options => options.MaxRetries = 0).People.Search(new SearchQuery());

        Assert.Equal(202, (await search.AllAsync()).Count);
        var failure = Assert.Single(search.UnreadableRecords);
        Assert.Contains("has no id", failure.Message, StringComparison.Ordinal);
        Assert.Contains("page 2", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"System\.|Copper\.Client|LineNumber|deseriali[sz]", failure.Message);
    }

    [Theory]
    [InlineData("""{"people":[]}""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_response_that_is_no_list_is_an_unreadable_response(string body)
    {
        Service.Then(200, body);

        await FailsAsync<CopperProtocolException>(
            Client(static options => options.MaxRetries = 0).People.Search(new SearchQuery()).AllAsync());
    }

    [Theory]
    [InlineData("\"x\"", null, "a text")]
    [InlineData("{\"id\":\"x\"}", "x", "the id 'x', which is not a whole number")]
    [InlineData("{\"name\":\"Ann\"}", null, "has no id")]
    public async Task An_item_that_cannot_be_read_costs_itself_and_takes_its_place(string item, string? id, string words)
    {
        Service.Then(200, $$"""[{"id":1},{{item}}]""").Then(200, """[{"id":3},{"id":4}]""").ThenJson("[]");
        var search = Client().People.Search(new SearchQuery { PageSize = 2 });

        var people = await search.AllAsync();

        Assert.Equal([1, 3, 4], people.Select(static person => person.Id));
        var failure = Assert.Single(search.UnreadableRecords);
        Assert.Equal(("person", 1, 2, id), (failure.Entity, failure.Page, failure.Place, failure.RecordId));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains(Trace.Events, message => message.Failure == failure);
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_counts_among_those_that_are_left_out()
    {
        Service.ThenJson("""[{"id":1},"x",{"id":3}]""");
        var search = Client().People.Search(new SearchQuery { Skip = 2 });

        Assert.Equal([3], (await search.AllAsync()).Select(static person => person.Id));
        Assert.Empty(search.UnreadableRecords);
    }

    [Fact]
    public async Task A_page_that_fails_is_asked_for_again_and_nothing_is_lost_or_doubled()
    {
        var people = new FakePeople(450);
        Service.Then(people.Respond).Then(503).Then(200, "[{\"id\":20").Then(people.Respond);

        var ids = (await RunAsync(Client().People.Search(new SearchQuery()).AllAsync())).ConvertAll(static person => person.Id);

        Assert.Equal(Enumerable.Range(1, 450).Select(static id => (long)id), ids);
        Assert.Equal(5, Service.Requests.Count);
    }
}
