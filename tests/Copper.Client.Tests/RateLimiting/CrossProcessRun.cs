using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>Processes that send as fast as they may, and what the service could have counted.</summary>
internal sealed class CrossProcessRun
{
    private readonly FakeClock _clock = new();
    private readonly SimulatedMachine _machine;
    private readonly Random _random;
    private readonly IReadOnlyList<RateLimit> _limits;
    private readonly List<Worker> _workers = [];

    public CrossProcessRun(int seed, params string[] limits)
    {
        _random = new Random(seed);
        _machine = new SimulatedMachine(_clock);
        _limits = limits.Select(RateLimit.Parse).ToArray();
        Start = _clock.Elapsed;
    }

    public SimulatedMachine Machine => _machine;

    public TimeSpan Start { get; }

    public TimeSpan Now => _clock.Elapsed;

    public Random Random => _random;

    /// <summary>All that was sent: when, and the last moment at which the service may have counted it.</summary>
    public List<Sent> Requests { get; } = [];

    /// <summary>The service responds with 429 to the next request, and asks to wait that long.</summary>
    public TimeSpan? NextIsTooMany { get; set; }

    /// <summary>The longest time for which a request of a living process waited.</summary>
    public TimeSpan LongestWait { get; private set; }

    public IReadOnlyList<Worker> Workers => _workers;

    /// <summary>The processes run on machines of their own, whose clocks differ by seconds, and share a blob.</summary>
    public SimulatedBlob UseBlob()
    {
        // With the context of the test runner, what goes on after an await would go on on another thread than the clock's.
        SynchronizationContext.SetSynchronizationContext(null);
        return _machine.Blob = new SimulatedBlob(_clock);
    }

    /// <summary>How far the clock of the next process is from the others.</summary>
    public Func<TimeSpan> Skew { get; set; } = static () => TimeSpan.Zero;

    /// <summary>The time that a response takes.</summary>
    public Func<TimeSpan> Latency { get; set; } = static () => TimeSpan.FromMilliseconds(50);

    public Worker StartWorker(int atOnce, bool bulk = false, string credential = "key", string? account = "account")
    {
        var process = _machine.Start(skew: Skew());
        var limit = process.Limit(credential);
        if (_machine.Blob is { } blob)
        {
            blob.IsNear = true;
        }

        limit.Register(_limits, [], TimeSpan.FromSeconds(100));
        if (_machine.Blob is { } far)
        {
            far.IsNear = false;
        }

        if (account is not null)
        {
            limit.Identify(LimiterDirectory.Key(account));
        }

        var worker = new Worker(process, limit, atOnce, bulk);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Moves on until so many requests were sent, or the time is over.</summary>
    public void Until(int requests, TimeSpan atMost, Action? eachStep = null)
    {
        var end = _clock.Elapsed + atMost;
        while (Requests.Count < requests && _clock.Elapsed < end)
        {
            eachStep?.Invoke();
            foreach (var worker in _workers.Where(static worker => !worker.Process.HasEnded).ToArray())
            {
                Step(worker);
            }

            if (_workers.TrueForAll(static worker => worker.Process.HasEnded))
            {
                return;
            }

            _clock.MoveTo(_clock.NextTimer ?? throw new InvalidOperationException("Nobody will ever be let in."));
        }
    }

    /// <summary>No window that the service could draw holds more requests than the limit.</summary>
    public void AssertNeverExceeded()
    {
        foreach (var limit in _limits)
        {
            var counted = new PriorityQueue<TimeSpan, TimeSpan>();
            foreach (var request in Requests.OrderBy(static request => request.At))
            {
                while (counted.TryPeek(out var oldest, out _) && oldest + limit.Window < request.At)
                {
                    counted.Dequeue();
                }

                counted.Enqueue(request.LastCounted, request.LastCounted);
                Assert.True(counted.Count <= limit.Limit, $"{counted.Count} requests can fall into one window of {limit} at {request.At}");
            }
        }
    }

    private void Step(Worker worker)
    {
        for (var node = worker.Waiting.First; node is not null && !worker.Process.HasEnded;)
        {
            var next = node.Next;
            if (node.Value.Entry.IsCompletedSuccessfully)
            {
                worker.Waiting.Remove(node);
                Send(worker, node.Value.Entry.Result);
            }
            else if (_clock.Elapsed - node.Value.Since is var wait && wait > LongestWait)
            {
                LongestWait = wait;
            }

            node = next;
        }

        while (!worker.Process.HasEnded && worker.Waiting.Count + worker.InFlight < worker.AtOnce)
        {
            var permit = worker.Limit.AcquireAsync(worker.Bulk, static _ => { }, worker.Warn, CancellationToken.None);
            worker.Waiting.AddLast((_clock.Elapsed, permit));
            if (worker.Waiting.Last!.Value.Entry.IsCompleted)
            {
                var entry = worker.Waiting.Last.Value.Entry;
                worker.Waiting.RemoveLast();
                if (!worker.Process.HasEnded)
                {
                    Send(worker, entry.Result);
                }
            }
        }
    }

    private void Send(Worker worker, ICrossProcessPermit permit)
    {
        worker.InFlight++;
        worker.Sent++;
        var request = new Sent(worker, _clock.Elapsed);
        Requests.Add(request);
        var latency = Latency();
        var completed = _clock.Elapsed + latency;

        // What a process sent before its end reaches the service soon after it, if ever.
        request.LastCounted = completed;
        worker.Ended += () => request.LastCounted = Min(request.LastCounted, _clock.Elapsed + TimeSpan.FromSeconds(1));
        var hint = NextIsTooMany;
        NextIsTooMany = null;
        _clock.Schedule(latency, () =>
        {
            if (!worker.Process.HasEnded)
            {
                if (hint is not null)
                {
                    permit.NoteTooManyRequests(hint);
                }

                worker.InFlight--;
                permit.Complete(sent: true);
            }
        });
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    internal sealed class Sent(Worker worker, TimeSpan at)
    {
        public Worker Worker { get; } = worker;

        public TimeSpan At { get; } = at;

        public TimeSpan LastCounted { get; set; }
    }

    internal sealed class Worker(SimulatedProcess process, CrossProcessRateLimiter limit, int atOnce, bool bulk)
    {
        public event Action? Ended;

        public SimulatedProcess Process { get; } = process;

        public CrossProcessRateLimiter Limit { get; } = limit;

        public int AtOnce { get; } = atOnce;

        public bool Bulk { get; } = bulk;

        public LinkedList<(TimeSpan Since, Task<ICrossProcessPermit> Entry)> Waiting { get; } = new();

        public int InFlight { get; set; }

        public int Sent { get; set; }

        public List<string> Warnings { get; } = [];

        public void Warn(string text, bool isAboutWait) => Warnings.Add(text);

        public void Kill()
        {
            Process.Kill();
            Ended?.Invoke();
        }
    }
}
