namespace Copper.Client.RateLimiting;

/// <summary>
/// One rolling window, seen from the sender. A place is taken when a request goes out and comes free one window after its
/// answer began: the service counted the request at some moment between the two, so whatever window the service draws, it
/// never holds more than the limit. Not thread-safe: the throttle that owns it holds the lock.
/// </summary>
internal sealed class RollingWindow(RateLimit limit)
{
    // Times at which places come free, oldest first: answers are noted in the order in which they come.
    private readonly Queue<TimeSpan> _releases = new();
    private int _inFlight;

    public RateLimit Limit { get; } = limit;

    public int Used => _inFlight + _releases.Count;

    /// <summary>The window has a place now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="share">The part of the limit that may be used; at least one place may.</param>
    public bool HasRoom(TimeSpan now, double share = 1)
    {
        // Strictly later: a service whose windows include both ends still counts right.
        while (_releases.Count > 0 && _releases.Peek() < now)
        {
            _releases.Dequeue();
        }

        return Used < Math.Max(1, Limit.Limit * share);
    }

    /// <summary>When the next place comes free; null while that depends on an answer that has not come.</summary>
    public TimeSpan? NextRelease => _releases.Count == 0 ? null : _releases.Peek() + TimeSpan.FromTicks(1);

    public void Take() => _inFlight++;

    /// <summary>The request never went out.</summary>
    public void Return() => _inFlight--;

    /// <summary>The answer began, or the request failed.</summary>
    public void Complete(TimeSpan now)
    {
        _inFlight--;
        _releases.Enqueue(now + Limit.Window);
    }

    /// <summary>Takes over what was sent before this window was watched.</summary>
    public void Seed(IEnumerable<TimeSpan> settled, int inFlight, TimeSpan now)
    {
        foreach (var time in settled)
        {
            if (time + Limit.Window >= now)
            {
                _releases.Enqueue(time + Limit.Window);
            }
        }

        _inFlight = inFlight;
    }
}
