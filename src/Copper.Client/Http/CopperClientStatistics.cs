namespace Copper.Client.Http;

/// <summary>What a client has done so far. Safe to read from any thread.</summary>
public sealed class CopperClientStatistics
{
    private long _requests;
    private long _throttledTicks;

    internal CopperClientStatistics()
    {
    }

    /// <summary>The requests sent, retries included.</summary>
    public long RequestCount => Interlocked.Read(ref _requests);

    /// <summary>The time that requests have waited for the rate limit, added up.</summary>
    public TimeSpan ThrottledTime => TimeSpan.FromTicks(Interlocked.Read(ref _throttledTicks));

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountThrottled(TimeSpan wait) => Interlocked.Add(ref _throttledTicks, wait.Ticks);
}
