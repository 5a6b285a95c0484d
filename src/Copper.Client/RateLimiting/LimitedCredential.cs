namespace Copper.Client.RateLimiting;

/// <summary>A credential of a service. Not thread-safe: the <see cref="ServiceRateLimiter"/> that owns it holds the lock.</summary>
/// <param name="limiter">The limiter of the credentials whose account is not known.</param>
internal sealed class LimitedCredential(AccountRateLimiter limiter)
{
    /// <summary>
    /// The limiter of its account. It is replaced once, when the account becomes known; all handles of the credential use the new
    /// one from then on.
    /// </summary>
    public AccountRateLimiter Limiter { get; set; } = limiter;

    /// <summary>When a session opened or closed, or a request completed, for the last time.</summary>
    public TimeSpan LastUsed { get; set; }
}
