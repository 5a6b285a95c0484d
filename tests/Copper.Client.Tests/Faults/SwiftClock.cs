using System.Diagnostics;
using Copper.Client.RateLimiting;

namespace Copper.Client.Tests.Faults;

/// <summary>
/// The real clock, in which every wait is 500 times shorter, so that waits before repetitions take no time. The time allowed
/// for a request is not shortened but for the requests of which the test knows that no response comes.
/// </summary>
internal sealed class SwiftClock : Clock
{
    private const int Speed = 500;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(30);
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private int _requests;

    /// <summary>The time allowed for a request, by which it is told from other waits.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(1234);

    /// <summary>The n-th request, from 1, gets no response.</summary>
    public Func<int, bool> IsHopeless { get; set; } = static _ => false;

    /// <summary>The service has the n-th request: the time allowed for one without hope does not end before.</summary>
    public Func<int, bool> HasArrived { get; set; } = static _ => true;

    public override TimeSpan Elapsed => _since.Elapsed * Speed;

    public override DateTimeOffset UtcNow => _start + Elapsed;

    public override IDisposable Schedule(TimeSpan delay, Action callback)
    {
        if (delay != Timeout)
        {
            return new Timer(_ => callback(), null, delay / Speed, global::System.Threading.Timeout.InfiniteTimeSpan);
        }

        var request = Interlocked.Increment(ref _requests);
        return IsHopeless(request)
            ? new Timer(_ => CallWhenArrived(request, callback), null, Beat, Beat)
            : new Timer(_ => callback(), null, TimeSpan.FromSeconds(60), global::System.Threading.Timeout.InfiniteTimeSpan);
    }

    private void CallWhenArrived(int request, Action callback)
    {
        if (HasArrived(request))
        {
            callback();
        }
    }
}
