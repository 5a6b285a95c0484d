using Copper.Client.RateLimiting;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>A session that tries the documented rate, and what it does when the account turns out to have the older limits.</summary>
public class RateFallbackTests
{
    private static readonly Uri Uri = new("https://api.copper.com/developer_api/v1");
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(300);
    private readonly FakeClock _clock = new();

    [Fact]
    public void The_first_rejection_adds_the_older_windows_which_count_what_was_sent_and_keeps_the_rate()
    {
        var limiter = Open(new RateLimiterRegistry(_clock));
        for (var i = 0; i < 30; i++)
        {
            Send(limiter);
        }

        var reduction = Reject(limiter)!;

        Assert.Equal(1, reduction.Share);
        Assert.False(reduction.Further);
        Assert.Equal(["36/6s", "600/10m"], reduction.Fallback.Select(static limit => limit.ToString()));
        Assert.Equal(TimeSpan.FromHours(1), reduction.FallbackFor);
        var status = limiter.GetStatus();
        Assert.Equal([180, 36, 600], status.Select(static window => window.Limit));
        Assert.Equal([31, 31, 31], status.Select(static window => window.Used));
        Assert.Equal([null, TimeSpan.FromHours(1), TimeSpan.FromHours(1)], status.Select(static window => window.AppliesFor));
    }

    [Fact]
    public void A_rejection_that_comes_although_the_older_windows_are_kept_halves_the_rate()
    {
        var limiter = Open(new RateLimiterRegistry(_clock));
        Reject(limiter);
        _clock.Advance(TimeSpan.FromSeconds(10));

        var reduction = Reject(limiter)!;

        Assert.Equal(0.5, reduction.Share);
        Assert.Empty(reduction.Fallback);
    }

    [Fact]
    public void Rejections_of_requests_that_were_in_flight_together_are_one()
    {
        var limiter = Open(new RateLimiterRegistry(_clock));
        var permits = Enumerable.Range(0, 9).Select(_ => Admitted(limiter)).ToArray();
        _clock.Advance(Latency);

        var reductions = permits.Select(static permit => permit.NoteTooManyRequests(null)).ToArray();

        Assert.Single(reductions, static reduction => reduction is not null);
        Assert.Equal(1, reductions[0]!.Share);
    }

    [Fact]
    public void The_higher_rate_is_tried_again_after_an_hour_then_after_two_and_so_on()
    {
        var limiter = Open(new RateLimiterRegistry(_clock));
        foreach (var hours in new[] { 1, 2, 4, 8, 16, 24, 24 })
        {
            Assert.Equal(TimeSpan.FromHours(hours), Reject(limiter)!.FallbackFor);
            _clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
            Assert.Equal(3, limiter.GetStatus().Count);
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("180/1m", new RateLimit(Assert.Single(limiter.GetStatus()).Limit, limiter.GetStatus()[0].Window).ToString());
        }
    }

    [Fact]
    public void A_session_of_the_same_account_that_keeps_the_older_limits_anyway_has_nothing_to_fall_back_to()
    {
        var registry = new RateLimiterRegistry(_clock);
        var limiter = Open(registry);
        using var careful = registry.Open(Uri, "a", RateLimit.Default, []);

        var reduction = Reject(limiter)!;

        Assert.Equal(0.5, reduction.Share);
        Assert.Empty(reduction.Fallback);
    }

    [Fact]
    public void The_account_of_a_credential_that_becomes_known_keeps_what_was_learned()
    {
        var registry = new RateLimiterRegistry(_clock);
        var limiter = Open(registry);
        Reject(limiter);

        registry.Identify(Uri, "a", 7);

        Assert.Equal(3, limiter.GetStatus().Count);
    }

    [Fact]
    public void An_account_that_accepts_the_documented_rate_is_read_at_it_without_a_rejection()
    {
        var documented = Read(Open(new RateLimiterRegistry(_clock)), 1_250, RateLimit.Documented);
        var safe = Read(new RateLimiterRegistry(_clock).Open(Uri, "a", RateLimit.Default, []), 1_250, RateLimit.Documented);

        Assert.Equal((0, 0), (documented.Rejected, safe.Rejected));
        Assert.InRange(documented.Seconds, 360, 380);
        Assert.InRange(safe.Seconds, 1_200, 1_230);
    }

    [Fact]
    public void An_account_with_the_older_limits_costs_one_volley_of_rejections_and_hardly_more_time_than_keeping_to_them()
    {
        var tried = Read(Open(new RateLimiterRegistry(_clock)), 1_850, RateLimit.Default);
        var safe = Read(new RateLimiterRegistry(_clock).Open(Uri, "a", RateLimit.Default, []), 1_850, RateLimit.Default);

        // What is in flight when the first rejection comes may be rejected with it; nothing is after that.
        Assert.InRange(tried.Rejected, 1, 9);
        Assert.Equal(0, safe.Rejected);
        Assert.InRange(tried.Seconds, safe.Seconds * 0.9, safe.Seconds + 10);
    }

    [Fact]
    public void A_limit_that_processes_share_is_rejected_because_others_would_not_learn_of_the_fallback()
    {
        var options = new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey("ada@example.com", "key"),
            FallbackRateLimits = RateLimit.Default,
            SharedLimit = true,
        };

        var error = Assert.Throws<ArgumentException>(() => new CopperClient(options));

        Assert.Contains("FallbackRateLimits", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Nine requests in flight at most, as a search has; each takes 300 ms. A rejected one is sent again.</summary>
    private (double Seconds, int Rejected) Read(RateLimiterHandle limiter, int requests, IReadOnlyList<RateLimit> accepted)
    {
        var start = _clock.Elapsed;
        var counted = new List<TimeSpan>();
        var flying = new Queue<(TimeSpan Due, RateLimitPermit Permit, bool IsRejected)>();
        var waiting = new Queue<Task<RateLimitPermit>>();
        var (left, rejected) = (requests, 0);
        while (left > 0)
        {
            while (waiting.Count + flying.Count < Math.Min(9, left))
            {
                waiting.Enqueue(limiter.AcquireAsync(false, CancellationToken.None));
            }

            while (waiting.TryPeek(out var entry) && entry.IsCompletedSuccessfully)
            {
                waiting.Dequeue();
                var isRejected = accepted.Any(limit =>
                    counted.Count >= limit.Limit && counted[^limit.Limit] + limit.Window >= _clock.Elapsed);
                if (!isRejected)
                {
                    counted.Add(_clock.Elapsed);
                }

                flying.Enqueue((_clock.Elapsed + Latency, entry.Result, isRejected));
            }

            _clock.Advance(TimeSpan.FromMilliseconds(100));
            while (flying.TryPeek(out var response) && response.Due <= _clock.Elapsed)
            {
                flying.Dequeue();
                response.Permit.ResponseBegan();
                if (response.IsRejected)
                {
                    rejected++;
                    response.Permit.NoteTooManyRequests(null);
                }
                else
                {
                    left--;
                }
            }
        }

        return ((_clock.Elapsed - start).TotalSeconds, rejected);
    }

    private RateReduction? Reject(RateLimiterHandle limiter)
    {
        var permit = Admitted(limiter);
        _clock.Advance(Latency);
        permit.ResponseBegan();
        return permit.NoteTooManyRequests(null);
    }

    private void Send(RateLimiterHandle limiter)
    {
        var permit = Admitted(limiter);
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        permit.ResponseBegan();
    }

    private static RateLimitPermit Admitted(RateLimiterHandle limiter)
    {
        var entry = limiter.AcquireAsync(false, CancellationToken.None);
        Assert.True(entry.IsCompletedSuccessfully, "there should have been room");
        return entry.Result;
    }

    private static RateLimiterHandle Open(RateLimiterRegistry registry) =>
        registry.Open(Uri, "a", RateLimit.Documented, [], null, RateLimit.Default);
}
