namespace Copper.Client.Tests.RateLimiting;

/// <summary>Processes on other machines, which cannot be seen from here.</summary>
public class RemoteProcessTests() : CrossProcessTest(isRemote: true)
{
    [Fact]
    public void A_process_that_was_not_seen_for_some_time_is_named_with_the_time()
    {
        var ended = Machine.Start();
        var (left, right) = (Start("3/6s"), Start("3/6s", ended));
        Assert.Equal(["process 1 on here", "process 2 on here"], Names(left));
        ended.Kill();

        Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(["process 1 on here, last seen 40 s ago", "process 2 on here"], Names(left));
        Clock.Advance(TimeSpan.FromSeconds(380));
        Assert.Equal(["process 1 on here, last seen 7 min ago", "process 2 on here"], Names(left));
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["process 2 on here"], Names(left));
        Assert.NotNull(right);
    }

    [Fact]
    public void What_was_reserved_is_not_used_once_a_429_to_another_machine_is_known()
    {
        var (left, right) = (Start("36/6s"), Start("36/6s"));
        for (var i = 0; i < 4; i++)
        {
            Admitted(left).Complete(sent: true);
        }

        Clock.Advance(Kind.ReportWithin);
        Admitted(left).Complete(sent: true);
        Admitted(right).NoteTooManyRequests(TimeSpan.FromSeconds(60));

        left.TrySyncOnClose();

        Assert.False(Acquire(left).IsCompleted);
    }

    private static IReadOnlyList<string> Names(Copper.Client.RateLimiting.Shared.CrossProcessRateLimiter limit) =>
        Assert.Single(limit.GetStatus([])).SharedWith;
}
