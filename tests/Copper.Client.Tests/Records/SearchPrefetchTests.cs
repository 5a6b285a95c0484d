using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>A search asks for pages ahead of a consumer that goes on, and for none in vain of one that stops early.</summary>
public class SearchPrefetchTests : ScriptedTest
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(200, 1, 1)]
    [InlineData(201, 3, 3)]
    [InlineData(350, 3, 3)]
    [InlineData(400, 3, 3)]
    [InlineData(401, 4, 4)]
    [InlineData(800, 5, 5)]
    public async Task A_consumer_that_stops_after_so_many_records_costs_so_many_requests(int records, int fewest, int most)
    {
        Service.Then(new FakePeople(5000).Respond);
        var left = records;
        await foreach (var _ in Client().People.Search(new SearchQuery()))
        {
            if (--left == 0)
            {
                break;
            }
        }

        Assert.InRange(Service.Requests.Count, fewest, most);
    }

    [Fact]
    public async Task A_consumer_that_waits_gets_ever_more_pages_at_once_each_asked_for_once_and_none_beyond_the_last()
    {
        var pages = Hold(5000);
        var reading = Client().People.Search(new SearchQuery()).AllAsync();

        await pages.UntilHeldAsync(1);
        pages.ReleaseAll();
        await pages.UntilHeldAsync(2, 3);
        pages.ReleaseAll();
        await pages.UntilHeldAsync(4, 5, 6, 7, 8, 9, 10, 11, 12);
        var most = 0;
        while (!reading.IsCompleted)
        {
            most = Math.Max(most, pages.ReleaseAll());
            await Task.Delay(20);
        }

        AssertAll(5000, await reading);
        Assert.Equal(Enumerable.Range(1, 25), pages.Asked);
        Assert.InRange(most, 4, 9);
    }

    [Fact]
    public async Task When_the_consumer_says_how_many_it_takes_exactly_their_pages_are_asked_for_as_soon_as_the_first_has_come()
    {
        var pages = Hold(5000);
        var reading = Client().People.Search(new SearchQuery { First = 1000 }).AllAsync();

        await pages.UntilHeldAsync(1);
        pages.Release(1);
        await pages.UntilHeldAsync(2, 3, 4, 5);
        pages.Release(5, 4, 3, 2);

        AssertAll(1000, await reading);
        Assert.Equal(5, pages.Asked.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_consumer_takes_all_many_pages_are_asked_for_as_soon_as_the_first_has_come(bool isList)
    {
        var pages = Hold(5000);
        var result = Client().People.Search(new SearchQuery { ReadsAll = !isList });
        var reading = isList ? result.ToListAsync() : EnumerateAsync();

        await pages.UntilHeldAsync(1);
        pages.Release(1);
        await pages.UntilHeldAsync(2, 3, 4, 5, 6, 7, 8, 9, 10);
        while (!reading.IsCompleted)
        {
            pages.ReleaseAll();
            await Task.Delay(20);
        }

        AssertAll(5000, await reading);
        Assert.Equal(25, pages.Asked.Count);

        async Task<List<CopperPerson>> EnumerateAsync() => [.. await result.AllAsync()];
    }

    [Fact]
    public async Task A_consumer_that_is_slower_than_the_service_has_two_pages_in_store()
    {
        const int PageSize = 200;
        Service.Then(new FakePeople(100 * PageSize).Respond);
        var (read, fewest) = (0, int.MaxValue);
        await foreach (var _ in Client().People.Search(new SearchQuery { ReadsAll = true }))
        {
            if (++read % PageSize == 0 && read < 90 * PageSize)
            {
                fewest = Math.Min(fewest, Service.Requests.Count - (read / PageSize));
                await Task.Delay(10);
            }
        }

        Assert.Equal(100, Service.Requests.Count);
        Assert.Equal(2, fewest);
    }

    [Fact]
    public async Task Of_a_result_that_holds_less_than_was_asked_for_no_page_is_asked_for_in_vain()
    {
        var pages = Hold(450);
        var reading = Client().People.Search(new SearchQuery { First = 100_000 }).AllAsync();

        await pages.UntilHeldAsync(1);
        pages.Release(1);
        await pages.UntilHeldAsync(2, 3);
        pages.ReleaseAll();

        AssertAll(450, await reading);
        Assert.Equal(3, pages.Asked.Count);
    }

    [Fact]
    public async Task Without_a_bound_only_the_page_that_surely_follows_is_asked_for()
    {
        var people = new FakePeople(900) { Total = static (_, _) => null };
        Service.Then(people.Respond);

        AssertAll(900, await Client().People.Search(new SearchQuery()).AllAsync());

        Assert.Equal(5, Service.Requests.Count);
    }

    [Fact]
    public async Task A_failure_ahead_comes_after_the_records_before_it_and_ends_the_requests_behind_it()
    {
        var people = new FakePeople(5000);
        var pages = Hold(
            request => request.Body.Contains("\"page_number\":4,", StringComparison.Ordinal) ? ScriptedService.Response(422)
            : people.Respond(request));
        var client = Client();
        var ids = new List<long>();
        var reading = Task.Run(async () =>
        {
            await foreach (var person in client.People.Search(new SearchQuery { First = 2000 }))
            {
                ids.Add(person.Id);
            }
        });

        await pages.UntilHeldAsync(1);
        pages.Release(1);
        await pages.UntilHeldAsync(2, 3, 4, 5, 6, 7, 8, 9, 10);
        pages.Release(4);
        await pages.UntilHeldAsync(2, 3, 5, 6, 7, 8, 9, 10);
        Assert.False(reading.IsCompleted);
        pages.Release(3, 2);

        await Assert.ThrowsAsync<CopperValidationException>(() => reading);
        Assert.Equal(Enumerable.Range(1, 600).Select(static id => (long)id), ids);
        await pages.UntilHeldAsync();
        Assert.Equal([5, 6, 7, 8, 9, 10], pages.Cancelled.Order().Take(6));
    }

    [Fact]
    public async Task A_consumer_that_leaves_ends_the_requests_under_way()
    {
        var pages = Hold(5000);
        var records = Client().People.Search(new SearchQuery { First = 1000 }).GetAsyncEnumerator();
        var first = records.MoveNextAsync();
        await pages.UntilHeldAsync(1);
        pages.Release(1);
        Assert.True(await first);
        await pages.UntilHeldAsync(2, 3, 4, 5);

        await records.DisposeAsync();

        await pages.UntilHeldAsync();
        Assert.Equal([2, 3, 4, 5], pages.Cancelled.Order());
    }

    [Fact]
    public async Task Cancelling_ends_the_requests_under_way_with_the_callers_token()
    {
        var pages = Hold(5000);
        using var cancel = new CancellationTokenSource();
        var reading = Client().People.Search(new SearchQuery { First = 1000 }).AllAsync(cancel.Token);
        await pages.UntilHeldAsync(1);
        pages.Release(1);
        await pages.UntilHeldAsync(2, 3, 4, 5);

        await cancel.CancelAsync();

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(cancel.Token, failure.CancellationToken);
        await pages.UntilHeldAsync();
    }

    [Fact]
    public async Task A_consumer_that_changes_what_it_reads_gets_no_pages_from_before_the_change()
    {
        Service.Then(new FakePeople(2000).Respond);
        var client = Client();
        var most = 0;
        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            await client.People.UpdateAsync(person.Id, []);
            most = Math.Max(most, Searches() - (int)((person.Id + 199) / 200));
        }

        Assert.Equal(0, most);
    }

    private int Searches() => Service.Requests.Count(static request => request.Path.EndsWith("/search", StringComparison.Ordinal));

    private HeldPages Hold(int count) => Hold(new FakePeople(count).Respond);

    private HeldPages Hold(Func<ReceivedRequest, HttpResponseMessage> response)
    {
        var pages = new HeldPages(response);
        Service.Then(pages.RespondAsync);
        return pages;
    }

    private static void AssertAll(int count, IEnumerable<CopperPerson> people) =>
        Assert.Equal(Enumerable.Range(1, count).Select(static id => (long)id), people.Select(static person => person.Id));
}
