namespace Copper.Client.RateLimiting;

/// <summary>The rate limits of this process, one for each service address, shared by all sessions and runspaces.</summary>
internal sealed class RateLimiterRegistry(Clock clock)
{
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, AddressThrottle> _addresses = new(StringComparer.Ordinal);
    private TimeSpan _pruned;

    public static RateLimiterRegistry Process { get; } = new(Clock.System);

    /// <summary>The addresses and their credentials that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_addresses)
            {
                return _addresses.Values.Sum(static address => 1 + address.CredentialCount);
            }
        }
    }

    /// <summary>The throttle of a credential, whose account may not be known yet.</summary>
    public AccountRateLimiter ForCredential(Uri baseUri, string fingerprint)
    {
        lock (_addresses)
        {
            Prune();
            return For(baseUri).For(fingerprint);
        }
    }

    /// <summary>The credential turned out to belong to this account: from now on it shares the account's windows.</summary>
    public void Identify(Uri baseUri, string fingerprint, long accountId)
    {
        AddressThrottle address;
        lock (_addresses)
        {
            address = For(baseUri);
        }

        address.Identify(address.For(fingerprint), accountId);
    }

    private AddressThrottle For(Uri baseUri)
    {
        var key = baseUri.GetLeftPart(UriPartial.Authority);
        if (!_addresses.TryGetValue(key, out var address))
        {
            _addresses[key] = address = new AddressThrottle(clock);
        }

        return address;
    }

    private void Prune()
    {
        var now = clock.Elapsed;
        if (now - _pruned < PruneInterval)
        {
            return;
        }

        _pruned = now;
        foreach (var pair in _addresses.Where(static pair => pair.Value.Prune()).ToArray())
        {
            _addresses.Remove(pair.Key);
        }
    }
}
