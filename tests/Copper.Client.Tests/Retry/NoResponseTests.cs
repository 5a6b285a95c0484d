namespace Copper.Client.Tests.Retry;

/// <summary>A request that gets no response ends in time, and at once when it is cancelled.</summary>
public class NoResponseTests : RetryTest
{
    /// <summary>What is not over by then, however busy the machine is, goes on for ever: a test that fails says more than one that
    /// hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task No_response_in_time_is_a_timeout_and_is_retried()
    {
        Service.ThenHangs().ThenJson(Ann);
        var before = Clock.Elapsed;

        await RunAsync(Client(static options => options.Timeout = TimeSpan.FromSeconds(100)).People.GetAsync(7));

        Assert.Equal(2, Service.Requests.Count);
        Assert.InRange((Clock.Elapsed - before).TotalSeconds, 101, 102);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_before_a_repetition_and_nothing_more_is_sent()
    {
        Service.Then(503);
        using var cancel = new CancellationTokenSource();
        var work = Client().People.GetAsync(7, cancel.Token);
        Assert.False(work.IsCompleted);

        await cancel.CancelAsync();

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Patience));
        Assert.Equal(cancel.Token, failure.CancellationToken);
        Assert.Single(Service.Requests);
        Assert.Null(Clock.NextTimer);
    }

    [Fact]
    public async Task Cancelling_a_hanging_request_is_a_cancellation_and_neither_a_timeout_nor_a_retry()
    {
        Service.ThenHangs();
        using var cancel = new CancellationTokenSource();
        var work = CreateAsync(token: cancel.Token);

        await cancel.CancelAsync();

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Patience));
        Assert.Equal(cancel.Token, failure.CancellationToken);
        Assert.Single(Service.Requests);
    }
}
