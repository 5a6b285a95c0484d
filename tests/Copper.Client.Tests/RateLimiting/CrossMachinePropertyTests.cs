using System.Globalization;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>
/// Long runs of processes on several machines that share a blob: clocks that are off by up to 5 seconds, a round trip of about 100 ms,
/// lost responses and ends at any moment. No window that the service could draw may hold more requests than the limit.
/// COPPER_TEST_REQUESTS sets how many are sent.
/// </summary>
public class CrossMachinePropertyTests
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(30);

    private static int Requests =>
        int.Parse(Environment.GetEnvironmentVariable("COPPER_TEST_REQUESTS") ?? "800", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1, "36/6s", "180/1m")]
    [InlineData(2, "6/1s", "20/5s")]
    [InlineData(3, "36/6s", "600/10m")]
    public void Processes_of_several_machines_never_send_more_together_than_the_limit(int seed, params string[] limits)
    {
        var run = Disturbed(seed, limits);
        run.Until(Requests, Long, () =>
        {
            if (run.Random.Next(3_000) == 0)
            {
                run.Workers.LastOrDefault(static worker => !worker.Process.HasEnded)?.Kill();
            }

            while (run.Workers.Count(static worker => !worker.Process.HasEnded) < 5)
            {
                run.StartWorker(run.Random.Next(1, 9));
            }
        });

        Assert.InRange(run.Requests.Count, Requests, int.MaxValue);
        Assert.InRange(run.Workers.Count(static worker => worker.Process.HasEnded), 1, int.MaxValue);
        run.AssertNeverExceeded();
    }

    [Fact]
    public void Five_machines_together_reach_the_rate_and_each_its_share()
    {
        // A burst in each window, and one more begun: what five bare requests at a time and no store would need is known.
        var run = FiveMachines(7, "600/10m");
        run.Until(2_000, Long);

        var best = TimeSpan.FromMinutes(30) + (3 * TimeSpan.FromSeconds(0.3 * 600 / 20));
        var taken = run.Now - run.Start;
        Assert.True(best / taken >= 0.95, $"{taken} against {best}");
        run.AssertNeverExceeded();
        var sent = run.Workers.Select(static worker => worker.Sent).ToArray();
        Assert.True(sent.Max() <= 1.2 * sent.Average() && sent.Min() >= 0.8 * sent.Average(), string.Join(", ", sent));
    }

    [Fact]
    public void Short_windows_are_used_nearly_as_well()
    {
        // 36 requests at once in each window of 6 s: five machines with 36 requests each need four more windows.
        var run = FiveMachines(8, "36/6s");
        run.Until(180, Long);

        var best = TimeSpan.FromSeconds(4 * 6.3);
        var taken = run.Now - run.Start;
        Assert.True(taken / best <= 1.45, $"{taken} against {best}");
        run.AssertNeverExceeded();
    }

    [Fact]
    public void A_429_to_one_machine_holds_all_within_two_seconds()
    {
        var run = FiveMachines(9, "36/6s");
        run.Until(20, Long);
        run.NextIsTooMany = TimeSpan.FromSeconds(60);
        run.Until(21, Long);
        var refused = run.Now + TimeSpan.FromSeconds(0.3);
        run.Until(500, TimeSpan.FromSeconds(50));

        Assert.InRange(run.Requests.Count, 22, 499);
        Assert.All(run.Requests, request => Assert.InRange(request.At, TimeSpan.Zero, refused + TimeSpan.FromSeconds(2)));
        run.Until(500, TimeSpan.FromSeconds(60));
        Assert.Contains(run.Requests, request => request.At > refused + TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void When_the_storage_fails_for_all_they_go_on_with_less_and_share_again_by_themselves()
    {
        var run = FiveMachines(10, "36/6s");
        run.Until(100, Long);
        var (from, to) = (run.Now + TimeSpan.FromSeconds(1), run.Now + TimeSpan.FromMinutes(3));
        run.Machine.Blob!.IsReachable = _ => run.Now < from || run.Now > to;
        run.Until(int.MaxValue, TimeSpan.FromMinutes(3));
        var without = run.Requests.Count(request => request.At > from && request.At < to);
        run.Until(int.MaxValue, TimeSpan.FromMinutes(3));

        // A fifth of the rate each: all of them together send no more than the limit, and not much less.
        Assert.InRange(without, 36 * 10, 36 * 31);
        Assert.InRange(run.Requests.Count(request => request.At > to), 36 * 20, 36 * 31);
        Assert.All(run.Workers, static worker => Assert.Single(worker.Warnings));
    }

    [Fact]
    public void Those_who_reach_the_storage_again_leave_room_for_those_who_do_not_know_yet()
    {
        var run = FiveMachines(11, "36/6s");
        run.Until(100, Long);
        var from = run.Now + TimeSpan.FromSeconds(1);
        var to = from + TimeSpan.FromMinutes(1);
        run.Machine.Blob!.IsReachable = _ => run.Now < from || run.Now > to;

        // The share begins when the windows of before are over: from then on, no window may hold more than the limit.
        run.Until(int.MaxValue, TimeSpan.FromSeconds(20));
        run.Requests.Clear();
        run.Until(int.MaxValue, TimeSpan.FromMinutes(2));

        run.AssertNeverExceeded();
        Assert.InRange(run.Requests.Count(request => request.At > to + TimeSpan.FromSeconds(20)), 36 * 5, 36 * 14);
    }

    private static CrossProcessRun FiveMachines(int seed, string limit)
    {
        var run = new CrossProcessRun(seed, limit);
        run.UseBlob();
        run.Latency = () => TimeSpan.FromMilliseconds(300);
        run.Skew = () => TimeSpan.FromSeconds((run.Random.NextDouble() * 10) - 5);
        for (var i = 0; i < 5; i++)
        {
            run.StartWorker(4);
        }

        return run;
    }

    private static CrossProcessRun Disturbed(int seed, string[] limits)
    {
        var run = new CrossProcessRun(seed, limits);
        var blob = run.UseBlob();
        blob.Latency = () => TimeSpan.FromMilliseconds(50 + (run.Random.NextDouble() * 100));
        blob.LosesResponse = _ => run.Random.Next(200) == 0;
        run.Latency = () => TimeSpan.FromSeconds(run.Random.Next(20) == 0 ? run.Random.NextDouble() * 8 : run.Random.NextDouble() * 0.6);
        run.Skew = () => TimeSpan.FromSeconds((run.Random.NextDouble() * 10) - 5);
        return run;
    }
}
