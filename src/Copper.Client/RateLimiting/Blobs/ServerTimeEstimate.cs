using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting.Blobs;

/// <summary>
/// How far the clock of a server is from this machine's monotonic clock, by the Date of its responses. A Date tells whole seconds, and
/// was set at some moment between sending and receiving; each response gives bounds, and all of them together narrow ones: after a few
/// responses they are about one round trip apart. Not thread-safe: its owner holds the lock.
/// </summary>
internal sealed class ServerTimeEstimate
{
    /// <summary>A Date is a whole second, cut off; one more tick would be the next.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <summary>Two clocks drift apart by no more than this part of the time that passes: ten times what a quartz does.</summary>
    private const double Drift = 0.0005;

    /// <summary>Bounds that contradict each other by more than this mean that one of the clocks was set.</summary>
    private static readonly TimeSpan Contradiction = TimeSpan.FromMilliseconds(50);

    private ClockOffset? _bounds;
    private TimeSpan _at;

    /// <summary>The bounds at a moment of this machine's clock; null before the first response.</summary>
    public ClockOffset? At(TimeSpan local)
    {
        if (_bounds is not { } bounds)
        {
            return null;
        }

        var drift = TimeSpan.FromTicks((long)(Math.Max(0, (local - _at).Ticks) * Drift));
        return new ClockOffset(bounds.Earliest - drift, bounds.Latest + drift);
    }

    /// <summary>A response has told the time.</summary>
    /// <param name="sent">When its request was sent, on this machine's clock.</param>
    /// <param name="received">When it was received.</param>
    /// <param name="date">The Date of the response.</param>
    public void Add(TimeSpan sent, TimeSpan received, DateTimeOffset date)
    {
        var time = date - DateTimeOffset.FromUnixTimeSeconds(0);
        var seen = new ClockOffset(time - received, time + Resolution - sent);
        var known = At(received) ?? seen;
        var earliest = Later(known.Earliest, seen.Earliest);
        var latest = Later(known.Latest, seen.Latest) == known.Latest ? seen.Latest : known.Latest;
        if (earliest - latest > Contradiction)
        {
            // A clock was set: what was known before tells nothing any more.
            (earliest, latest) = (seen.Earliest, seen.Latest);
        }
        else if (earliest > latest)
        {
            (earliest, latest) = (latest, earliest);
        }

        (_bounds, _at) = (new ClockOffset(earliest, latest), received);
    }

    private static TimeSpan Later(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
