namespace Copper.Client.RateLimiting.Shared;

/// <summary>The sessions of this process that take part.</summary>
internal sealed partial class CrossProcessRateLimiter
{
    /// <summary>How long one and the same process may keep the store open while a session joins; while its owners change, the wait goes on.</summary>
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestOpening = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestClosing = TimeSpan.FromMilliseconds(200);
    private readonly List<LimiterRegistration> _parts = [];

    /// <summary>A session takes part with its limits, which hold for all processes until the result is disposed.</summary>
    /// <param name="limits">Its windows.</param>
    /// <param name="bulkLimits">Its further windows for bulk endpoints.</param>
    /// <param name="timeout">The longest time that one of its requests takes.</param>
    /// <param name="cancellationToken">Ends the wait for a store that another process keeps open.</param>
    /// <exception cref="IOException">The store cannot be used; the message says what to do.</exception>
    public LimiterRegistration Join(IEnumerable<RateLimit> limits, IEnumerable<RateLimit> bulkLimits, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var part = new LimiterRegistration(this, limits.ToArray(), bulkLimits.ToArray(), timeout + TimeSpan.FromMinutes(1));
        lock (_gate)
        {
            _parts.Add(part);
        }

        try
        {
            return SyncBlocking(OpeningPatience, LongestOpening, cancellationToken) ? part : throw new IOException($"Another process has kept it open for {OpeningPatience.TotalSeconds:0} seconds.");
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _parts.Remove(part);
            }

            if (exception is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw LimiterDirectory.Unusable(store.Name, exception);
            }

            throw;
        }
    }

    /// <summary>A session has ended.</summary>
    /// <param name="part">Its part.</param>
    /// <param name="waits">Wait until that is written down, if that is possible soon.</param>
    internal void Leave(LimiterRegistration part, bool waits)
    {
        lock (_gate)
        {
            if (!_parts.Remove(part))
            {
                return;
            }
        }

        if (waits)
        {
            // The process may end now: what it has to say should be said before. If it cannot, the others notice its end.
            TrySyncOnClose();
        }
        else
        {
            Look();
        }
    }

    /// <summary>Writes down what happened here before this returns, if that is possible soon.</summary>
    public void TrySyncOnClose()
    {
        try
        {
            if (SyncBlocking(LongestClosing, LongestClosing, CancellationToken.None))
            {
                return;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next look says so to whoever waits.
        }

        // The last session may have left: nobody else would look again.
        Look();
    }

    /// <summary>Looks before this returns.</summary>
    /// <param name="patience">How long nobody else may write to the store while it is kept open.</param>
    /// <param name="longest">How long this tries at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else kept the store open all the time.</returns>
    private bool SyncBlocking(TimeSpan patience, TimeSpan longest, CancellationToken cancellationToken)
    {
        var backoff = new Backoff();
        var (waited, all, revision) = (TimeSpan.Zero, TimeSpan.Zero, store.Revision);
        while (true)
        {
            var look = new SyncResult();
            try
            {
                if (TryLook(look))
                {
                    // Whoever waits here has lost the timer's next time.
                    Look();
                    return true;
                }
            }
            catch
            {
                PutBack(look);
                throw;
            }

            if (store.Revision is var current && current != revision)
            {
                // Many processes want it, and each gets it in its turn.
                (waited, revision) = (TimeSpan.Zero, current);
            }

            if (waited >= patience || all >= longest)
            {
                return false;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var pause = backoff.Next();
            Thread.Sleep(pause);
            (waited, all) = (waited + pause, all + pause);
        }
    }

    private RateLimit[] Limits(Func<LimiterRegistration, IEnumerable<RateLimit>> limits) => _parts.SelectMany(limits).Distinct().ToArray();
}

/// <summary>One session's part in the shared limit.</summary>
internal sealed class LimiterRegistration(CrossProcessRateLimiter limit, IReadOnlyList<RateLimit> limits, IReadOnlyList<RateLimit> bulkLimits, TimeSpan patience) : IDisposable
{
    public CrossProcessRateLimiter Limit { get; } = limit;

    public IReadOnlyList<RateLimit> Limits { get; } = limits;

    public IReadOnlyList<RateLimit> BulkLimits { get; } = bulkLimits;

    /// <summary>Its requests surely are over after this time.</summary>
    public TimeSpan Patience { get; } = patience;

    public void Dispose() => Limit.Leave(this, waits: true);

    /// <summary>Leaves without waiting for the store.</summary>
    public void Abandon() => Limit.Leave(this, waits: false);
}
