using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>A search brings each record once, in order, with as few requests as can be.</summary>
public class SearchPagingTests : SearchTest
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
}
