using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>Clients of several processes: each request needs a permit of its process and one of all processes.</summary>
public sealed class CrossProcessClientTests : ScriptedTest
{
    private readonly SimulatedMachine _machine;

    public CrossProcessClientTests()
    {
        _machine = new SimulatedMachine(Clock);
        Service.ThenRecord();
    }

    [Fact]
    public async Task A_request_waits_for_those_of_another_process()
    {
        var (left, right) = (Start("1/6s"), Start("1/6s"));

        await RunAsync(left.People.GetAsync(1));
        await RunAsync(right.People.GetAsync(2));

        Assert.InRange((Service.Requests[1].At - Service.Requests[0].At).TotalSeconds, 6, 6.1);
        Assert.Equal(1, right.Statistics.RequestCount);
        Assert.InRange(right.Statistics.ThrottledTime.TotalSeconds, 6, 6.1);
        Assert.Equal(2, right.GetRateLimitStatus().Single().SharedBy);
    }

    [Fact]
    public async Task Cancelling_while_waiting_for_another_process_sends_nothing_and_costs_no_permit_of_either_limit()
    {
        var (left, right) = (Start("1/6s"), Start("1/6s"));
        await RunAsync(left.People.GetAsync(1));
        using var cancel = new CancellationTokenSource();
        var waiting = right.People.GetAsync(2, cancel.Token);
        Assert.False(waiting.IsCompleted);

        await cancel.CancelAsync();
        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await RunAsync(right.People.GetAsync(3));

        Assert.Equal(cancel.Token, failure.CancellationToken);
        Assert.Equal(["people/1", "people/3"], Service.Requests.Select(static request => request.Path));
        Assert.InRange((Service.Requests[1].At - Service.Requests[0].At).TotalSeconds, 6, 6.1);
        Assert.Equal(1, right.Statistics.RequestCount);
    }

    [Fact]
    public async Task A_store_that_fails_causes_one_warning_and_no_error()
    {
        var client = Start("10/6s");
        _machine.Failure = new IOException("No space left on device.");

        await RunAsync(client.People.GetAsync(1));
        await RunAsync(client.People.GetAsync(2));

        Assert.Equal(2, Service.Requests.Count);
        var warning = Assert.Single(Trace.Events, static item => item.Kind == CopperTraceKind.SharedLimitLost);
        Assert.Contains("No space left on device", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limits_of_a_client_that_was_not_disposed_end_also_for_other_processes()
    {
        var process = _machine.Start();
        var uri = new Uri("https://api.copper.com/");
        Throttles.Open(uri, "any", [], []).Dispose();
        Forgotten(process);
        Assert.Single(_machine.State.Members);

        await Eventually.HoldsAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return _machine.State.Members.Count == 0;
            });

        var limiter = Throttles.Open(uri, "any", [RateLimit.Parse("5/6s")], []);
        Assert.Equal(5, Assert.Single(limiter.GetStatus()).Limit);
    }

    [Fact]
    public async Task A_client_that_was_not_opened_joins_before_its_first_request_and_many_at_once_join_once()
    {
        var process = _machine.Start();
        var client = Client(options =>
        {
            options.RateLimits = [RateLimit.Parse("10/6s")];
            options.SharedLimit = true;
            options.SharedLimits = new Registry(process);
        });
        Assert.False(client.SharesLimit);
        Assert.Empty(_machine.Bytes);

        await RunAsync(Task.WhenAll(Enumerable.Range(1, 5).Select(_ => client.People.GetAsync(1))));

        Assert.True(client.SharesLimit);
        Assert.Single(_machine.State.Members);
    }

    [Fact]
    public async Task What_is_wrong_with_the_shared_limit_is_said_when_it_is_joined_and_nothing_is_sent()
    {
        CopperClientOptions? given = null;
        var client = Client(options =>
        {
            options.SharedLimit = true;
            options.SharedLimits = new BrokenRegistry();
            given = options;
        });

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var failure = await Assert.ThrowsAsync<CopperConnectionException>(() => client.People.GetAsync(1));
            Assert.Equal("The disk is full.", failure.Message);
        }

        await Assert.ThrowsAsync<IOException>(() => CopperClient.OpenAsync(given!));
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task The_account_is_learnt_from_any_request_that_returns_it()
    {
        Service.ThenJson("""{"id":42,"name":"Account"}""");
        var client = Client(options => options.RateLimits = [RateLimit.Parse("5/6s")]);
        var identity = CopperIdentity.FromApiKey("bob@example.com", "another-key");
        var other = Client(options => (options.Identity, options.RateLimits) = (identity, [RateLimit.Parse("5/6s")]));
        await RunAsync(other.SendAsync(new CopperRequest(HttpMethod.Get, "people/1")));
        Assert.Equal(1, client.GetRateLimitStatus().Single().Used);

        await RunAsync(client.SendAsync(new CopperRequest(HttpMethod.Get, "account")));

        // Two of its own account; the other credential may belong to it, too. The requests of this one do not count for the other's
        // account any more.
        Assert.Equal(2, client.GetRateLimitStatus().Single().Used);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void Forgotten(SimulatedProcess process) => new CopperClient(new CopperClientOptions
    {
        Identity = CopperIdentity.FromApiKey("ann@example.com", Key),
        Handler = Service,
        Clock = Clock,
        Throttles = Throttles,
        RateLimits = [RateLimit.Parse("1/6s")],
        BulkRateLimits = [],
        SharedLimit = true,
        SharedLimits = new Registry(process),
    }).JoinAsync().GetAwaiter().GetResult();

    private CopperClient Start(string limit)
    {
        var client = Client(options =>
        {
            // Another process has limiters of its own.
            options.Throttles = new RateLimiterRegistry(Clock);
            options.RateLimits = [RateLimit.Parse(limit)];
            options.SharedLimit = true;
            options.SharedLimits = new Registry(_machine.Start());
        });
        client.JoinAsync().GetAwaiter().GetResult();
        return client;
    }

    private sealed class BrokenRegistry : CrossProcessRateLimiterRegistry
    {
        public override CrossProcessRateLimiter Open(Uri baseUri, string fingerprint) => throw new IOException("The disk is full.");
    }

    private sealed class Registry(SimulatedProcess process) : CrossProcessRateLimiterRegistry
    {
        private readonly CrossProcessRateLimiter _limit = process.Limit();

        public override CrossProcessRateLimiter Open(Uri baseUri, string fingerprint) => _limit;
    }
}
