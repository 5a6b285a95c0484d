using Copper.Client.Crm.Search;
using Copper.Client.Http.Errors;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Crm;

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

    [Fact]
    public async Task A_page_that_fails_is_asked_for_again_and_nothing_is_lost_or_doubled()
    {
        var people = new FakePeople(450);
        Service.Then(people.Answer).Then(503).Then(200, "[{\"id\":20").Then(people.Answer);

        var ids = (await RunAsync(Client().People.Search(new SearchQuery()).AllAsync())).ConvertAll(static person => person.Id);

        Assert.Equal(Enumerable.Range(1, 450).Select(static id => (long)id), ids);
        Assert.Equal(5, Service.Requests.Count);
    }
}
