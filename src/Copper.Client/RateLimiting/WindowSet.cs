namespace Copper.Client.RateLimiting;

/// <summary>
/// The windows that count one kind of request, all at once, and what was sent: a window that comes later is told of it.
/// Not thread-safe: the throttle that owns it holds the lock.
/// </summary>
internal sealed class WindowSet
{
    private const int LongestMemory = 100_000;
    private Queue<(TimeSpan Time, object Owner)> _settled = new();
    private List<RollingWindow> _windows = [];
    private int _memoryLimit = 10_000;
    private int _inFlight;

    /// <summary>What is older does not matter to a window that comes later: the longest documented one, or a longer one that was in force.</summary>
    public TimeSpan Memory { get; private set; } = TimeSpan.FromMinutes(10);

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
    public void Complete(TimeSpan now, bool sent, object owner)
    {
        _inFlight--;
        if (!sent)
        {
            _windows.ForEach(static window => window.Return());
            return;
        }

        foreach (var window in _windows)
        {
            window.Complete(now);
        }

        _settled.Enqueue((now, owner));
        while (_settled.Count > _memoryLimit || (_settled.Count > 0 && _settled.Peek().Time + Memory < now))
        {
            _settled.Dequeue();
        }
    }

    /// <summary>From now on these limits hold, and no others.</summary>
    public void SetLimits(IEnumerable<RateLimit> limits, TimeSpan now)
    {
        _windows = limits.Distinct().Select(limit => _windows.Find(window => window.Limit.Equals(limit)) ?? Draw(limit, now)).ToList();
        foreach (var limit in _windows.Select(static window => window.Limit))
        {
            Memory = limit.Window > Memory ? limit.Window : Memory;
            _memoryLimit = Math.Max(_memoryLimit, Math.Min(limit.Limit, LongestMemory));
        }
    }

    /// <summary>What was sent, and is under way, without any window.</summary>
    public WindowSet Copy() => new() { _settled = new(_settled), _inFlight = _inFlight, _memoryLimit = _memoryLimit, Memory = Memory };

    /// <summary>What this owner has sent does not count here any more.</summary>
    public void Forget(object owner, TimeSpan now)
    {
        if (_settled.Any(item => item.Owner == owner))
        {
            _settled = new(_settled.Where(item => item.Owner != owner));
            _windows = _windows.ConvertAll(window => Draw(window.Limit, now));
        }
    }

    /// <summary>Nothing is under way, and nothing was sent that matters to anybody who comes later.</summary>
    public bool IsForgotten(TimeSpan now) => _inFlight == 0 && !_settled.Any(item => item.Time + Memory >= now);

    private RollingWindow Draw(RateLimit limit, TimeSpan now)
    {
        var window = new RollingWindow(limit);
        window.Seed(_settled.Select(static item => item.Time), _inFlight, now);
        return window;
    }
}
