namespace Copper.Client.RateLimiting;

/// <summary>
/// One session's access to the rate limit of its account. Its own limits apply to all sessions of the account while it is open.
/// </summary>
internal sealed class RateLimiterHandle(
    ServiceRateLimiter service,
    LimitedCredential credential,
    IReadOnlyList<RateLimit> limits,
    IReadOnlyList<RateLimit> bulkLimits,
    ICrossProcessRegistration? registration) : IDisposable
{
    /// <summary>The session's credential, which knows the limiter of its account.</summary>
    public LimitedCredential Credential { get; } = credential;

    public IReadOnlyList<RateLimit> Limits { get; } = limits;

    public IReadOnlyList<RateLimit> BulkLimits { get; } = bulkLimits;

    /// <summary>The session's registration with a limit that processes share; null when it does not take part.</summary>
    public ICrossProcessRegistration? Registration { get; } = registration;

    /// <summary>The limit that this process shares with others; null when no session of the account asks for one.</summary>
    public ICrossProcessRateLimiter? Shared => service.FindShared(Credential);

    /// <summary>Acquires a permit in every window that counts the request.</summary>
    public Task<RateLimitPermit> AcquireAsync(bool bulk, CancellationToken cancellationToken) =>
        service.AcquireAsync(Credential, bulk, cancellationToken);

    /// <summary>The wait that a request faces now: zero when a permit is free; null while that depends on a response.</summary>
    public TimeSpan? ExpectedWait(bool bulk) => service.ExpectedWait(Credential, bulk);

    /// <summary>The state of each window that counts the session's requests.</summary>
    public IReadOnlyList<RateLimitStatus> GetStatus() => service.GetStatus(Credential);

    public void Dispose()
    {
        service.Close(this);
        Registration?.Dispose();
    }

    /// <summary>As Dispose, for a finalizer, which must not wait for the store: other processes learn of it a little later.</summary>
    public void Abandon()
    {
        service.Close(this);
        Registration?.Abandon();
    }
}
