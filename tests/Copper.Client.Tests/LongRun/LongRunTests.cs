using Xunit.Abstractions;

namespace Copper.Client.Tests.LongRun;

/// <summary>
/// A day of mixed work by eight sessions of two processes on an account with the limits of the real one, over a network that breaks,
/// stalls and loses responses.
/// </summary>
[Collection(nameof(LongRunTests))]
public class LongRunTests(ITestOutputHelper output)
{
    [Fact]
    public async Task In_a_day_of_faults_nothing_is_lost_or_doubled_no_window_is_exceeded_and_memory_stays_flat()
    {
        var day = new SimulatedDay(seed: 20261121);
        var workers = Enumerable.Range(0, 8).Select(number => new DayWorker(day, number % 2, number + 1)).ToArray();
        day.StartProcess();
        day.StartProcess();
        Func<DayWorker, Task>[] work =
        [
            static worker => worker.WriteAsync(), static worker => worker.WriteAsync(), static worker => worker.WriteAsync(),
            static worker => worker.ReadAsync(), static worker => worker.ReadAsync(), static worker => worker.CompleteAsync(),
            static worker => worker.BurstAsync(), static worker => worker.BurstAsync(),
        ];
        for (var i = 0; i < workers.Length; i++)
        {
            var (worker, task) = (workers[i], work[i]);
            day.Start(() => task(worker));
        }

        var memory = new List<long>();
        var store = new List<int>();
        await day.RunAsync(() =>
        {
            memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            store.Add(day.Machine.Bytes.Length);
        });

        var service = day.Service;
        int Sum(Func<Tally, int> of) => workers.Sum(worker => of(worker.Tally));
        output.WriteLine(
            $"{service.Requests} requests, {Sum(static t => t.Creations)} creations in {Sum(static t => t.Groups)} groups and singly, "
            + $"{Sum(static t => t.Reads)} whole reads, {Sum(static t => t.Cancellations)} cancelled, "
            + $"{Sum(static t => t.Failures)} calls failed, {Sum(static t => t.Unknown)} outcomes unknown, "
            + $"{Sum(static t => t.Found)} of them done");
        output.WriteLine(
            "troubles: " + string.Join(", ", Enum.GetValues<Trouble>().Select(trouble => $"{trouble} {service.Troubles(trouble)}")));
        output.WriteLine(
            "windows: " + string.Join(", ", service.Sandbox.WindowUsage.Select(static usage => $"{usage.MaximumSeen} of {usage.Limit}")));
        output.WriteLine("memory by hour, in KB: " + string.Join(" ", memory.Select(static bytes => bytes / 1024)));

        // Every write once.
        Assert.Equal(Sum(static t => t.Creations), service.Changes("lead", "new"));
        Assert.Equal(Sum(static t => t.Updates), service.Changes("lead", "update"));
        Assert.Equal(Sum(static t => t.Deletions), service.Changes("lead", "delete"));
        Assert.Equal(Sum(static t => t.Creations), Sum(static t => t.Deletions));
        Assert.Equal(Sum(static t => t.TaskUpdates), service.Changes("task", "update"));

        // The shortest window was full at times, and none was ever more than full.
        Assert.All(service.Sandbox.WindowUsage, static usage => Assert.InRange(usage.MaximumSeen, 1, usage.Limit.Limit));
        Assert.InRange(service.Sandbox.WindowUsage[0].MaximumSeen, 30, 36);

        // The day had everything in it, or it proves nothing.
        Assert.All(Enum.GetValues<Trouble>(), trouble => Assert.InRange(service.Troubles(trouble), 3, int.MaxValue));
        Assert.All([Sum(static t => t.Groups), Sum(static t => t.Unknown), Sum(static t => t.Found), Sum(static t => t.Failures),
            Sum(static t => t.Cancellations)], static count => Assert.InRange(count, 3, int.MaxValue));
        var hours = (int)day.Length.TotalHours;
        Assert.InRange(Sum(static t => t.Reads), 4 * hours, int.MaxValue);
        Assert.InRange(service.Requests, 400 * hours, int.MaxValue);

        // Nothing grows, and nothing is left.
        // Pools of buffers and threads grow in steps now and then, and shrink again. What were kept of requests would grow in every
        // hour, so the quarter of the hours that grow least tells: 64 KB in each would be some 100 bytes of each request.
        var growth = memory.Zip(memory.Skip(1), static (before, after) => after - before).Order().ToArray();
        Assert.InRange(growth[growth.Length / 4], long.MinValue, 64 * 1024);
        Assert.All(store, static length => Assert.InRange(length, 1, 64 * 1024));
        day.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Empty(day.Machine.State.InFlight);
        Assert.Null(day.Clock.NextTimer);
        foreach (var process in new[] { 0, 1 })
        {
            using var client = day.Connect(process);
            Assert.All(client.GetRateLimitStatus(), static window => Assert.Equal((0, TimeSpan.Zero), (window.Used, window.NextSlot)));
        }
    }
}

/// <summary>Alone, since it looks at the memory and at the threads of the process.</summary>
[CollectionDefinition(nameof(LongRunTests), DisableParallelization = true)]
public class LongRunAlone;
