using Copper.Client.Http.Throttle;

namespace Copper.Client.Tests.Http;

public class RequestThrottleTests
{
    private static readonly RateLimit[] NoLimit = [];
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_full_window_makes_the_next_one_wait_until_one_window_after_the_first_answer_began()
    {
        var throttle = Throttle("2/6s");
        var first = Admitted(throttle);
        Admitted(throttle);
        var third = throttle.AcquireAsync(false, default);

        _clock.Advance(TimeSpan.FromSeconds(4));
        first.ResponseBegan();
        _clock.Advance(TimeSpan.FromSeconds(6));
        var fourth = throttle.AcquireAsync(false, default);
        Assert.False(third.IsCompleted, "the window is counted from the answer, not from the sending, and its end belongs to it");
        Assert.False(fourth.IsCompleted);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(third.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_failed_request_holds_its_place_for_a_window_after_the_failure()
    {
        var throttle = Throttle("1/6s");
        using (Admitted(throttle))
        {
            _clock.Advance(TimeSpan.FromSeconds(3));
        }

        var next = throttle.AcquireAsync(false, default);
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_request_that_was_never_sent_gives_its_place_back_at_once()
    {
        var throttle = Throttle("1/6s");
        Admitted(throttle).Return();
        Admitted(throttle);
    }

    [Fact]
    public void A_cancelled_waiter_costs_no_place_and_lets_the_others_move_up()
    {
        var throttle = Throttle("1/6s");
        Admitted(throttle).ResponseBegan();
        using var cancel = new CancellationTokenSource();
        var second = throttle.AcquireAsync(false, cancel.Token);
        var third = throttle.AcquireAsync(false, default);

        cancel.Cancel();
        Assert.True(second.IsCanceled);
        _clock.Advance(TimeSpan.FromSeconds(6.1));
        Assert.True(third.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_cancelled_token_is_refused_before_it_waits()
    {
        var throttle = Throttle("1/6s");
        Assert.True(throttle.AcquireAsync(false, new CancellationToken(canceled: true)).IsCanceled);
        Admitted(throttle);
    }

    [Fact]
    public void Bulk_requests_have_a_window_of_their_own_and_let_others_pass_while_only_that_is_full()
    {
        var throttle = Throttle("36/6s", bulk: "1/1s");
        Admitted(throttle, bulk: true).ResponseBegan();
        var bulk = throttle.AcquireAsync(true, default);
        Assert.False(bulk.IsCompleted);
        Admitted(throttle);

        _clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.True(bulk.IsCompletedSuccessfully);
    }

    [Fact]
    public void Two_sessions_of_one_account_share_its_windows()
    {
        var registry = new ThrottleRegistry(_clock);
        var uri = new Uri("https://api.copper.com/developer_api/v1");
        var left = registry.ForCredential(uri, "a");
        var right = registry.ForCredential(uri, "b");
        left.Join([RateLimit.Parse("2/6s")], NoLimit);
        right.Join([RateLimit.Parse("2/6s")], NoLimit);
        Admitted(left).ResponseBegan();
        Admitted(right).ResponseBegan();
        Admitted(right).ResponseBegan();
        var waiting = right.AcquireAsync(false, default);

        registry.Identify(uri, "a", 42);
        registry.Identify(uri, "b", 42);

        // Three have been sent where two are allowed: both of the oldest have to leave before the waiter may go.
        Assert.False(left.AcquireAsync(false, default).IsCompleted);
        Assert.Equal(3, Assert.Single(left.GetStatus()).Used);
        Assert.Same(registry.ForCredential(uri, "a"), registry.ForCredential(uri, "b"));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(6.1));
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void What_is_on_its_way_when_the_account_becomes_known_is_still_counted()
    {
        var registry = new ThrottleRegistry(_clock);
        var uri = new Uri("https://api.copper.com/developer_api/v1");
        registry.ForCredential(uri, "a").Join([RateLimit.Parse("1/6s")], NoLimit);
        registry.Identify(uri, "a", 42);
        var other = registry.ForCredential(uri, "b");
        other.Join([RateLimit.Parse("1/6s")], NoLimit);
        var onItsWay = Admitted(other);
        registry.Identify(uri, "b", 42);

        var next = registry.ForCredential(uri, "a").AcquireAsync(false, default);
        Assert.False(next.IsCompleted);
        onItsWay.ResponseBegan();
        _clock.Advance(TimeSpan.FromSeconds(6.1));
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_window_that_a_later_session_brings_counts_what_was_sent_before()
    {
        var throttle = Throttle("10/1s");
        Admitted(throttle).ResponseBegan();
        Admitted(throttle).ResponseBegan();
        using (throttle.Join([RateLimit.Parse("2/1m")], NoLimit))
        {
            var third = throttle.AcquireAsync(false, default);
            _clock.Advance(TimeSpan.FromSeconds(59));
            Assert.False(third.IsCompleted);
        }

        // The stricter session is gone, and its window with it.
        Admitted(throttle);
    }

    [Fact]
    public void The_status_says_what_is_used_free_and_when_the_next_place_comes()
    {
        var throttle = Throttle("2/6s", bulk: "3/1s");
        Admitted(throttle).ResponseBegan();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Admitted(throttle).ResponseBegan();

        var status = throttle.GetStatus();
        Assert.Equal((2, 2, 0), (status[0].Limit, status[0].Used, status[0].Free));
        Assert.Equal(4, status[0].NextSlot.TotalSeconds, 3);
        Assert.Equal((0, TimeSpan.Zero, "Bulk endpoints"), (status[1].Used, status[1].NextSlot, status[1].AppliesTo));
    }

    private RequestThrottle Throttle(string limit, string? bulk = null)
    {
        var throttle = new RequestThrottle(_clock);
        throttle.Join([RateLimit.Parse(limit)], bulk is null ? NoLimit : [RateLimit.Parse(bulk)]);
        return throttle;
    }

    private static ThrottleLease Admitted(RequestThrottle throttle, bool bulk = false)
    {
        var entry = throttle.AcquireAsync(bulk, default);
        Assert.True(entry.IsCompletedSuccessfully, "there should have been room");
        return entry.Result;
    }
}
