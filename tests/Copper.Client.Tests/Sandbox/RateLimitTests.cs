using Copper.Sandbox;

namespace Copper.Client.Tests.Sandbox;

public class RateLimitTests
{
    [Fact]
    public void Requests_beyond_the_limit_of_a_window_get_429()
    {
        var account = Limited(new SandboxRateLimit(3, TimeSpan.FromSeconds(6)));

        int[] statuses = [.. Enumerable.Range(0, 4).Select(_ => account.Get("/account").Status)];

        Assert.Equal([200, 200, 200, 429], statuses);
    }

    [Fact]
    public void The_window_rolls_with_each_request()
    {
        var account = Limited(new SandboxRateLimit(2, TimeSpan.FromSeconds(6)));
        account.Get("/account");
        account.Now += TimeSpan.FromSeconds(4);
        account.Get("/account");

        account.Now += TimeSpan.FromSeconds(2);

        Assert.Equal(200, account.Get("/account").Status);
        Assert.Equal(429, account.Get("/account").Status);
    }

    [Fact]
    public void Rejected_requests_count_too()
    {
        var account = Limited(new SandboxRateLimit(1, TimeSpan.FromSeconds(6)));
        account.Get("/account");
        account.Now += TimeSpan.FromSeconds(3);
        account.Get("/account");

        account.Now += TimeSpan.FromSeconds(4);

        Assert.Equal(429, account.Get("/account").Status);
    }

    [Fact]
    public void Every_window_has_to_have_room()
    {
        var account = Limited(new SandboxRateLimit(10, TimeSpan.FromSeconds(6)), new SandboxRateLimit(2, TimeSpan.FromMinutes(1)));
        account.Get("/account");
        account.Get("/account");

        account.Now += TimeSpan.FromSeconds(30);

        Assert.Equal(429, account.Get("/account").Status);
    }

    [Fact]
    public void Bulk_endpoints_have_a_limit_of_their_own()
    {
        var account = new TestAccount(options => options.BulkRateLimit = SandboxRateLimit.DocumentedBulk);

        int[] statuses =
            [.. Enumerable.Range(0, 4).Select(_ => account.Post("/people/bulk_create", new { people = Array.Empty<object>() }).Status)];

        Assert.Equal([200, 200, 200, 429], statuses);
        Assert.Equal(200, account.Get("/account").Status);
    }

    [Fact]
    public void A_429_has_no_Retry_After_by_default()
    {
        var account = Limited(new SandboxRateLimit(0, TimeSpan.FromSeconds(6)));

        Assert.False(account.Get("/account").Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public void Retry_After_tells_when_there_is_room_again_if_switched_on()
    {
        var account = new TestAccount(options =>
        {
            options.RateLimits = [new SandboxRateLimit(1, TimeSpan.FromSeconds(60))];
            options.SendRetryAfter = true;
        });
        account.Get("/account");
        account.Now += TimeSpan.FromSeconds(15);

        // The rejected request counts as well: the window is free again 60 seconds after it.
        Assert.Equal("60", account.Get("/account").Headers["Retry-After"]);
    }

    [Fact]
    public void The_verdict_is_fixed_when_the_request_is_received()
    {
        var account = Limited(new SandboxRateLimit(1, TimeSpan.FromSeconds(6)));
        account.Get("/account");
        var admission = account.Sandbox.Admit("/account");

        account.Now += TimeSpan.FromSeconds(10);
        var request = new SandboxRequest("GET", "/account", new Dictionary<string, string>(), account.Headers, null);

        Assert.Equal(429, account.Sandbox.Handle(request, admission).Status);
    }

    [Fact]
    public void The_use_of_each_window_is_known()
    {
        var account = Limited(new SandboxRateLimit(2, TimeSpan.FromSeconds(6)));
        for (int request = 0; request < 3; request++)
        {
            account.Get("/account");
        }

        account.Now += TimeSpan.FromSeconds(7);
        account.Get("/account");

        Assert.Equal(3, Assert.Single(account.Sandbox.WindowUsage).MaximumSeen);
    }

    [Fact]
    public void The_documented_limits_hold_unless_told_otherwise() =>
        Assert.Equal(["36/6s", "180/60s", "600/600s"], new SandboxOptions().RateLimits.Select(limit => limit.ToString()));

    private static TestAccount Limited(params SandboxRateLimit[] limits) => new(options => options.RateLimits = limits);
}
