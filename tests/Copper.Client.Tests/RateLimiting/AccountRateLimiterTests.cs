using Copper.Client.RateLimiting;

namespace Copper.Client.Tests.RateLimiting;

public class AccountRateLimiterTests
{
    private static readonly RateLimit[] NoLimit = [];
    private static readonly Uri Uri = new("https://api.copper.com/developer_api/v1");
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_full_window_makes_the_next_one_wait_until_one_window_after_the_first_answer_began()
    {
        var limiter = Open("2/6s");
        var first = Admitted(limiter);
        Admitted(limiter);
        var third = limiter.AcquireAsync(false, default);

        _clock.Advance(TimeSpan.FromSeconds(4));
        first.ResponseBegan();
        _clock.Advance(TimeSpan.FromSeconds(6));
        var fourth = limiter.AcquireAsync(false, default);
        Assert.False(third.IsCompleted, "the window is counted from the answer, not from the sending, and its end belongs to it");
        Assert.False(fourth.IsCompleted);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(third.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_failed_request_holds_its_place_for_a_window_after_the_failure()
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
    public void A_request_that_was_never_sent_gives_its_place_back_at_once()
    {
        var limiter = Open("1/6s");
        Admitted(limiter).Return();
        Admitted(limiter);
    }

    [Fact]
    public void A_cancelled_waiter_costs_no_place_and_lets_the_others_move_up()
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
    public void A_cancelled_token_is_refused_before_it_waits()
    {
        var limiter = Open("1/6s");
        Assert.True(limiter.AcquireAsync(false, new CancellationToken(canceled: true)).IsCanceled);
        Admitted(limiter);
    }

    [Fact]
    public void Bulk_requests_have_a_window_of_their_own_and_let_others_pass_while_only_that_is_full()
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
    public void What_an_unknown_credential_sends_counts_for_every_account_until_its_own_is_known()
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
    public void An_account_that_becomes_known_later_counts_what_unknown_credentials_sent_before()
    {
        var (registry, unknown, later) = Two("3/6s", "3/6s");
        Admitted(unknown).ResponseBegan();
        Admitted(unknown);
        registry.Identify(Uri, "b", 2);

        Admitted(later);
        Assert.False(later.AcquireAsync(false, default).IsCompleted);
    }

    [Fact]
    public async Task Who_may_belong_to_a_busy_account_is_not_passed_by_those_who_came_later()
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
    public void A_stricter_session_that_may_be_of_the_account_holds_for_the_account_until_it_leaves()
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
    public void A_refusal_of_an_unknown_credential_slows_down_every_account_that_it_may_belong_to()
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
    public void Connecting_to_many_accounts_one_after_the_other_waits_for_none_of_them()
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
    public async Task A_session_that_connects_again_counts_what_the_one_before_has_sent()
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
    public void What_nobody_uses_any_more_is_forgotten_once_it_does_not_count_any_more()
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
    public void What_is_on_its_way_when_the_account_becomes_known_is_still_counted()
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
    public void A_window_that_a_later_session_brings_counts_what_was_sent_before()
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
    public void The_status_says_what_is_used_free_and_when_the_next_place_comes()
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
