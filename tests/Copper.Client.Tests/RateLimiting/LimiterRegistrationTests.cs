using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>Sessions leave the limit, and processes end: the others are told once, and nothing of it stays behind.</summary>
public class LimiterRegistrationTests : CrossProcessTest
{
    [Fact]
    public void A_session_that_has_left_touches_the_store_no_more()
    {
        var process = Machine.Start();
        var work = new List<Action>();
        var limit = process.Limit(start: work.Add);
        var part = limit.Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100));
        var waiting = Ask(limit);
        Run(work);
        Place(waiting).Complete(sent: true);
        limit.Identify(LimiterDirectory.Key("account"));
        part.Dispose();
        Assert.Empty(Machine.State.Members);

        Machine.Bytes = [];
        Run(work);
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(Machine.Bytes);
    }

    [Fact]
    public void A_session_that_leaves_while_another_process_keeps_the_store_open_says_so_as_soon_as_it_can()
    {
        var part = Machine.Start().Limit().Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100));
        Machine.IsBusy = static _ => true;
        part.Dispose();
        Assert.Single(Machine.State.Members);

        Machine.IsBusy = static _ => false;
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(Machine.State.Members);
        Assert.Null(Clock.NextTimer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_all_sessions_have_left_nobody_tries_for_ever_to_write_to_a_store_that_cannot_be_used(bool isBusy)
    {
        var limit = Machine.Start().Limit();
        var part = limit.Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100));
        var place = Admitted(limit);
        (Machine.IsBusy, Machine.Failure) = (_ => isBusy, isBusy ? null : new IOException("No space left on device."));
        place.Complete(sent: true);
        part.Dispose();
        Assert.NotNull(Clock.NextTimer);

        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(Clock.NextTimer);

        (Machine.IsBusy, Machine.Failure) = (static _ => false, null);
        limit.Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100));

        // What the store still had as under way comes free as if it had been answered just now.
        Admitted(limit);
        Assert.False(Ask(limit).IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(2, Machine.State.InFlight.Count);
        Assert.Equal(0, Machine.State.Members.Single().Waiting);
    }

    [Fact]
    public void A_place_that_was_written_down_before_the_store_failed_is_not_lost_for_ever()
    {
        var limit = Start("2/6s");
        Machine.HasWritten = static _ => throw new IOException("The disk was taken away.");
        var waiting = Ask(limit);
        Assert.False(waiting.IsCompleted);
        Assert.Single(Machine.State.InFlight);

        Machine.HasWritten = static _ => { };
        Clock.Advance(TimeSpan.FromSeconds(1));
        Place(waiting).Complete(sent: true);
        Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Empty(Machine.State.InFlight);
        Assert.Equal(0, Assert.Single(limit.GetStatus([])).Used);
    }

    [Fact]
    public void A_process_that_runs_for_months_does_not_remember_all_that_ran_beside_it()
    {
        var roll = new ProcessLivenessCache(new Probe());
        for (var number = 1; number <= 10_000; number++)
        {
            var process = new ProcessIdentity(number, number, "here");
            Assert.True(roll.IsAlive(process, TimeSpan.FromSeconds(number)), "nobody is asked while the store is open");
            roll.Refresh(TimeSpan.FromSeconds(number));
            Assert.Equal(number % 2 == 0, roll.IsAlive(process, TimeSpan.FromSeconds(number)));
        }

        Assert.InRange(roll.Count, 1, ProcessLivenessCache.Capacity);
    }

    private static void Run(List<Action> work)
    {
        Assert.NotEmpty(work);
        var all = work.ToArray();
        work.Clear();
        Array.ForEach(all, static one => one());
    }

    private sealed class Probe : ProcessLivenessChecker
    {
        public override bool? IsAlive(ProcessIdentity process) => process.Id % 2 == 0;
    }
}
