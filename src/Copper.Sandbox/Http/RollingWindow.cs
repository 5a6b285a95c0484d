namespace Copper.Sandbox.Http;

/// <summary>Counts requests against one limit. Every request received counts, rejected ones too.</summary>
internal sealed class RollingWindow(SandboxRateLimit limit)
{
    private readonly Queue<DateTimeOffset> _received = new();

    public SandboxRateLimit Limit { get; } = limit;

    /// <summary>The most requests ever seen within the window.</summary>
    public int MaximumSeen { get; private set; }

    /// <summary>Counts a request; returns how long until there is room again, or zero if it fits.</summary>
    public TimeSpan Count(DateTimeOffset now)
    {
        while (_received.Count > 0 && now - _received.Peek() >= Limit.Window)
        {
            _received.Dequeue();
        }

        _received.Enqueue(now);
        MaximumSeen = Math.Max(MaximumSeen, _received.Count);
        int surplus = _received.Count - Limit.Limit;
        if (surplus <= 0)
        {
            return TimeSpan.Zero;
        }

        // The next request fits once all but Limit - 1 of those counted have left the window.
        int lastToLeave = Math.Min(surplus, _received.Count - 1);
        return _received.ElementAt(lastToLeave) + Limit.Window - now;
    }
}
