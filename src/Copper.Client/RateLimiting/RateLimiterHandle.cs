namespace Copper.Client.RateLimiting;

/// <summary>
/// One session's access to the rate limit of its account. Its own limits apply to all sessions of the account while it is open.
/// </summary>
internal sealed class RateLimiterHandle(
    ServiceRateLimiter service,
    LimitedCredential credential,
    IReadOnlyList<RateLimit> limits,
    IReadOnlyList<RateLimit> bulkLimits,
    Func<CancellationToken, Task<ICrossProcessRegistration>>? register) : IDisposable
{
    private readonly SemaphoreSlim _joining = new(1);

    /// <summary>The session's credential, which knows the limiter of its account.</summary>
    public LimitedCredential Credential { get; } = credential;

    public IReadOnlyList<RateLimit> Limits { get; } = limits;

    /// <summary>The limits that apply too for some time after a 429.</summary>
    public IReadOnlyList<RateLimit> FallbackLimits { get; init; } = [];

    public IReadOnlyList<RateLimit> BulkLimits { get; } = bulkLimits;

    /// <summary>
    /// The session's registration with a limit that processes share; null before it has joined, and when it does not take part.
    /// </summary>
    /// <remarks>The service sets it, under its lock.</remarks>
    public ICrossProcessRegistration? Registration { get; set; }

    /// <summary>The limit that this process shares with others; null when no session of the account asks for one.</summary>
    public ICrossProcessRateLimiter? Shared => service.FindShared(Credential);

    /// <summary>The limit that processes share, as far as such requests of the session have to wait for it.</summary>
    public ICrossProcessRateLimiter? SharedFor(bool bulk) => IsUnlimited(bulk) ? null : Shared;

    /// <summary>The session takes part in all limits that it asked for.</summary>
    public bool HasJoined => register is null || Registration is not null;

    /// <summary>Acquires a permit in every window that counts the request.</summary>
    public Task<RateLimitPermit> AcquireAsync(bool bulk, CancellationToken cancellationToken) => IsUnlimited(bulk)
        ? service.AcquireUnlimitedAsync(Credential, bulk, cancellationToken)
        : service.AcquireAsync(Credential, bulk, cancellationToken);

    /// <summary>Joins the limit that processes share; several callers join once. When it fails, the next caller tries again.</summary>
    /// <exception cref="IOException">It cannot be joined; the message states what to do.</exception>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        if (register is null)
        {
            return;
        }

        await _joining.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Registration is not null)
            {
                return;
            }

            var registration = await register(cancellationToken).ConfigureAwait(false);
            if (!service.TryJoin(this, registration))
            {
                // The session was closed meanwhile.
                registration.Abandon();
                return;
            }

            // The other processes learn of what this one has sent before. The store is written on the thread that waits for it.
            await Task.Run(() => Shared?.TrySyncOnClose(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _joining.Release();
        }
    }

    /// <summary>The wait that a request faces now: zero when a permit is free; null while that depends on a response.</summary>
    public TimeSpan? ExpectedWait(bool bulk) =>
        IsUnlimited(bulk) ? service.ExpectedHold(Credential) : service.ExpectedWait(Credential, bulk);

    /// <summary>The state of each window that counts the session's requests.</summary>
    public IReadOnlyList<RateLimitStatus> GetStatus() => service.GetStatus(Credential);

    /// <summary>
    /// The session asks for no limit on such requests, neither in this process nor with others: those of other sessions do not apply.
    /// </summary>
    private bool IsUnlimited(bool bulk) => register is null && Limits.Count == 0 && (!bulk || BulkLimits.Count == 0);

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
