using System.Diagnostics;
using Copper.Client.Http;

namespace Copper.Client.Tests.Faults;

/// <summary>
/// The real clock, in which every wait is 500 times shorter, so that waits before repetitions take no time. The time allowed
/// for a request is not shortened but for the requests of which the test knows that no answer comes.
/// </summary>
internal sealed class SwiftClock : Clock
{
    private const int Speed = 500;
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private int _requests;

    /// <summary>The time allowed for a request, by which it is told from other waits.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(1234);

    /// <summary>The n-th request, from 1, gets no answer.</summary>
    public Func<int, bool> IsHopeless { get; set; } = static _ => false;

    public override TimeSpan Elapsed => _since.Elapsed * Speed;

    public override DateTimeOffset UtcNow => _start + Elapsed;

    public override IDisposable Schedule(TimeSpan delay, Action callback)
    {
        var real = delay != Timeout ? delay / Speed
            : IsHopeless(Interlocked.Increment(ref _requests)) ? TimeSpan.FromMilliseconds(150)
            : TimeSpan.FromSeconds(60);
        return new Timer(_ => callback(), null, real, global::System.Threading.Timeout.InfiniteTimeSpan);
    }
}
