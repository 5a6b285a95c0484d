namespace Copper.Client.Tests.RateLimiting;

/// <summary>
/// Long runs of several processes with random latencies, openings that find the store in use, and ends at any moment. The service may
/// have counted each request at any instant between sending and response; no choice of instants may exceed a window.
/// </summary>
public class CrossProcessPropertyTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(10);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Processes_that_come_and_go_never_send_more_together_than_the_limit(int seed)
    {
        var run = Disturbed(seed);
        var random = run.Random;
        run.Machine.HasWritten = process =>
        {
            // The end may come just after a permit was written, and before the process knows it.
            if (random.Next(400) == 0)
            {
                run.Workers.FirstOrDefault(worker => worker.Process == process)?.Kill();
            }
        };
        run.Until(1_500, Long, () =>
        {
            if (random.Next(300) == 0)
            {
                run.Workers.LastOrDefault(static worker => !worker.Process.HasEnded)?.Kill();
            }

            while (run.Workers.Count(static worker => !worker.Process.HasEnded) < 4)
            {
                run.StartWorker(random.Next(1, 9));
            }
        });

        Assert.InRange(run.Requests.Count, 1_500, int.MaxValue);
        Assert.InRange(run.Workers.Count(static worker => worker.Process.HasEnded), 3, 1000);
        run.AssertNeverExceeded();
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_damaged_store_costs_time_and_nothing_else(int seed)
    {
        var run = Disturbed(seed);
        var damaged = 0;
        for (var i = 0; i < 3; i++)
        {
            run.StartWorker(4);
        }

        run.Until(800, Long, () =>
        {
            if (run.Random.Next(400) == 0)
            {
                damaged++;
                var bytes = run.Machine.Bytes;
                run.Machine.Bytes = run.Random.Next(2) == 0
                    ? bytes[..run.Random.Next(1, bytes.Length)]
                    : [.. bytes.Select(b => (byte)(run.Random.Next(5) == 0 ? 0 : b))];
            }
        });

        Assert.InRange(run.Requests.Count, 800, int.MaxValue);
        Assert.NotEqual(0, damaged);
        run.AssertNeverExceeded();
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Credentials_whose_account_is_not_known_yet_never_exceed_the_account_that_they_turn_out_to_have(int seed)
    {
        var run = Disturbed(seed);
        run.StartWorker(8);
        run.StartWorker(2, credential: "another key", account: null);
        run.StartWorker(2, credential: "a third key", account: null);
        run.Until(150, Long);
        run.Workers[1].Limit.Identify(Copper.Client.RateLimiting.Shared.LimiterDirectory.Key("account"));
        run.Until(400, Long);

        Assert.InRange(run.Requests.Count, 400, int.MaxValue);
        run.AssertNeverExceeded();
    }

    [Fact]
    public void Three_processes_together_are_as_fast_as_one_alone()
    {
        var together = new CrossProcessRun(31, "36/6s", "180/1m");
        for (var i = 0; i < 3; i++)
        {
            together.StartWorker(12);
        }

        together.Until(720, Long);

        var alone = new CrossProcessRun(31, "36/6s", "180/1m");
        alone.StartWorker(36);
        alone.Until(720, Long);
        var (taken, best) = (together.Now - together.Start, alone.Now - alone.Start);
        Assert.True(taken.TotalSeconds <= 1.02 * best.TotalSeconds, $"{taken} against {best}");
    }

    [Fact]
    public void No_process_starves_beside_one_that_asks_for_everything()
    {
        var run = new CrossProcessRun(41, "36/6s");
        var greedy = run.StartWorker(200);
        var modest = run.StartWorker(1);
        run.Until(1_000, TimeSpan.FromHours(1));

        // The modest one asks for its next permit when it has its response: it gets one at each release.
        Assert.True(modest.Sent >= 25, $"{modest.Sent} of {greedy.Sent}");
        var gaps = run.Requests.Where(request => request.Worker == modest).Select(static request => request.At).ToArray();
        Assert.True(gaps.Zip(gaps.Skip(1), static (left, right) => right - left).Max() < TimeSpan.FromSeconds(6.5));
    }

    [Theory]
    [InlineData(51)]
    [InlineData(52)]
    public void Processes_whose_states_collide_again_and_again_never_exceed_the_limit(int seed)
    {
        // Somebody else replaces the state between a process's read and its replacement.
        var run = Disturbed(seed);
        var (collisions, isColliding) = (0, false);
        run.Machine.IsReplacing = process =>
        {
            if (!isColliding && run.Random.Next(3) == 0 && run.Workers.FirstOrDefault(other => other.Process != process) is { } other)
            {
                collisions++;
                isColliding = true;
                other.Limit.TrySyncOnClose();
                isColliding = false;
            }
        };
        for (var i = 0; i < 3; i++)
        {
            run.StartWorker(4);
        }

        run.Until(1_000, Long);

        Assert.InRange(run.Requests.Count, 1_000, int.MaxValue);
        Assert.InRange(collisions, 200, int.MaxValue);
        run.AssertNeverExceeded();
    }

    private static CrossProcessRun Disturbed(int seed)
    {
        var run = new CrossProcessRun(seed, "6/1s", "20/5s");
        run.Latency = () => TimeSpan.FromSeconds(run.Random.Next(10) == 0 ? run.Random.NextDouble() * 8 : run.Random.NextDouble() * 0.4);
        run.Machine.IsBusy = _ => run.Random.Next(20) == 0;
        return run;
    }
}
