using System.Diagnostics;
using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;
using Copper.Client.Tests.RateLimiting;

namespace Copper.Client.Tests.LongRun;

/// <summary>
/// Two processes with several sessions each, on a clock that moves on to the next timer whenever nobody has anything to do. That
/// cannot be seen from outside for sure; should somebody still be at work then, his work has only taken a little longer.
/// </summary>
internal sealed class SimulatedDay
{
    private readonly List<CrossProcessRateLimiterRegistry> _shared = [];
    private readonly List<RateLimiterRegistry> _throttles = [];
    private readonly List<Task> _workers = [];
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>
    /// On a quiet machine the day is over long before. On a busy one each look at the threads may cost a slice of a core; the day then
    /// ends as soon as half of it has gone by.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(12);
    private int _pausing;

    public SimulatedDay(int seed)
    {
        Service = new SimulatedService(Clock, seed);
        Machine = new SimulatedMachine(Clock);
    }

    public FakeClock Clock { get; } = new();

    public SimulatedService Service { get; }

    /// <summary>How long it is; shorter on a busy machine.</summary>
    public TimeSpan Length { get; private set; } = TimeSpan.FromDays(1);

    public TimeSpan End => TimeSpan.FromHours(1) + Length;

    public SimulatedMachine Machine { get; }

    public int StartProcess()
    {
        _throttles.Add(new RateLimiterRegistry(Clock));
        _shared.Add(new Registry(Machine.Start()));
        return _throttles.Count - 1;
    }

    /// <summary>A new session in a process.</summary>
    public CopperClient Connect(int process, bool byToken = false)
    {
        var client = new CopperClient(new CopperClientOptions
        {
            Identity = byToken ? CopperIdentity.FromBearerToken(SimulatedService.Token)
                : CopperIdentity.FromApiKey("demo@copper.example", "sandbox-key"),
            Handler = new UnreliableNetwork(Service, Clock),
            Clock = Clock,
            Throttles = _throttles[process],
            SharedLimit = true,
            SharedLimits = _shared[process],
        });
        client.JoinAsync().GetAwaiter().GetResult();
        return client;
    }

    public void Start(Func<Task> work) => _workers.Add(Task.Run(work));

    /// <summary>A worker has nothing to do for so long.</summary>
    public Task PauseAsync(TimeSpan length)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _pausing);
        Clock.Schedule(length, () =>
        {
            // Before the clock goes on.
            Interlocked.Decrement(ref _pausing);
            over.SetResult();
        });
        return over.Task;
    }

    /// <summary>Lets the day go by.</summary>
    public async Task RunAsync(Action eachHour)
    {
        var all = Task.WhenAll(_workers);
        var hour = Clock.Elapsed + TimeSpan.FromHours(1);
        var watch = Stopwatch.StartNew();
        while (!all.IsCompleted)
        {
            WaitUntilIdle();
            if (_workers.Find(static worker => worker.IsFaulted) is { } failed)
            {
                await failed;
            }

            if (!all.IsCompleted && Clock.NextTimer is { } due)
            {
                Clock.MoveTo(due);
            }

            if (Clock.Elapsed > hour)
            {
                hour += TimeSpan.FromHours(1);
                eachHour();
                var gone = Clock.Elapsed - TimeSpan.FromHours(1);
                if (watch.Elapsed > Patience && gone >= Shortest && gone < Length)
                {
                    Length = gone;
                }
            }
        }

        await all;
    }

    private void WaitUntilIdle()
    {
        var before = -1L;
        for (int quiet = 0, looks = 0; quiet < 3 && looks < 400; looks++)
        {
            if (Volatile.Read(ref _pausing) == _workers.Count(static worker => !worker.IsCompleted))
            {
                return;
            }

            // On a busy machine a thread may stand still in the middle of its work: before a long time goes by, it gets its turn.
            if (Clock.NextTimer is { } due && due - Clock.Elapsed < Soon)
            {
                Thread.Yield();
            }
            else
            {
                Thread.Sleep(1);
            }

            var done = ThreadPool.CompletedWorkItemCount;
            quiet = done == before && ThreadPool.PendingWorkItemCount == 0 ? quiet + 1 : 0;
            before = done;
        }
    }

    private sealed class Registry(SimulatedProcess process) : CrossProcessRateLimiterRegistry
    {
        private readonly Dictionary<string, CrossProcessRateLimiter> _limits = [];

        public override CrossProcessRateLimiter Open(Uri baseUri, string fingerprint)
        {
            lock (_limits)
            {
                return _limits.TryGetValue(fingerprint, out var limit) ? limit : _limits[fingerprint] = process.Limit(fingerprint);
            }
        }
    }
}
