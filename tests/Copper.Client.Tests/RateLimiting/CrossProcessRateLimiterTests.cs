using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>One sync after the other: which requests are admitted, and what the other processes see of it.</summary>
public abstract class CrossProcessRateLimiterTests(bool isRemote) : CrossProcessTest(isRemote)
{
    /// <summary>Processes of one machine share a file.</summary>
    public sealed class OverAFile() : CrossProcessRateLimiterTests(isRemote: false);

    /// <summary>Processes of any machine share a blob.</summary>
    public sealed class OverABlob() : CrossProcessRateLimiterTests(isRemote: true);

    [Fact]
    public void A_permit_is_free_for_all_one_window_after_the_response_began()
    {
        var (left, right) = (Start("2/6s"), Start("2/6s"));
        var first = Admitted(left);
        Admitted(right);
        var third = Acquire(right);

        Clock.Advance(TimeSpan.FromSeconds(3));
        first.Complete(sent: true);
        Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.False(third.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(10));

        Assert.True(third.IsCompletedSuccessfully);
    }

    [Fact]
    public void While_no_response_has_begun_the_permit_stays_taken_however_long_it_takes()
    {
        var (left, right) = (Start("2/6s"), Start("2/6s"));
        Admitted(left);
        Admitted(left);
        var (mine, waiting) = (Acquire(left), Acquire(right));

        Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.False(mine.IsCompleted);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public void A_suspended_process_delays_the_others_no_longer_than_its_requests_may_take()
    {
        var suspended = Machine.Start();
        var left = Start("1/6s", suspended);
        var right = Start("1/6s");
        var permit = Admitted(left);
        var waiting = Acquire(right);

        // Nothing of it runs any more; but it has not ended. Where that can be seen, its request has the time that it is allowed.
        suspended.Suspend();
        Clock.Advance((Kind.Lease ?? TimeSpan.FromSeconds(160)) - TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(waiting.IsCompletedSuccessfully);
        suspended.Resume();

        // When it goes on, its request counts as what it was, once.
        Permit(waiting).Complete(sent: true);
        permit.Complete(sent: true);
        UntilReported();
        Assert.Equal(2, Assert.Single(right.GetStatus([])).Used);
    }

    [Fact]
    public void The_permit_of_a_request_that_was_not_sent_is_free_at_the_next_sync_of_the_others()
    {
        var (left, right) = (Start("1/6s"), Start("1/6s"));
        var permit = Admitted(left);
        var waiting = Acquire(right);

        permit.Complete(sent: false);
        Clock.Advance(TimeSpan.FromSeconds(1.1));

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void The_strictest_limits_apply_to_all_while_their_session_is_open()
    {
        var loose = Start("10/6s");
        var process = Machine.Start();
        var strict = process.Limit();
        var registration = strict.Register([RateLimit.Parse("1/6s")], [], TimeSpan.FromSeconds(100));
        strict.Identify(Account);
        Admitted(loose);
        var second = Acquire(loose);
        Assert.False(second.IsCompleted);

        registration.Dispose();
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
        var waiting = Acquire(right);
        process.Kill();

        Clock.Advance((Kind.Lease ?? TimeSpan.FromSeconds(2)) + TimeSpan.FromSeconds(5.9));
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True(waiting.IsCompletedSuccessfully);

        // Where only its silence tells that it has ended, it stays for as long as requests matter.
        Clock.Advance(Kind.Lease is null ? TimeSpan.Zero : Kind.Absence);
        Permit(waiting).Complete(sent: true);
        UntilReported();
        Assert.DoesNotContain(Machine.State.Members, member => member.Process == process.Identity);
    }

    [Fact]
    public void Requests_of_a_process_that_cannot_be_seen_count_as_long_as_they_may_take()
    {
        var left = Start("1/6s", Machine.Start(host: "a container"));
        var right = Start("1/6s");
        Admitted(left);
        var waiting = Acquire(right);

        Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(70));

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_cancelled_wait_costs_no_permit_and_ends_at_once()
    {
        var (left, right) = (Start("1/6s"), Start("1/6s"));
        var permit = Admitted(left);
        using var cancel = new CancellationTokenSource();
        var cancelled = right.AcquireAsync(false, static _ => { }, null, cancel.Token);
        cancel.Cancel();
        Assert.True(cancelled.IsCanceled);

        permit.Complete(sent: true);
        Clock.Advance(TimeSpan.FromSeconds(7));

        Admitted(right);
    }

    [Fact]
    public void A_request_that_is_cancelled_while_its_permit_is_written_returns_it()
    {
        var limit = Start("1/6s");
        using var cancel = new CancellationTokenSource();
        Machine.HasWritten = _ => cancel.Cancel();

        var cancelled = limit.AcquireAsync(false, static _ => { }, null, cancel.Token);

        Assert.True(cancelled.IsCanceled);
        Admitted(limit);
    }

    [Fact]
    public void Bulk_requests_wait_for_their_own_window_and_do_not_delay_the_others()
    {
        var (left, right) = (Start("10/6s", bulk: "1/1s"), Start("10/6s", bulk: "1/1s"));
        Admitted(left, bulk: true).Complete(sent: true);
        var bulk = Acquire(right, bulk: true);

        Admitted(right);
        Assert.False(bulk.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(1.02));

        Assert.True(bulk.IsCompletedSuccessfully);
    }

    [Fact]
    public void After_a_429_all_processes_wait_as_long_as_the_service_asks()
    {
        var (left, right) = (Start("10/6s"), Start("10/6s"));
        var throttled = Admitted(left);
        throttled.Complete(sent: true);
        throttled.NoteTooManyRequests(TimeSpan.FromSeconds(20));
        var waiting = Acquire(right);

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
    public void A_wait_is_reported_once_with_its_expected_length()
    {
        var (left, right) = (Start("1/6s"), Start("1/6s"));
        Admitted(left).Complete(sent: true);
        UntilReported();
        var waits = new List<TimeSpan?>();
        var waiting = right.AcquireAsync(false, waits.Add, null, default);

        Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.InRange(Assert.Single(waits)!.Value.TotalSeconds, 3.4, 6.1);
    }

    private static Guid Account => LimiterDirectory.Key("account");
}
