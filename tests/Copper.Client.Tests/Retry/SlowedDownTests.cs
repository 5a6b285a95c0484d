using Copper.Client.RateLimiting;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Retry;

/// <summary>A 429 to somebody who keeps to the limit means that he is not alone: every session of the account makes room.</summary>
public class SlowedDownTests : ScriptedTest
{
    private const string Ann = """{"id":7,"name":"Ann"}""";

    [Fact]
    public async Task Every_session_of_the_account_waits_as_long_as_the_service_asks()
    {
        Service.Then(429, string.Empty, ("Retry-After", "20")).ThenJson(Ann);
        var (left, right) = (Client(Limit("36/6s")), Client(Limit("36/6s")));
        var refused = left.People.GetAsync(7);
        await Eventually.HoldsAsync(() => Service.Requests.Count == 1 && Trace.Kinds.Contains(CopperTraceKind.SlowedDown));
        var start = Clock.Elapsed;

        var other = right.People.GetAsync(7);
        Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Single(Service.Requests);
        Assert.InRange(right.GetRateLimitStatus()[0].NextSlot.TotalSeconds, 0.9, 1.1);
        await RunAsync(Task.WhenAll(refused, other));

        Assert.True(Service.Requests[1].At - start >= TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Rejections_of_requests_that_were_in_flight_together_are_reported_once()
    {
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.Then(async (_, _) =>
        {
            var isRejected = !together.Task.IsCompleted;
            await together.Task;
            return isRejected ? ScriptedService.Response(429) : ScriptedService.Response(200, Ann);
        });
        var client = Client(Limit("36/6s"));
        var calls = Enumerable.Range(1, 10).Select(_ => client.People.GetAsync(7)).ToArray();
        await Eventually.HoldsAsync(() => Service.Requests.Count == 10);
        together.SetResult();

        await RunAsync(Task.WhenAll(calls));

        var told = Assert.Single(Trace.Events, static message => message.Kind == CopperTraceKind.SlowedDown);
        Assert.Contains("50 %", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_follows_before_the_whole_rate_is_reached_is_told_as_such()
    {
        Service.Then(429).Then(429).ThenJson(Ann);

        await RunAsync(Client(Limit("36/6s")).People.GetAsync(7));

        Assert.Equal(
            [CopperTraceKind.SlowedDown, CopperTraceKind.SlowedDownFurther],
            Trace.Kinds.Where(static kind => kind is CopperTraceKind.SlowedDown or CopperTraceKind.SlowedDownFurther));
    }

    [Fact]
    public async Task A_hint_beyond_all_patience_holds_up_nobody_else()
    {
        Service.Then(429, string.Empty, ("Retry-After", "7200")).ThenJson(Ann);
        var client = Client(Limit("36/6s"));
        await FailsAsync<CopperRateLimitException>(client.People.GetAsync(7));
        var start = Clock.Elapsed;

        await RunAsync(client.People.GetAsync(7));

        Assert.Equal(start, Service.Requests[1].At);
    }

    [Fact]
    public void The_rate_is_halved_and_recovers_step_by_step()
    {
        var caution = new AdaptiveBackoff();
        var pace = Seconds(6);
        Assert.Equal(1, caution.ShareAt(Seconds(0), pace));

        Assert.True(caution.NoteTooManyRequests(Seconds(0), null, Seconds(10), pace));
        Assert.Equal(Seconds(11), caution.HoldUntil);
        Assert.Equal(
            [0.5, 0.5, 0.6, 0.7, 1, 1], new[] { 10, 16, 17, 23, 41, 500 }
            .Select(second => Math.Round(caution.ShareAt(Seconds(second), pace), 2)));
    }

    [Fact]
    public void A_rejection_after_the_wait_halves_again_and_waits_twice_as_long()
    {
        var caution = new AdaptiveBackoff();
        var pace = Seconds(6);
        caution.NoteTooManyRequests(Seconds(0), null, Seconds(10), pace);

        Assert.False(caution.NoteTooManyRequests(Seconds(9), null, Seconds(10.5), pace));
        Assert.Equal(Seconds(11), caution.HoldUntil);
        Assert.True(caution.NoteTooManyRequests(Seconds(11), null, Seconds(12), pace));
        Assert.Equal(Seconds(14), caution.HoldUntil);
        Assert.Equal(0.25, caution.ShareAt(Seconds(14), pace));
        Assert.True(caution.NoteTooManyRequests(Seconds(200), null, Seconds(201), pace));
        Assert.Equal(Seconds(202), caution.HoldUntil);
        Assert.Equal(0.5, caution.ShareAt(Seconds(202), pace));
    }

    [Fact]
    public async Task After_the_wait_half_the_places_are_used()
    {
        Service.Then(429).ThenJson(Ann);
        var client = Client(Limit("8/60s"));
        await RunAsync(client.People.GetAsync(7));
        var before = Service.Requests.Count;

        var calls = Enumerable.Range(1, 6).Select(_ => client.People.GetAsync(7)).ToArray();
        await Eventually.HoldsAsync(() => client.GetRateLimitStatus()[0].Used == 4 && calls.Count(static call => call.IsCompleted) == 2);

        Assert.Equal(before + 2, Service.Requests.Count);
        await RunAsync(Task.WhenAll(calls));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Action<CopperClientOptions> Limit(string limit) => options => options.RateLimits = [RateLimit.Parse(limit)];
}
