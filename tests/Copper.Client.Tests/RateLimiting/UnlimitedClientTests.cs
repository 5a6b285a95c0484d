using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>What clients of one account share, and what a client that asks for no limit has of it.</summary>
public sealed class UnlimitedClientTests : ScriptedTest
{
    private static readonly RateLimit Two = new(2, TimeSpan.FromMinutes(1));
    private bool _isPaused;

    public UnlimitedClientTests() => Service.Then(request =>
    {
        var isFirst = _isPaused;
        _isPaused = false;
        return isFirst ? ScriptedService.Response(429, string.Empty, ("Retry-After", "30"))
            : ScriptedService.Response(200, $$"""{"id":{{(request.Path.EndsWith("account", StringComparison.Ordinal)
                ? request.Headers["X-PW-UserEmail"].Length
                : request.Path.Split('/')[^1])}},"name":"Ann"}""");
    });

    [Fact]
    public async Task A_pause_of_a_client_with_a_limit_of_its_own_stalls_no_other()
    {
        var before = Clock.Elapsed;
        _isPaused = true;
        var own = Client(static options => (options.OwnRateLimit, options.MaxRetries) = (true, 0));
        await Assert.ThrowsAsync<CopperRateLimitException>(() => own.People.GetAsync(7));

        await RunAsync(Client().People.GetAsync(7));

        Assert.Equal(before, Clock.Elapsed);
    }

    [Fact]
    public async Task A_client_without_limits_waits_for_those_of_no_other_client()
    {
        var before = Clock.Elapsed;
        using var limited = Other("ann@example.com", [Two]);
        using var unlimited = Other("ann@example.com", []);
        for (var i = 0; i < 5; i++)
        {
            await unlimited.People.GetAsync(7);
        }

        // Its requests count for the others, since they count for the service.
        var waiting = limited.People.GetAsync(7);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(before, Clock.Elapsed);
        await RunAsync(waiting);
        Assert.InRange(Clock.Elapsed - before, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.1));
    }

    [Fact]
    public async Task A_pause_that_the_service_asks_for_is_kept_without_limits_too()
    {
        using var unlimited = Other("ann@example.com", []);
        _isPaused = true;
        var before = Clock.Elapsed;
        var first = unlimited.People.GetAsync(7);
        var second = unlimited.People.GetAsync(8);

        Assert.False(second.IsCompleted);
        await RunAsync(Task.WhenAll(first, second));

        Assert.InRange(Clock.Elapsed - before, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Two_keys_count_together_until_their_accounts_are_known(bool identified, bool waits)
    {
        using var one = Other("ann@example.com", [Two]);
        using var two = Other("bernard@example.com", [Two]);
        if (identified)
        {
            await one.GetAccountAsync();
            await two.GetAccountAsync();
        }

        await one.People.GetAsync(7);
        await (identified ? Task.CompletedTask : one.People.GetAsync(7));

        Assert.Equal(waits, !two.People.GetAsync(7).IsCompleted);
    }

    private CopperClient Other(string email, RateLimit[] limits) => new(new CopperClientOptions
    {
        Identity = CopperIdentity.FromApiKey(email, Key),
        Handler = Service,
        Clock = Clock,
        Throttles = Throttles,
        RateLimits = limits,
        BulkRateLimits = [],
        Timeout = TimeSpan.FromDays(20),
    });
}
