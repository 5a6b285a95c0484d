using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>One look after the other: who gets in, and what the others see of it.</summary>
public class CrossProcessRateLimiterTests : CrossProcessTest
{
    [Fact]
    public void A_place_is_free_for_all_one_window_after_the_answer_began()
    {
        var (left, right) = (Start("2/6s"), Start("2/6s"));
        var first = Admitted(left);
        Admitted(right);
        var third = Ask(right);

        Clock.Advance(TimeSpan.FromSeconds(3));
        first.Complete(sent: true);
        Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.False(third.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(10));

        Assert.True(third.IsCompletedSuccessfully);
    }

    [Fact]
    public void While_no_answer_has_begun_the_place_stays_taken_however_long_it_takes()
    {
        var (left, right) = (Start("2/6s"), Start("2/6s"));
        Admitted(left);
        Admitted(left);
        var (mine, waiting) = (Ask(left), Ask(right));

        Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.False(mine.IsCompleted);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public void A_process_that_is_suspended_holds_the_others_up_no_longer_than_its_requests_may_take()
    {
        var suspended = Machine.Start();
        var left = Start("1/6s", suspended);
        var right = Start("1/6s");
        var place = Admitted(left);
        var waiting = Ask(right);

        // Nothing of it runs any more; but it has not ended.
        Clock.Advance(TimeSpan.FromSeconds(159));
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(waiting.IsCompletedSuccessfully);

        // When it goes on, its request counts as what it was, once.
        Place(waiting).Complete(sent: true);
        place.Complete(sent: true);
        Assert.Equal(2, Assert.Single(right.GetStatus([])).Used);
    }

    [Fact]
    public void What_was_not_sent_is_free_at_the_next_look_of_the_others()
    {
        var (left, right) = (Start("1/6s"), Start("1/6s"));
        var place = Admitted(left);
        var waiting = Ask(right);

        place.Complete(sent: false);
        Clock.Advance(TimeSpan.FromSeconds(1.1));

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void The_strictest_limits_hold_for_all_as_long_as_their_session_is_open()
    {
        var loose = Start("10/6s");
        var process = Machine.Start();
        var strict = process.Limit();
        var part = strict.Register([RateLimit.Parse("1/6s")], [], TimeSpan.FromSeconds(100));
        strict.Identify(Account);
        Admitted(loose);
        var second = Ask(loose);
        Assert.False(second.IsCompleted);

        part.Dispose();
        Clock.Advance(TimeSpan.FromSeconds(1.1));

        Assert.True(second.IsCompletedSuccessfully);
        Assert.DoesNotContain(Machine.State.Members, member => member.Process == process.Identity);
    }

    [Fact]
    public void Requests_of_a_dead_process_count_until_they_can_do_no_harm_and_then_no_more()
    {
        var process = Machine.Start();
        var left = Start("2/6s", process);
        var right = Start("2/6s");
        Admitted(left);
        Admitted(left);
        var waiting = Ask(right);
        process.Kill();

        Clock.Advance(TimeSpan.FromSeconds(7.9));
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.DoesNotContain(Machine.State.Members, member => member.Process == process.Identity);
    }

    [Fact]
    public void A_process_that_cannot_be_seen_from_here_is_believed_for_the_time_that_its_requests_may_take()
    {
        var left = Start("1/6s", Machine.Start(host: "a container"));
        var right = Start("1/6s");
        Admitted(left);
        var waiting = Ask(right);

        Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(70));

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_cancelled_wait_costs_no_place_and_ends_at_once()
    {
        var (left, right) = (Start("1/6s"), Start("1/6s"));
        var place = Admitted(left);
        using var cancel = new CancellationTokenSource();
        var cancelled = right.AcquireAsync(false, static _ => { }, null, cancel.Token);
        cancel.Cancel();
        Assert.True(cancelled.IsCanceled);

        place.Complete(sent: true);
        Clock.Advance(TimeSpan.FromSeconds(7));

        Admitted(right);
    }

    [Fact]
    public void A_request_that_is_cancelled_while_its_place_is_written_down_gives_it_back()
    {
        var limit = Start("1/6s");
        using var cancel = new CancellationTokenSource();
        Machine.HasWritten = _ => cancel.Cancel();

        var cancelled = limit.AcquireAsync(false, static _ => { }, null, cancel.Token);

        Assert.True(cancelled.IsCanceled);
        Admitted(limit);
    }

    [Fact]
    public void Bulk_requests_wait_for_their_own_window_and_let_the_others_pass()
    {
        var (left, right) = (Start("10/6s", bulk: "1/1s"), Start("10/6s", bulk: "1/1s"));
        Admitted(left, bulk: true).Complete(sent: true);
        var bulk = Ask(right, bulk: true);

        Admitted(right);
        Assert.False(bulk.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(1.02));

        Assert.True(bulk.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_refusal_makes_all_processes_wait_as_long_as_the_service_asks()
    {
        var (left, right) = (Start("10/6s"), Start("10/6s"));
        var refused = Admitted(left);
        refused.Complete(sent: true);
        refused.NoteTooManyRequests(TimeSpan.FromSeconds(20));
        var waiting = Ask(right);

        Clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void Other_accounts_of_the_same_service_have_their_own_windows()
    {
        var left = Start("1/6s");
        var right = Start("1/6s", credential: "another key", account: "another account");
        Admitted(left);

        Admitted(right);
    }

    [Fact]
    public void A_wait_is_told_once_with_the_time_that_it_will_take()
    {
        var (left, right) = (Start("1/6s"), Start("1/6s"));
        Admitted(left).Complete(sent: true);
        var told = new List<TimeSpan?>();
        var waiting = right.AcquireAsync(false, told.Add, null, default);

        Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.InRange(Assert.Single(told)!.Value.TotalSeconds, 5.9, 6.1);
    }

    private static Guid Account => LimiterDirectory.Key("account");
}
