using Copper.Client.RateLimiting;
using Copper.Client.Tests.Support;
using Copper.Sandbox;
using Copper.SandboxHost;

namespace Copper.Client.Tests.Transport;

/// <summary>The product's promise, against a service that counts for itself: never a 429 of our own making.</summary>
public class RateLimitPromiseTests : HostTest
{
    [Fact]
    public async Task Eighty_requests_one_after_the_other_meet_no_429()
    {
        var client = Client(Limits);
        for (var i = 0; i < 80; i++)
        {
            await client.GetCurrentUserAsync();
        }

        AssertPromiseKept(client, 80);
    }

    [Fact]
    public async Task Eighty_requests_at_once_meet_no_429()
    {
        var client = Client(Limits);

        await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => client.GetCurrentUserAsync()));

        AssertPromiseKept(client, 80);
    }

    [Fact]
    public async Task Eighty_requests_of_two_sessions_with_responses_that_take_their_time_meet_no_429()
    {
        Host.Latency = new LatencyRange(0, 30);
        var throttles = new RateLimiterRegistry(Copper.Client.RateLimiting.Clock.System);
        var sessions = new[] { 1, 2 }.Select(_ => Client(options =>
        {
            Limits(options);
            options.Throttles = throttles;
        })).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 80).Select(number => sessions[number % 2].GetCurrentUserAsync()));

        AssertPromiseKept(sessions[0], 40);
    }

    private protected override void Configure(SandboxHostOptions options) =>
        options.Account.RateLimits = [new SandboxRateLimit(20, TimeSpan.FromMilliseconds(300))];

    private static void Limits(CopperClientOptions options) => options.RateLimits = [RateLimit.Parse("20/300ms")];

    private void AssertPromiseKept(CopperClient client, int requests)
    {
        Assert.Equal(80, Host.Journal.Entries.Count);
        Assert.All(Host.Journal.Entries, static entry => Assert.Equal(200, entry.Status));
        Assert.Equal(requests, client.Statistics.RequestCount);
        Assert.InRange(Host.Sandbox.WindowUsage.Single().MaximumSeen, 1, 20);
    }
}
