namespace Copper.Client.RateLimiting;

/// <summary>
/// All windows that count one kind of request, and the completed requests, which a window that is added later counts too.
/// Not thread-safe: the <see cref="ServiceRateLimiter"/> that owns it holds the lock.
/// </summary>
internal sealed class WindowSet
{
    private const int LargestCapacity = 100_000;
    private Queue<(TimeSpan Time, LimitedCredential Credential)> _completed = new();
    private List<RollingWindow> _windows = [];
    private int _capacity = 10_000;
    private int _inFlight;

    /// <summary>
    /// How long a completed request matters to a window that is added later: the longest documented window, or a longer one that
    /// applied.
    /// </summary>
    public TimeSpan Memory { get; private set; } = RateLimit.LongestDocumentedWindow;

    public IReadOnlyList<RollingWindow> Windows => _windows;

    /// <summary>The part of each limit that may be used.</summary>
    public double Share { get; set; } = 1;

    /// <summary>Every window has a free permit now.</summary>
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

    /// <summary>The first moment at which every window may have a free permit; null while that depends on a response.</summary>
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

    /// <summary>Takes a permit from each window.</summary>
    public void Take()
    {
        _inFlight++;
        _windows.ForEach(static window => window.Take());
    }

    /// <summary>The response began or the request failed. When the request was not sent, its permit is free at once.</summary>
    public void Complete(TimeSpan now, bool sent, LimitedCredential credential)
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

        _completed.Enqueue((now, credential));
        while (_completed.Count > _capacity || (_completed.Count > 0 && _completed.Peek().Time + Memory < now))
        {
            _completed.Dequeue();
        }
    }

    /// <summary>Replaces the limits.</summary>
    public void SetLimits(IEnumerable<RateLimit> limits, TimeSpan now)
    {
        _windows = limits.Distinct()
            .Select(limit => _windows.Find(window => window.Limit.Equals(limit)) ?? CreateWindow(limit, now))
            .ToList();
        foreach (var limit in _windows.Select(static window => window.Limit))
        {
            Memory = limit.Window > Memory ? limit.Window : Memory;
            _capacity = Math.Max(_capacity, Math.Min(limit.Limit, LargestCapacity));
        }
    }

    /// <summary>The completed requests and the number of those in flight, without any window.</summary>
    public WindowSet Copy() => new() { _completed = new(_completed), _inFlight = _inFlight, _capacity = _capacity, Memory = Memory };

    /// <summary>Stops counting the completed requests of a credential.</summary>
    public void Remove(LimitedCredential credential, TimeSpan now)
    {
        if (_completed.Any(item => item.Credential == credential))
        {
            _completed = new(_completed.Where(item => item.Credential != credential));
            _windows = _windows.ConvertAll(window => CreateWindow(window.Limit, now));
        }
    }

    /// <summary>No request is in flight, and none has completed that matters to a later one.</summary>
    public bool IsIdle(TimeSpan now) => _inFlight == 0 && !_completed.Any(item => item.Time + Memory >= now);

    private RollingWindow CreateWindow(RateLimit limit, TimeSpan now)
    {
        var window = new RollingWindow(limit);
        window.Seed(_completed.Select(static item => item.Time), _inFlight, now);
        return window;
    }
}
