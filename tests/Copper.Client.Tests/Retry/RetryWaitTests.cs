using System.Globalization;

namespace Copper.Client.Tests.Retry;

/// <summary>How long it waits before it tries again: never less than the service asks for, never in step with others, and not for
/// ever.</summary>
public class RetryWaitTests : RetryTest
{
    [Fact]
    public async Task The_hint_in_seconds_is_never_undercut_and_hardly_exceeded()
    {
        Service.Then(429, string.Empty, ("Retry-After", "30")).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 30, 31.5);
    }

    [Fact]
    public async Task The_hint_as_a_date_is_never_undercut()
    {
        var date = (Clock.UtcNow + TimeSpan.FromSeconds(45)).ToString("r", CultureInfo.InvariantCulture);
        Service.Then(503, string.Empty, ("Retry-After", date)).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 45, 46.5);
    }

    [Fact]
    public async Task A_date_that_has_passed_is_no_reason_to_wait_long()
    {
        var date = (Clock.UtcNow - TimeSpan.FromHours(1)).ToString("r", CultureInfo.InvariantCulture);
        Service.Then(503, string.Empty, ("Retry-After", date)).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 0, 1.5);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("")]
    public async Task A_hint_that_makes_no_sense_counts_as_none(string hint)
    {
        Service.Then(429, string.Empty, ("Retry-After", hint)).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 1, 1.5);
    }

    [Fact]
    public async Task Without_a_hint_the_waits_double_with_up_to_half_as_much_jitter_and_stop_growing_at_a_minute()
    {
        Service.Then(503);

        await FailsAsync<CopperServerException>(Client(static options => options.MaxRetries = 9).People.GetAsync(7));

        var gaps = Gaps();
        double[] expected = [1, 2, 4, 8, 16, 32, 60, 60, 60];
        Assert.Equal(expected.Length, gaps.Count);
        Assert.All(expected.Zip(gaps), static pair => Assert.InRange(pair.Second.TotalSeconds, pair.First, pair.First * 1.5));
    }

    [Fact]
    public async Task Callers_that_failed_together_do_not_come_back_together()
    {
        Service.Then(429, string.Empty, ("Retry-After", "10"));
        var client = Client(static options => options.MaxRetries = 1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FailsAsync<CopperRateLimitException>(client.People.GetAsync(7))));

        var waits = Trace.Events.Where(static traceEvent => traceEvent.Kind == CopperTraceKind.Retrying)
            .Select(static traceEvent => traceEvent.Duration);
        Assert.Equal(8, waits.Distinct().Count());
    }

    [Theory]
    [InlineData("301")]
    [InlineData("99999999999")]
    public async Task A_hint_beyond_the_longest_wait_fails_at_once(string hint)
    {
        Service.Then(429, string.Empty, ("Retry-After", hint)).ThenJson(Ann);
        var before = Clock.Elapsed;

        var failure = await FailsAsync<CopperRateLimitException>(Client().People.GetAsync(7));

        Assert.Equal(1, failure.Attempts);
        Assert.Single(Service.Requests);
        Assert.Equal(before, Clock.Elapsed);
    }

    [Fact]
    public async Task A_hint_of_exactly_the_longest_wait_is_still_kept()
    {
        Service.Then(429, string.Empty, ("Retry-After", "300")).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 300, 301.5);
    }

    [Theory]
    [InlineData(503, "")]
    [InlineData(429, "2")]
    [InlineData(503, "2")]
    public async Task Short_waits_that_add_up_are_reported_as_a_long_one_once(int status, string hint)
    {
        Service.Then(status, string.Empty, ("Retry-After", hint));

        await Assert.ThrowsAnyAsync<CopperException>(() =>
            RunAsync(Client(static options => options.MaxRetries = 6).People.GetAsync(7)));

        var waits = Trace.Events.Where(static item => item.Kind is CopperTraceKind.Retrying or CopperTraceKind.Throttled).ToArray();
        var reported = Assert.Single(waits, static item => item.IsLongWait);
        var before = waits.TakeWhile(item => item != reported).Sum(static item => item.Duration.TotalSeconds);
        Assert.InRange(before, 0.1, 5);
        Assert.InRange(before + reported.Duration.TotalSeconds, 5, double.MaxValue);
        Assert.Contains("s of waiting before)", reported.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_short_wait_is_no_long_one()
    {
        Service.Then(429, string.Empty, ("Retry-After", "2")).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.DoesNotContain(Trace.Events, static item => item.IsLongWait);
    }

    [Fact]
    public async Task The_longest_wait_bounds_the_clients_own_waits_instead_of_ending_the_tries()
    {
        Service.Then(503);

        var failure = await FailsAsync<CopperServerException>(
            Client(static options => options.LongestRetryWait = TimeSpan.FromSeconds(3)).People.GetAsync(7));

        Assert.Equal(5, failure.Attempts);
        Assert.All(Gaps(), static gap => Assert.InRange(gap.TotalSeconds, 1, 3));
    }
}
