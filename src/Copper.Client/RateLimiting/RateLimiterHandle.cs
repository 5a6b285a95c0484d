using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting;

/// <summary>One session's part in a throttle: its limits hold for all sessions of the account while it is open.</summary>
internal sealed class RateLimiterHandle(AccountRateLimiter throttle, IReadOnlyList<RateLimit> limits, IReadOnlyList<RateLimit> bulkLimits, LimiterRegistration? shared) : IDisposable
{
    public AccountRateLimiter Throttle { get; } = throttle;

    public IReadOnlyList<RateLimit> Limits { get; } = limits;

    public IReadOnlyList<RateLimit> BulkLimits { get; } = bulkLimits;

    /// <summary>Its part in a limit that is shared with other processes; null when it does not take part.</summary>
    public LimiterRegistration? Shared { get; } = shared;

    public void Dispose()
    {
        Throttle.Leave(this);
        Shared?.Dispose();
    }

    /// <summary>The same for a finalizer, which must not wait for the store: other processes are told a little later.</summary>
    public void Abandon()
    {
        Throttle.Leave(this);
        Shared?.Abandon();
    }
}
