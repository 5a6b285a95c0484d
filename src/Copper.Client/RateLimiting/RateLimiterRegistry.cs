namespace Copper.Client.RateLimiting;

/// <summary>The rate limits of this process, one limiter for each service address. All sessions and runspaces share them.</summary>
internal sealed class RateLimiterRegistry(Clock clock)
{
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, ServiceRateLimiter> _services = new(StringComparer.Ordinal);
    private TimeSpan _pruned;

    public static RateLimiterRegistry Process { get; } = new(Clock.System);

    /// <summary>The number of services and credentials in memory.</summary>
    public int Count
    {
        get
        {
            lock (_services)
            {
                return _services.Values.Sum(static service => 1 + service.CredentialCount);
            }
        }
    }

    /// <summary>Opens a session of a credential, whose account may not be known yet.</summary>
    /// <param name="baseUri">The address of the service.</param>
    /// <param name="fingerprint">Identifies the credential without revealing it.</param>
    /// <param name="limits">The session's limits; they apply to all sessions of the account until the handle is disposed.</param>
    /// <param name="bulkLimits">Its further limits for bulk endpoints.</param>
    /// <param name="register">Registers it with a limit that several processes share; null without one.</param>
    /// <param name="fallbackLimits">The limits that apply too for some time after a 429; null for none.</param>
    public RateLimiterHandle Open(
        Uri baseUri,
        string fingerprint,
        IEnumerable<RateLimit> limits,
        IEnumerable<RateLimit> bulkLimits,
        Func<CancellationToken, Task<ICrossProcessRegistration>>? register = null,
        IEnumerable<RateLimit>? fallbackLimits = null)
    {
        RateLimiterHandle handle;
        lock (_services)
        {
            Prune();
            handle = GetService(baseUri).Open(
                fingerprint, limits.ToArray(), bulkLimits.ToArray(), fallbackLimits?.ToArray() ?? [], register);
        }

        handle.Shared?.TrySyncOnClose();
        return handle;
    }

    /// <summary>The credential belongs to this account: from now on it shares the account's windows.</summary>
    public void Identify(Uri baseUri, string fingerprint, long accountId)
    {
        ServiceRateLimiter service;
        lock (_services)
        {
            service = GetService(baseUri);
        }

        service.Identify(fingerprint, accountId);
    }

    private ServiceRateLimiter GetService(Uri baseUri)
    {
        var key = baseUri.GetLeftPart(UriPartial.Authority);
        if (!_services.TryGetValue(key, out var service))
        {
            _services[key] = service = new ServiceRateLimiter(clock);
        }

        return service;
    }

    private void Prune()
    {
        var now = clock.Elapsed;
        if (now - _pruned < PruneInterval)
        {
            return;
        }

        _pruned = now;
        foreach (var pair in _services.Where(static pair => pair.Value.Prune()).ToArray())
        {
            _services.Remove(pair.Key);
        }
    }
}
