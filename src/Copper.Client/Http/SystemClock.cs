using System.Diagnostics;

namespace Copper.Client.Http;

internal sealed class SystemClock : Clock
{
    private readonly Stopwatch _stopwatch = Stopwatch.StartNew();

    public override TimeSpan Elapsed => _stopwatch.Elapsed;

    public override DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public override IDisposable Schedule(TimeSpan delay, Action callback)
    {
        // A timer counts whole milliseconds and rounds down: a little late is right, a little early is not.
        var milliseconds = (long)Math.Ceiling(Math.Min(Math.Max(delay.TotalMilliseconds, 0), int.MaxValue - 1));
        return new Timer(static state => ((Action)state!)(), callback, milliseconds, Timeout.Infinite);
    }
}
