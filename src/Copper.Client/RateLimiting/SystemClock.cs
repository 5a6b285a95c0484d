using System.Diagnostics;

namespace Copper.Client.RateLimiting;

internal sealed class SystemClock : Clock
{
    /// <summary>
    /// From the start of the machine, so that all its processes read the same: the stopwatch is CLOCK_MONOTONIC on Linux, the
    /// uptime on macOS, and the performance counter on Windows.
    /// </summary>
    public override TimeSpan Elapsed
    {
        get
        {
            var reading = Stopwatch.GetTimestamp();
            var seconds = reading / Stopwatch.Frequency;
            var rest = (reading % Stopwatch.Frequency) * TimeSpan.TicksPerSecond / Stopwatch.Frequency;
            return TimeSpan.FromTicks((seconds * TimeSpan.TicksPerSecond) + rest);
        }
    }

    public override DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public override IDisposable Schedule(TimeSpan delay, Action callback)
    {
        // A timer counts whole milliseconds and rounds down: a little late is right, a little early is not.
        var milliseconds = (long)Math.Ceiling(Math.Min(Math.Max(delay.TotalMilliseconds, 0), int.MaxValue - 1));
        return new Timer(static state => ((Action)state!)(), callback, milliseconds, Timeout.Infinite);
    }
}
