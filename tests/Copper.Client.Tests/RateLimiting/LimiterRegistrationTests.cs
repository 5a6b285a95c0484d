using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>Sessions close and processes end: the others learn of it once, and nothing of them remains in the store.</summary>
public abstract class LimiterRegistrationTests(bool isRemote) : CrossProcessTest(isRemote)
{
    /// <summary>Processes of one machine share a file.</summary>
    public sealed class OverAFile() : LimiterRegistrationTests(isRemote: false);

    /// <summary>Processes of any machine share a blob.</summary>
    public sealed class OverABlob() : LimiterRegistrationTests(isRemote: true);

    [Fact]
    public void A_closed_session_does_not_touch_the_store_any_more()
    {
        var process = Machine.Start();
        var work = new List<Action>();
        var limit = process.Limit(start: work.Add);
        var registration = limit.Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100));
        var waiting = Acquire(limit);
        Run(work);
        Permit(waiting).Complete(sent: true);
        limit.Identify(LimiterDirectory.Key("account"));
        registration.Dispose();
        Assert.Empty(Machine.State.Members);

        Machine.Bytes = [];
        Run(work);
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(Machine.Bytes);
    }

    [Fact]
    public void A_session_that_closes_while_another_process_uses_the_store_is_removed_as_soon_as_possible()
    {
        var registration = Machine.Start().Limit().Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100));
        Machine.IsBusy = static _ => true;
        registration.Dispose();
        Assert.Single(Machine.State.Members);

        Machine.IsBusy = static _ => false;
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(Machine.State.Members);
        Assert.Null(Clock.NextTimer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_all_sessions_are_closed_nobody_retries_for_ever_to_write_to_a_store_that_cannot_be_used(bool isBusy)
    {
        var limit = Machine.Start().Limit();
        var registration = limit.Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100));
        var permit = Admitted(limit);
        (Machine.IsBusy, Machine.Failure) = (_ => isBusy, isBusy ? null : new IOException("No space left on device."));
        permit.Complete(sent: true);
        registration.Dispose();
        Assert.NotNull(Clock.NextTimer);

        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(Clock.NextTimer);

        (Machine.IsBusy, Machine.Failure) = (static _ => false, null);
        limit.Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100));

        // The permits that are in flight in the store become free as if the requests had completed just now.
        Admitted(limit);
        Assert.False(Acquire(limit).IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(7) + Kind.LongestInterval + Kind.LongestInterval);
        Assert.Equal(2, Machine.State.InFlight.Count);
        Assert.Equal(0, Machine.State.Members.Single().Waiting);
    }

    [Fact]
    public void A_permit_that_was_written_before_the_store_failed_is_not_lost_for_ever()
    {
        var limit = Start("2/6s");
        Machine.HasWritten = static _ => throw new IOException("The disk was taken away.");
        var waiting = Acquire(limit);
        Assert.False(waiting.IsCompleted);
        Assert.Single(Machine.State.InFlight);

        Machine.HasWritten = static _ => { };
        Clock.Advance(TimeSpan.FromSeconds(1));
        Permit(waiting).Complete(sent: true);
        Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Empty(Machine.State.InFlight);
        Assert.Equal(0, Assert.Single(limit.GetStatus([])).Used);
    }

    [Fact]
    public void The_liveness_cache_of_a_process_that_runs_for_months_does_not_grow()
    {
        var cache = new ProcessLivenessCache(new Checker());
        for (var number = 1; number <= 10_000; number++)
        {
            var process = new ProcessIdentity(number, number, "here");
            Assert.True(cache.IsAlive(process, TimeSpan.FromSeconds(number)), "the system is not queried while the store is in use");
            cache.Refresh(TimeSpan.FromSeconds(number));
            Assert.Equal(number % 2 == 0, cache.IsAlive(process, TimeSpan.FromSeconds(number)));
        }

        Assert.InRange(cache.Count, 1, ProcessLivenessCache.Capacity);
    }

    private static void Run(List<Action> work)
    {
        Assert.NotEmpty(work);
        var all = work.ToArray();
        work.Clear();
        Array.ForEach(all, static one => one());
    }

    private sealed class Checker : ProcessLivenessChecker
    {
        public override bool? IsAlive(ProcessIdentity process) => process.Id % 2 == 0;
    }
}
