namespace Copper.Client.RateLimiting.Shared;

/// <summary>One session's registration with the limit that processes share.</summary>
internal sealed class LimiterRegistration(
    CrossProcessRateLimiter limiter,
    IReadOnlyList<RateLimit> limits,
    IReadOnlyList<RateLimit> bulkLimits,
    TimeSpan longestRequest) : ICrossProcessRegistration
{
    public CrossProcessRateLimiter Limiter { get; } = limiter;

    ICrossProcessRateLimiter ICrossProcessRegistration.Limiter => Limiter;

    public IReadOnlyList<RateLimit> Limits { get; } = limits;

    public IReadOnlyList<RateLimit> BulkLimits { get; } = bulkLimits;

    /// <summary>No request of the session takes longer.</summary>
    public TimeSpan LongestRequest { get; } = longestRequest;

    public void Dispose() => Limiter.Unregister(this, waits: true);

    public void Abandon() => Limiter.Unregister(this, waits: false);
}
