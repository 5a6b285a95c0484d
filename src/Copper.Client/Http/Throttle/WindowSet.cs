namespace Copper.Client.Http.Throttle;

/// <summary>
/// The windows that count one kind of request, all at once, and what was sent: a window that comes later is told of it.
/// Not thread-safe: the throttle that owns it holds the lock.
/// </summary>
internal sealed class WindowSet
{
    // What is older than the longest documented window does not matter to one that comes later.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private const int MemoryLimit = 10_000;

    private Queue<TimeSpan> _settled = new();
    private List<RollingWindow> _windows = [];
    private int _inFlight;

    public IReadOnlyList<RollingWindow> Windows => _windows;

    /// <summary>The part of each limit that may be used.</summary>
    public double Share { get; set; } = 1;

    public bool HasRoom(TimeSpan now)
    {
        foreach (var window in _windows)
        {
            if (!window.HasRoom(now, Share))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first moment at which every window may have room; null while one of them waits for an answer.</summary>
    public TimeSpan? NextRoom(TimeSpan now)
    {
        var due = now;
        foreach (var window in _windows)
        {
            if (window.HasRoom(now, Share))
            {
                continue;
            }

            if (window.NextRelease is not { } release)
            {
                return null;
            }

            due = release > due ? release : due;
        }

        return due;
    }

    public void Take()
    {
        _inFlight++;
        _windows.ForEach(static window => window.Take());
    }

    /// <summary>The answer began or the request failed; or, when it was not sent, its place is free at once.</summary>
    public void Settle(TimeSpan now, bool sent)
    {
        _inFlight--;
        if (!sent)
        {
            _windows.ForEach(static window => window.Return());
            return;
        }

        foreach (var window in _windows)
        {
            window.Settle(now);
        }

        _settled.Enqueue(now);
        while (_settled.Count > MemoryLimit || (_settled.Count > 0 && _settled.Peek() + Memory < now))
        {
            _settled.Dequeue();
        }
    }

    /// <summary>From now on these limits hold, and no others.</summary>
    public void SetLimits(IEnumerable<RateLimit> limits, TimeSpan now) =>
        _windows = limits.Distinct().Select(limit => _windows.Find(window => window.Limit.Equals(limit)) ?? Draw(limit, now)).ToList();

    /// <summary>Takes over what another set has sent. Every window has to be drawn again from the joint history.</summary>
    public void Absorb(WindowSet other)
    {
        _settled = new Queue<TimeSpan>(_settled.Concat(other._settled).OrderBy(static time => time));
        _inFlight += other._inFlight;
        _windows = [];
    }

    private RollingWindow Draw(RateLimit limit, TimeSpan now)
    {
        var window = new RollingWindow(limit);
        window.Seed(_settled, _inFlight, now);
        return window;
    }
}
