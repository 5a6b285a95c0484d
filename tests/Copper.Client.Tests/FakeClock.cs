using Copper.Client.RateLimiting;

namespace Copper.Client.Tests;

/// <summary>A clock that stands still until it is moved. Timers run on the thread that moves it, in the order of their time.</summary>
internal sealed class FakeClock : Clock
{
    private readonly PriorityQueue<Timer, (TimeSpan Due, long Number)> _timers = new();
    private readonly Lock _gate = new();
    private TimeSpan _elapsed = TimeSpan.FromHours(1);
    private long _number;

    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public override TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    public override DateTimeOffset UtcNow => Start + Elapsed;

    /// <summary>The time of the next timer that still waits; null when none does.</summary>
    public TimeSpan? NextTimer => Next?.Due;

    /// <summary>The same, and how long it was set for.</summary>
    public (TimeSpan Due, TimeSpan Delay)? Next
    {
        get
        {
            lock (_gate)
            {
                while (_timers.TryPeek(out var timer, out _) && timer.IsDisposed)
                {
                    _timers.Dequeue();
                }

                return _timers.TryPeek(out var next, out var key) ? (key.Due, next.Delay) : null;
            }
        }
    }

    public override IDisposable Schedule(TimeSpan delay, Action callback)
    {
        var timer = new Timer(callback, delay);
        lock (_gate)
        {
            _timers.Enqueue(timer, (_elapsed + delay, _number++));
        }

        return timer;
    }

    /// <summary>Moves to the given time and runs what is due on the way.</summary>
    public void MoveTo(TimeSpan time)
    {
        while (NextTimer is { } due && due <= time)
        {
            Timer timer;
            lock (_gate)
            {
                timer = _timers.Dequeue();
                _elapsed = due > _elapsed ? due : _elapsed;
            }

            timer.Run();
        }

        lock (_gate)
        {
            _elapsed = time > _elapsed ? time : _elapsed;
        }
    }

    public void Advance(TimeSpan by) => MoveTo(Elapsed + by);

    /// <summary>Runs a piece of asynchronous work to its end, moving the clock whenever nothing but a timer can bring it on.</summary>
    public async Task<T> RunAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            // Real threads may still be busy between two awaits: give them a moment before time is moved.
            await Task.WhenAny(work, Task.Delay(2));
            if (!work.IsCompleted && NextTimer is { } due)
            {
                MoveTo(due);
            }
        }

        return await work;
    }

    private sealed class Timer(Action callback, TimeSpan delay) : IDisposable
    {
        public TimeSpan Delay { get; } = delay;

        private Action? _callback = callback;

        public bool IsDisposed => Volatile.Read(ref _callback) is null;

        public void Run() => Interlocked.Exchange(ref _callback, null)?.Invoke();

        public void Dispose() => Volatile.Write(ref _callback, null);
    }
}
