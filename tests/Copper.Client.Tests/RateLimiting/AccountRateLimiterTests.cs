using Copper.Client.RateLimiting;

namespace Copper.Client.Tests.RateLimiting;

public class AccountRateLimiterTests
{
    private static readonly RateLimit[] NoLimit = [];
    private static readonly Uri Uri = new("https://api.copper.com/developer_api/v1");
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_request_waits_for_a_full_window_until_one_window_after_the_first_response_began()
    {
        var limiter = Open("2/6s");
        var first = Admitted(limiter);
        Admitted(limiter);
        var third = limiter.AcquireAsync(false, default);

        _clock.Advance(TimeSpan.FromSeconds(4));
        first.ResponseBegan();
        _clock.Advance(TimeSpan.FromSeconds(6));
        var fourth = limiter.AcquireAsync(false, default);
        Assert.False(third.IsCompleted, "the window is counted from the response, not from the sending, and its end belongs to it");
        Assert.False(fourth.IsCompleted);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(third.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_failed_request_keeps_its_permit_for_a_window_after_the_failure()
    {
        var limiter = Open("1/6s");
        using (Admitted(limiter))
        {
            _clock.Advance(TimeSpan.FromSeconds(3));
        }

        var next = limiter.AcquireAsync(false, default);
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_request_that_was_not_sent_returns_its_permit_at_once()
    {
        var limiter = Open("1/6s");
        Admitted(limiter).Return();
        Admitted(limiter);
    }

    [Fact]
    public void A_cancelled_waiter_costs_no_permit_and_does_not_delay_the_others()
    {
        var limiter = Open("1/6s");
        Admitted(limiter).ResponseBegan();
        using var cancel = new CancellationTokenSource();
        var second = limiter.AcquireAsync(false, cancel.Token);
        var third = limiter.AcquireAsync(false, default);

        cancel.Cancel();
        Assert.True(second.IsCanceled);
        _clock.Advance(TimeSpan.FromSeconds(6.1));
        Assert.True(third.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_cancelled_token_cancels_before_the_wait()
    {
        var limiter = Open("1/6s");
        Assert.True(limiter.AcquireAsync(false, new CancellationToken(canceled: true)).IsCanceled);
        Admitted(limiter);
    }

    [Fact]
    public void Bulk_requests_have_a_window_of_their_own_and_do_not_delay_others_while_only_that_is_full()
    {
        var limiter = Open("36/6s", bulk: "1/1s");
        Admitted(limiter, bulk: true).ResponseBegan();
        var bulk = limiter.AcquireAsync(true, default);
        Assert.False(bulk.IsCompleted);
        Admitted(limiter);

        _clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.True(bulk.IsCompletedSuccessfully);
    }

    [Fact]
    public void Two_credentials_of_one_account_share_its_windows_before_and_after_that_is_known()
    {
        var (registry, left, right) = Two("3/6s", "3/6s");
        Admitted(left).ResponseBegan();
        Admitted(right).ResponseBegan();
        Admitted(right).ResponseBegan();
        var waiting = right.AcquireAsync(false, default);
        Assert.False(waiting.IsCompleted, "it may be the account of the other credential");

        registry.Identify(Uri, "a", 42);
        registry.Identify(Uri, "b", 42);

        Assert.False(left.AcquireAsync(false, default).IsCompleted);
        Assert.Equal(3, Assert.Single(left.GetStatus()).Used);
        Assert.Equal(3, Assert.Single(right.GetStatus()).Used);
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(6.1));
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void Credentials_whose_accounts_stay_unknown_never_exceed_one_limit_together()
    {
        var (_, left, right) = Two("2/6s", "2/6s");
        Admitted(left);
        Admitted(right);

        Assert.False(left.AcquireAsync(false, default).IsCompleted);
        Assert.False(right.AcquireAsync(false, default).IsCompleted);
    }

    [Fact]
    public void Requests_of_an_unknown_credential_count_for_every_account_until_its_own_is_known()
    {
        var (registry, first, second) = Two("2/6s", "2/6s");
        registry.Identify(Uri, "a", 1);
        registry.Identify(Uri, "b", 2);
        var unknown = Open(registry, "c", "2/6s");
        var onItsWay = Admitted(unknown);
        Admitted(unknown).ResponseBegan();
        var (ofFirst, ofSecond) = (first.AcquireAsync(false, default), second.AcquireAsync(false, default));
        Assert.False(ofFirst.IsCompleted);
        Assert.False(ofSecond.IsCompleted);

        registry.Identify(Uri, "c", 2);

        Assert.True(ofFirst.IsCompletedSuccessfully, "it is not of this account");
        Assert.False(ofSecond.IsCompleted, "it is of this one");
        onItsWay.ResponseBegan();
        Assert.Equal(1, Assert.Single(first.GetStatus()).Used);
        Assert.Equal(2, Assert.Single(second.GetStatus()).Used);
    }

    [Fact]
    public void An_account_that_becomes_known_later_counts_earlier_requests_of_unknown_credentials()
    {
        var (registry, unknown, later) = Two("3/6s", "3/6s");
        Admitted(unknown).ResponseBegan();
        Admitted(unknown);
        registry.Identify(Uri, "b", 2);

        Admitted(later);
        Assert.False(later.AcquireAsync(false, default).IsCompleted);
    }

    [Fact]
    public async Task A_request_that_may_belong_to_a_busy_account_is_not_overtaken_by_later_ones()
    {
        var (registry, known, unknown) = Two("1/6s", "1/6s");
        registry.Identify(Uri, "a", 1);
        Admitted(known).ResponseBegan();
        var before = known.AcquireAsync(false, default);
        var waiting = unknown.AcquireAsync(false, default);
        var after = known.AcquireAsync(false, default);

        _clock.Advance(TimeSpan.FromSeconds(6.1));
        Assert.True(before.IsCompletedSuccessfully);
        (await before).ResponseBegan();
        _clock.Advance(TimeSpan.FromSeconds(6.1));

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.False(after.IsCompleted);
    }

    [Fact]
    public void The_limits_of_a_stricter_session_that_may_belong_to_the_account_apply_until_it_closes()
    {
        var registry = new RateLimiterRegistry(_clock);
        var known = Open(registry, "a", "10/6s");
        registry.Identify(Uri, "a", 1);
        var strict = Open(registry, "b", "1/6s");
        Admitted(known);
        var second = known.AcquireAsync(false, default);
        Assert.False(second.IsCompleted);

        strict.Dispose();

        Assert.True(second.IsCompletedSuccessfully);
        Assert.Single(known.GetStatus());
    }

    [Fact]
    public void A_429_of_an_unknown_credential_slows_down_every_account_that_it_may_belong_to()
    {
        var (registry, known, unknown) = Two("10/6s", "10/6s");
        registry.Identify(Uri, "a", 1);
        Admitted(unknown).NoteTooManyRequests(TimeSpan.FromSeconds(3));

        var waiting = known.AcquireAsync(false, default);
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void Connecting_to_many_accounts_one_after_the_other_does_not_wait()
    {
        var registry = new RateLimiterRegistry(_clock);
        for (var account = 1; account <= 50; account++)
        {
            var limiter = Open(registry, $"key {account}", "2/6s");
            Admitted(limiter).ResponseBegan();
            registry.Identify(Uri, $"key {account}", account);
            Assert.Equal(1, Assert.Single(limiter.GetStatus()).Used);
        }
    }

    [Fact]
    public async Task A_session_that_connects_again_counts_the_requests_of_the_one_before()
    {
        var registry = new RateLimiterRegistry(_clock);
        foreach (var minute in new[] { 0, 30 })
        {
            // Other credentials come and go meanwhile.
            _clock.Advance(TimeSpan.FromMinutes(minute));
            Open(registry, $"other {minute}", "1/1h").Dispose();
            using (var limiter = Open(registry, "a", "1/1h"))
            {
                var entry = limiter.AcquireAsync(false, default);
                Assert.Equal(minute == 0, entry.IsCompleted);
                if (minute == 0)
                {
                    (await entry).ResponseBegan();
                    registry.Identify(Uri, "a", 42);
                }
            }
        }
    }

    [Fact]
    public void Unused_accounts_and_credentials_are_removed_once_their_requests_do_not_count_any_more()
    {
        var registry = new RateLimiterRegistry(_clock);
        for (var number = 0; number < 200; number++)
        {
            var uri = number % 2 == 0 ? Uri : new Uri($"https://sandbox-{number}.invalid/");
            using var limiter = registry.Open(uri, $"key {number}", RateLimit.Default, NoLimit);
            Admitted(limiter).ResponseBegan();
            registry.Identify(uri, $"key {number}", number % 7);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _clock.Advance(TimeSpan.FromMinutes(11));
        Open(registry, "the last one", "1/6s").Dispose();

        // One address with one credential.
        Assert.Equal(2, registry.Count);
    }

    [Fact]
    public void A_request_in_flight_when_the_account_becomes_known_still_counts()
    {
        var registry = new RateLimiterRegistry(_clock);
        var known = Open(registry, "a", "1/6s");
        registry.Identify(Uri, "a", 42);
        var other = Open(registry, "b", "1/6s");
        var onItsWay = Admitted(other);
        registry.Identify(Uri, "b", 42);

        var next = known.AcquireAsync(false, default);
        Assert.False(next.IsCompleted);
        onItsWay.ResponseBegan();
        _clock.Advance(TimeSpan.FromSeconds(6.1));
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_window_that_a_later_session_adds_counts_earlier_requests()
    {
        var registry = new RateLimiterRegistry(_clock);
        var limiter = Open(registry, "a", "10/1s");
        Admitted(limiter).ResponseBegan();
        Admitted(limiter).ResponseBegan();
        using (Open(registry, "a", "2/1m"))
        {
            var third = limiter.AcquireAsync(false, default);
            _clock.Advance(TimeSpan.FromSeconds(59));
            Assert.False(third.IsCompleted);
        }

        // The stricter session is gone, and its window with it.
        Admitted(limiter);
    }

    [Fact]
    public void The_status_shows_used_and_free_permits_and_when_the_next_is_free()
    {
        var limiter = Open("2/6s", bulk: "3/1s");
        Admitted(limiter).ResponseBegan();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Admitted(limiter).ResponseBegan();

        var status = limiter.GetStatus();
        Assert.Equal((2, 2, 0), (status[0].Limit, status[0].Used, status[0].Free));
        Assert.Equal(4, status[0].NextSlot.TotalSeconds, 3);
        Assert.Equal((0, TimeSpan.Zero, "Bulk endpoints"), (status[1].Used, status[1].NextSlot, status[1].AppliesTo));
    }

    private (RateLimiterRegistry Registry, RateLimiterHandle Left, RateLimiterHandle Right) Two(string left, string right)
    {
        var registry = new RateLimiterRegistry(_clock);
        return (registry, Open(registry, "a", left), Open(registry, "b", right));
    }

    private RateLimiterHandle Open(string limit, string? bulk = null) => Open(new RateLimiterRegistry(_clock), "a", limit, bulk);

    private static RateLimiterHandle Open(RateLimiterRegistry registry, string credential, string limit, string? bulk = null) =>
        registry.Open(Uri, credential, [RateLimit.Parse(limit)], bulk is null ? NoLimit : [RateLimit.Parse(bulk)]);

    private static RateLimitPermit Admitted(RateLimiterHandle limiter, bool bulk = false)
    {
        var entry = limiter.AcquireAsync(bulk, default);
        Assert.True(entry.IsCompletedSuccessfully, "there should have been room");
        return entry.Result;
    }
}
