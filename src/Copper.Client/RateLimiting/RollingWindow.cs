namespace Copper.Client.RateLimiting;

/// <summary>
/// One rolling window, seen from the sender. A permit is taken when a request is sent and becomes free one window after its
/// response began. The service counts the request at some moment between the two; so no window that the service may use ever
/// contains more requests than the limit. Not thread-safe: the <see cref="ServiceRateLimiter"/> that owns it holds the lock.
/// </summary>
internal sealed class RollingWindow(RateLimit limit)
{
    // The times at which permits become free, oldest first: responses are counted in the order in which they arrive.
    private readonly Queue<TimeSpan> _releases = new();
    private int _inFlight;

    public RateLimit Limit { get; } = limit;

    public int Used => _inFlight + _releases.Count;

    /// <summary>The window has a free permit now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="share">The part of the limit that may be used; at least one permit.</param>
    public bool HasRoom(TimeSpan now, double share = 1)
    {
        // Strictly later, so that a service whose windows include both ends counts no more than the limit either.
        while (_releases.Count > 0 && _releases.Peek() < now)
        {
            _releases.Dequeue();
        }

        return Used < Math.Max(1, Limit.Limit * share);
    }

    /// <summary>When the next permit becomes free; null while that depends on a response.</summary>
    public TimeSpan? NextRelease => _releases.Count == 0 ? null : _releases.Peek() + TimeSpan.FromTicks(1);

    /// <summary>A request is sent.</summary>
    public void Take() => _inFlight++;

    /// <summary>The request was not sent: its permit is free at once.</summary>
    public void Return() => _inFlight--;

    /// <summary>The response began, or the request failed.</summary>
    public void Complete(TimeSpan now)
    {
        _inFlight--;
        _releases.Enqueue(now + Limit.Window);
    }

    /// <summary>Counts the requests that were sent before this window was added.</summary>
    public void Seed(IEnumerable<TimeSpan> completed, int inFlight, TimeSpan now)
    {
        foreach (var time in completed)
        {
            if (time + Limit.Window >= now)
            {
                _releases.Enqueue(time + Limit.Window);
            }
        }

        _inFlight = inFlight;
    }
}
