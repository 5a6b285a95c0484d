using Copper.Client.RateLimiting;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>
/// Long runs with random latencies on a fake clock. For each request the service may have counted it at any instant between
/// sending and response; the limiter keeps its promise if no choice of instants ever exceeds a window.
/// </summary>
public class AccountRateLimiterPropertyTests
{
    private const int RequestsPerSeed = 21_000;

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 0.0)]
    [InlineData(3, 0.1)]
    [InlineData(4, 0.1)]
    [InlineData(5, 0.5)]
    public void No_window_that_the_service_may_use_is_ever_exceeded(int seed, double cancelled)
    {
        var run = Run(seed, cancelled, RateLimit.Default);

        Assert.Equal(RequestsPerSeed, run.Sent.Count);
        foreach (var limit in RateLimit.Default)
        {
            AssertNeverExceeded(run.Sent, limit);
        }

        Assert.Equal(run.Order.OrderBy(static number => number), run.Order);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void A_service_that_counts_at_any_instant_never_counts_too_many(int seed)
    {
        var run = Run(seed, 0, RateLimit.Default);
        var random = new Random(seed);
        foreach (var lean in new[] { 0.0, 0.25, 0.5, 0.75, 1.0, double.NaN })
        {
            // Counted as they go out, as their responses begin, somewhere between, or each at an instant of its own.
            var counted = run.Sent
                .Select(request => (request, Part: double.IsNaN(lean) ? random.NextDouble() : lean))
                .Select(static item => item.request.Sent + ((item.request.Completed - item.request.Sent) * item.Part))
                .Order()
                .ToArray();
            foreach (var limit in RateLimit.Default)
            {
                for (var i = limit.Limit; i < counted.Length; i++)
                {
                    var distance = counted[i] - counted[i - limit.Limit];
                    Assert.True(distance > limit.Window, $"{limit.Limit + 1} requests within {limit} at {counted[i]}");
                }
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void All_requests_take_no_longer_than_the_best_schedule_of_the_same_rule(int seed)
    {
        var run = Run(seed, 0, RateLimit.Default);

        // The best schedule sends each request, in order, at the first instant at which the rule allows it.
        var best = BestSchedule(run.Latencies, run.Start, RateLimit.Default);
        var taken = run.Sent.Max(static request => request.Sent) - run.Start;
        Assert.True(taken.TotalSeconds <= 1.01 * (best - run.Start).TotalSeconds, $"{taken} against {best - run.Start}");
    }

    [Fact]
    public void A_cancelled_waiter_does_not_change_the_schedule_of_the_others()
    {
        var undisturbed = Run(7, 0, RateLimit.Default);
        var disturbed = Run(7, 0.3, RateLimit.Default);

        Assert.NotEqual(0, disturbed.Cancelled);
        Assert.Equal(undisturbed.Sent.Select(static request => request.Sent), disturbed.Sent.Select(static request => request.Sent));
    }

    private static void AssertNeverExceeded(List<Request> requests, RateLimit limit)
    {
        // For a window to hold requests i…j, the first of their responses must not have begun more than a window before the
        // last of them was sent: only then can the service have counted all of them within one window. So it is enough to
        // check, at each sending, how many earlier requests can still be counted together with it.
        var completed = new PriorityQueue<TimeSpan, TimeSpan>();
        foreach (var request in requests.OrderBy(static request => request.Sent))
        {
            while (completed.TryPeek(out var oldest, out _) && oldest + limit.Window < request.Sent)
            {
                completed.Dequeue();
            }

            completed.Enqueue(request.Completed, request.Completed);
            var message = $"{completed.Count} requests can fall into one window of {limit} at {request.Sent}";
            Assert.True(completed.Count <= limit.Limit, message);
        }
    }

    private static TimeSpan BestSchedule(List<TimeSpan> latencies, TimeSpan start, IReadOnlyList<RateLimit> limits)
    {
        var tick = TimeSpan.FromTicks(1);
        var now = start;
        var completions = limits.Select(static _ => new PriorityQueue<TimeSpan, TimeSpan>()).ToArray();
        foreach (var latency in latencies)
        {
            for (var i = 0; i < limits.Count; i++)
            {
                while (completions[i].TryPeek(out var completed, out _) && completed + limits[i].Window < now)
                {
                    completions[i].Dequeue();
                }

                if (completions[i].Count >= limits[i].Limit)
                {
                    now = Max(now, completions[i].Dequeue() + limits[i].Window + tick);
                }
            }

            foreach (var queue in completions)
            {
                queue.Enqueue(now + latency, now + latency);
            }
        }

        return now;
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static RunResult Run(int seed, double cancelled, IReadOnlyList<RateLimit> limits)
    {
        var clock = new FakeClock();
        var limiter = new RateLimiterRegistry(clock).Open(new Uri("https://api.copper.com/"), "a", limits, []);
        var random = new Random(seed);
        var disturbance = new Random(seed + 1000);
        var result = new RunResult { Start = clock.Elapsed };
        var waiting = new LinkedList<(int Number, Task<RateLimitPermit> Entry)>();
        var next = 0;

        while (result.Sent.Count < RequestsPerSeed)
        {
            // Fifty wait at any time; between them, some come and change their mind.
            while (next < RequestsPerSeed && waiting.Count < 50)
            {
                waiting.AddLast((next++, limiter.AcquireAsync(false, CancellationToken.None)));
                if (disturbance.NextDouble() < cancelled)
                {
                    using var cancel = new CancellationTokenSource();
                    var entry = limiter.AcquireAsync(false, cancel.Token);
                    if (!entry.IsCompleted)
                    {
                        cancel.Cancel();
                        result.Cancelled++;
                    }
                    else
                    {
                        entry.Result.Return();
                    }
                }
            }

            for (var node = waiting.First; node is not null;)
            {
                var following = node.Next;
                if (node.Value.Entry.IsCompletedSuccessfully)
                {
                    waiting.Remove(node);
                    Send(node.Value.Number, node.Value.Entry.Result);
                }

                node = following;
            }

            if (result.Sent.Count < RequestsPerSeed && !(waiting.Count < 50 && next < RequestsPerSeed))
            {
                clock.MoveTo(clock.NextTimer ?? throw new InvalidOperationException("No request will ever be admitted."));
            }
        }

        return result;

        void Send(int number, RateLimitPermit permit)
        {
            // Mostly quick, now and then up to twenty seconds, some without any response.
            var latency = TimeSpan.FromSeconds(random.Next(10) == 0 ? random.NextDouble() * 20 : random.NextDouble() * 0.5);
            var hasResponse = random.Next(50) != 0;
            result.Order.Add(number);
            result.Latencies.Add(latency);
            result.Sent.Add(new Request(clock.Elapsed, clock.Elapsed + latency));
            clock.Schedule(latency, hasResponse ? permit.ResponseBegan : permit.Dispose);
        }
    }

    private sealed record Request(TimeSpan Sent, TimeSpan Completed);

    private sealed class RunResult
    {
        public TimeSpan Start { get; init; }

        public List<Request> Sent { get; } = [];

        public List<TimeSpan> Latencies { get; } = [];

        public List<int> Order { get; } = [];

        public int Cancelled { get; set; }
    }
}
