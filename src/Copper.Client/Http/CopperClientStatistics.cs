namespace Copper.Client;

/// <summary>What a client has done so far. Safe to read from any thread.</summary>
public sealed class CopperClientStatistics
{
    private long _requests;
    private long _throttledTicks;
    private long _aheadTicks;
    private volatile bool _hasResponse;

    internal CopperClientStatistics()
    {
    }

    /// <summary>The requests sent, retries included.</summary>
    public long RequestCount => Interlocked.Read(ref _requests);

    /// <summary>The time that requests have waited for the rate limit, added up.</summary>
    public TimeSpan ThrottledTime => TimeSpan.FromTicks(Interlocked.Read(ref _throttledTicks));

    /// <summary>
    /// How far the service's clock is ahead of this machine's, by the header Date of the last response, which counts whole seconds; zero
    /// while no response has had one. A bookmark of what was read belongs to the service's clock.
    /// </summary>
    public TimeSpan ServiceClockAhead => TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));

    /// <summary>The service, or something in its place, has responded at least once.</summary>
    internal bool HasResponse => _hasResponse;

    /// <summary>For example <c>120 requests, 00:00:06 of waiting for the rate limit</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{RequestCount} requests, {ThrottledTime:c} of waiting for the rate limit");

    internal void NoteResponse() => _hasResponse = true;

    internal void NoteServiceTime(DateTimeOffset service, DateTimeOffset here) =>
        Interlocked.Exchange(ref _aheadTicks, (service - here).Ticks);

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountThrottled(TimeSpan wait) => Interlocked.Add(ref _throttledTicks, wait.Ticks);
}
