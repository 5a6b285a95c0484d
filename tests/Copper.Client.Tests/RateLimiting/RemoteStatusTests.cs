namespace Copper.Client.Tests.RateLimiting;

/// <summary>Who shares the limit on other machines, which cannot be seen from here.</summary>
public class RemoteStatusTests() : CrossProcessTest(isRemote: true)
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

    private static IReadOnlyList<string> Names(Copper.Client.RateLimiting.Shared.CrossProcessRateLimiter limit) =>
        Assert.Single(limit.GetStatus([])).SharedWith;
}
