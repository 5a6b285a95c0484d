using Copper.Client.Models;
using Copper.Client.Tests.Support;
using Copper.Sandbox;

namespace Copper.Client.Tests.Records;

/// <summary>
/// The service hands out 100,000 records of one search, here 1000; the rest is found by the date of creation, whose bounds are
/// whole seconds and inclusive.
/// </summary>
public class SearchBeyondTheCeilingTests : ScriptedTest
{
    private const int Cap = 1000;
    private const long Start = 1_600_000_000;

    [Theory]
    [InlineData(1001, false)]
    [InlineData(5000, false)]
    [InlineData(5000, true)]
    public async Task Every_record_comes_once_and_in_the_order_asked_for(int count, bool descending)
    {
        // Three a second, so that windows begin in the middle of one.
        Serve(Enumerable.Range(1, count).Select(static id => ((long)id, (long?)(Start + (id / 3)))));
        var result = Search(new SearchQuery { PageSize = 20, Descending = descending });

        var people = await result.AllAsync();

        Assert.Equal(count, people.Select(static person => person.Id).Distinct().Count());
        Assert.Equal(count, people.Count);
        var created = people.ConvertAll(static person => person.DateCreated);
        Assert.Equal(descending ? created.OrderDescending() : created.Order(), created);
        Assert.Equal((false, false, (long)count), (result.IsCut, result.IsReordered, result.UpperBound));
        Assert.InRange(Service.Requests.Count, count / 20, (count / 20 * 1.05) + 2);
    }

    [Fact]
    public async Task A_result_that_fits_is_read_as_ever()
    {
        Serve(Enumerable.Range(1, Cap).Select(static id => ((long)id, (long?)(Start + id))));

        Assert.Equal(Cap, (await Search(new SearchQuery { PageSize = 20 }).AllAsync()).Count);

        Assert.Equal(Cap / 20, Service.Requests.Count);
        Assert.DoesNotContain(Service.Requests, static request => request.Body.Contains("created_date", StringComparison.Ordinal));
    }

    [Fact]
    public async Task First_within_reach_keeps_to_the_order_and_splits_nothing()
    {
        Serve(Enumerable.Range(1, 5000).Select(static id => ((long)id, (long?)(Start + id))));
        var result = Search(new SearchQuery { PageSize = 20, SortBy = "name", Descending = true, First = Cap });

        var people = await result.AllAsync();

        Assert.Equal(Enumerable.Range(0, Cap).Select(static place => 5000L - place), people.Select(static person => person.Id));
        Assert.Equal(Cap / 20, Service.Requests.Count);
        Assert.False(result.IsReordered);
    }

    [Fact]
    public async Task First_and_skip_reach_beyond_the_ceiling()
    {
        Serve(Enumerable.Range(1, 5000).Select(static id => ((long)id, (long?)(Start + (id / 3)))));

        var people = await Search(new SearchQuery { PageSize = 20, First = 1500, Skip = 905 }).AllAsync();
        var far = await Search(new SearchQuery { PageSize = 20, First = 3, Skip = 2500 }).AllAsync();

        Assert.Equal(Enumerable.Range(906, 1500).Select(static id => (long)id), people.Select(static person => person.Id));
        Assert.Equal([2501, 2502, 2503], far.Select(static person => person.Id));
    }

    [Fact]
    public async Task Another_order_gives_way_to_that_of_creation_and_the_result_says_so()
    {
        Serve(Enumerable.Range(1, 2500).Select(static id => ((long)id, (long?)(Start + 9000 - id))));
        var result = Search(new SearchQuery { PageSize = 20, SortBy = "name", Descending = true });

        var people = await result.AllAsync();

        Assert.Equal(Enumerable.Range(0, 2500).Select(static place => 2500L - place), people.Select(static person => person.Id));
        Assert.Equal((true, false), (result.IsReordered, result.IsCut));
    }

    [Fact]
    public async Task The_users_own_bounds_hold()
    {
        Serve(Enumerable.Range(1, 5000).Select(static id => ((long)id, (long?)(Start + id))));
        var filter = new JsonBody { ["minimum_created_date"] = Start + 101, ["maximum_created_date"] = Start + 4500 };

        var up = await Search(new SearchQuery { PageSize = 20, Filter = filter }).AllAsync();
        var down = await Search(new SearchQuery { PageSize = 20, Filter = filter, Descending = true }).AllAsync();

        Assert.Equal(Enumerable.Range(101, 4400).Select(static id => (long)id), up.Select(static person => person.Id));
        Assert.Equal(Enumerable.Range(101, 4400).Reverse().Select(static id => (long)id), down.Select(static person => person.Id));
    }

    [Fact]
    public async Task More_than_the_ceiling_within_one_second_are_cut_and_the_rest_still_comes()
    {
        var ids = Enumerable.Range(1, 4000).Select(static id => ((long)id, (long?)(Start + (id is > 500 and <= 2500 ? 500 : id))));
        Serve(ids);
        var result = Search(new SearchQuery { PageSize = 20 });

        var people = await result.AllAsync();

        Assert.True(result.IsCut);
        Assert.Equal(499 + Cap + 1500, people.Count);
        Assert.Equal(people.Count, people.Select(static person => person.Id).Distinct().Count());
        Assert.Equal(4000, people[^1].Id);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 17, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 17, true)]
    [InlineData(3000, 0, true)]
    public async Task Records_without_a_date_of_creation_are_missing_and_the_result_says_so(int undated, int surplus, bool cut)
    {
        Serve(Enumerable.Range(1, 2500 + undated).Select(id => ((long)id, id > 2500 ? null : (long?)(Start + id)))).Surplus = surplus;
        var result = Search(new SearchQuery { PageSize = 20 });

        Assert.Equal(2500, (await result.AllAsync()).Count);
        Assert.Equal(cut, result.IsCut);
    }

    [Fact]
    public async Task What_has_no_such_filter_is_cut()
    {
        Serve(Enumerable.Range(1, 2500).Select(static id => ((long)id, (long?)(Start + id))));
        var result = Client(static options => options.SearchCeiling = Cap)
            .Search("people/search", new SearchQuery { PageSize = 20, SortBy = "date_created" });

        Assert.Equal(Cap, (await result.AllAsync()).Count);
        Assert.True(result.IsCut);
    }

    [Fact]
    public async Task A_service_that_does_not_sort_is_not_read_in_circles()
    {
        var people = new DatedPeople(int.MaxValue, Enumerable.Range(1, 3000).Select(static id => ((long)id, (long?)(Start + 5000 - id))));
        Service.Then(
            request => people.Respond(
                request with {
                    Body = request.Body.Replace("date_created\"", "name\"", StringComparison.Ordinal)
                    .Replace("minimum_created_date", "x", StringComparison.Ordinal) }));
        var result = Search(new SearchQuery { PageSize = 20 });

        Assert.Equal(Cap, (await result.AllAsync()).Count);
        Assert.True(result.IsCut);
    }

    [Fact]
    public async Task It_holds_against_the_sandbox()
    {
        var sandbox =
            new CopperSandbox(
                new SandboxOptions {
                    People = 3000, SearchCap = Cap, RateLimits = [], Companies = 3, Leads = 0, Opportunities = 0, Tasks = 0, Projects = 0,
                    Activities = 0 });
        using var client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
            Handler = new SandboxMessageHandler(sandbox),
            Throttles = Throttles,
            RateLimits = [],
            SearchCeiling = Cap,
        });
        var result = client.People.Search(new SearchQuery { PageSize = 50 });

        Assert.Equal(3000, (await result.AllAsync()).Select(static person => person.Id).Distinct().Count());
        Assert.False(result.IsCut);
        Assert.InRange(sandbox.Journal.Count, 60, 66);
    }

    [Fact]
    public void Every_kind_of_record_that_can_be_searched_by_creation_has_a_date_of_creation() => Assert.All(
        CopperEntities.Searchable,
        static entity =>
            Assert.Equal(entity.CanFilterByCreation, typeof(IDatedRecord).IsAssignableFrom(entity.GetType().GetGenericArguments()[0])));

    private DatedPeople Serve(IEnumerable<(long Id, long? Created)> people)
    {
        var service = new DatedPeople(Cap, people);
        Service.Then(service.Respond);
        return service;
    }

    private SearchResult<CopperPerson> Search(SearchQuery query) =>
        Client(static options => options.SearchCeiling = Cap).People.Search(query);
}
