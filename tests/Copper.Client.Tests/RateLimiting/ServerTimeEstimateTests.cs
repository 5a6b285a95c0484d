using Copper.Client.RateLimiting.Blobs;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>The time of a server, by responses that tell whole seconds.</summary>
public class ServerTimeEstimateTests
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.FromUnixTimeSeconds(0);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_true_time_is_always_within_bounds_which_become_narrow(int seed)
    {
        var random = new Random(seed);
        var (estimate, local, server) = (new ServerTimeEstimate(), TimeSpan.FromDays(3), TimeSpan.FromDays(20_000.123));
        for (var i = 0; i < 500; i++)
        {
            // The machine's clock is 0.01 % too fast, and the ways there and back take differently long.
            var (there, back, pause) = (random.NextDouble() * 0.1, random.NextDouble() * 0.1, random.NextDouble() * 2);
            var (sent, stamped) = (local, server + TimeSpan.FromSeconds(there));
            Pass(there + back);
            estimate.Add(sent, local, Epoch + TimeSpan.FromSeconds(Math.Floor(stamped.TotalSeconds)));
            Assert.InRange(server - local, estimate.At(local)!.Value.Earliest, estimate.At(local)!.Value.Latest);
            Pass(pause);
            Assert.InRange(server - local, estimate.At(local)!.Value.Earliest, estimate.At(local)!.Value.Latest);
        }

        var bounds = estimate.At(local)!.Value;
        Assert.InRange(bounds.Latest - bounds.Earliest, TimeSpan.Zero, TimeSpan.FromSeconds(0.4));

        void Pass(double seconds)
        {
            server += TimeSpan.FromSeconds(seconds);
            local += TimeSpan.FromSeconds(seconds * 1.0001);
        }
    }

    [Fact]
    public void Before_the_first_response_nothing_is_known() => Assert.Null(new ServerTimeEstimate().At(TimeSpan.FromHours(1)));

    [Fact]
    public void A_clock_that_was_set_is_followed()
    {
        var estimate = new ServerTimeEstimate();
        estimate.Add(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.1), Epoch.AddSeconds(1_000));
        estimate.Add(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20.1), Epoch.AddSeconds(5_000));

        Assert.InRange(
            TimeSpan.FromSeconds(4_980),
            estimate.At(TimeSpan.FromSeconds(20.1))!.Value.Earliest,
            estimate.At(TimeSpan.FromSeconds(20.1))!.Value.Latest);
    }
}
