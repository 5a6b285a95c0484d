using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>The machine was started anew, with it its clock, and the file is older than that.</summary>
public class MachineRestartTests : CrossProcessTest
{
    [Fact]
    public void Times_from_before_a_restart_of_the_machine_delay_nobody_longer_than_a_window()
    {
        Clock.Advance(TimeSpan.FromDays(5));
        var process = Machine.Start();
        var before = Start("2/6s", process);
        Admitted(before).Complete(sent: true);
        var throttled = Admitted(before);
        throttled.Complete(sent: true);
        process.Kill();

        // The same bytes, on a machine whose clock has just begun.
        var clock = new FakeClock();
        var machine = new SimulatedMachine(clock) { Bytes = Machine.Bytes, Written = clock.Elapsed };
        var limit = machine.Start().Limit();
        limit.Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100));
        limit.Identify(LimiterDirectory.Key("account"));
        var waiting = Acquire(limit);

        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(6.1));
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void Times_in_the_future_count_as_the_time_of_the_last_write()
    {
        Clock.Advance(TimeSpan.FromDays(5));
        Admitted(Start("1/10m")).Complete(sent: true);

        // The machine has started anew, nine minutes after it was written.
        var clock = new FakeClock();
        var machine = new SimulatedMachine(clock) { Bytes = Machine.Bytes, Written = clock.Elapsed - TimeSpan.FromMinutes(9) };
        var limit = machine.Start("after the restart").Limit();
        limit.Register([RateLimit.Parse("1/10m")], [], TimeSpan.FromSeconds(100));
        limit.Identify(LimiterDirectory.Key("account"));
        var waiting = Acquire(limit);

        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(62));
        Assert.True(waiting.IsCompletedSuccessfully);
    }
}
