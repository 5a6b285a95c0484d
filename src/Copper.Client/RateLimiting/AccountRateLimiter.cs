using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting;

/// <summary>
/// The way of one credential through the rate limit: into the windows of its account, or, while nobody knows its account, into
/// those of every account that it may belong to.
/// </summary>
internal sealed class AccountRateLimiter(AddressThrottle address)
{
    /// <summary>A throttle of its own, for a service that nobody else calls.</summary>
    public AccountRateLimiter(Clock clock)
        : this(new AddressThrottle(clock))
    {
    }

    /// <summary>The windows of its account; null while that is not known. Belongs to the lock of the address.</summary>
    internal ThrottleScope? Account { get; set; }

    /// <summary>When it was last used. Belongs to the lock of the address.</summary>
    internal TimeSpan Touched { get; set; }

    /// <summary>The limit that this process keeps together with others; null when no session asked for one.</summary>
    public CrossProcessRateLimiter? Shared => address.SharedOf(this);

    /// <summary>Waits for a place in every window that counts the request.</summary>
    public Task<RateLimitPermit> AcquireAsync(bool bulk, CancellationToken cancellationToken) => address.AcquireAsync(this, bulk, cancellationToken);

    /// <summary>The wait that a request would face now: zero when there is room; null while it depends on answers to come.</summary>
    public TimeSpan? ExpectedWait(bool bulk) => address.ExpectedWait(this, bulk);

    /// <summary>How each window stands that counts the requests of this credential.</summary>
    public IReadOnlyList<RateLimitStatus> GetStatus() => address.GetStatus(this);

    /// <summary>A session's limits join; they hold for all sessions of the account until the membership is disposed.</summary>
    public RateLimiterHandle Join(IEnumerable<RateLimit> limits, IEnumerable<RateLimit> bulkLimits, LimiterRegistration? shared = null) =>
        address.Join(this, limits.ToArray(), bulkLimits.ToArray(), shared);

    /// <summary>A 429 came.</summary>
    /// <param name="lease">The request's.</param>
    /// <param name="hint">How long the service asks to wait; null when it does not say.</param>
    /// <returns>How long everybody waits, at which share of the rate they go on, and whether they were slow before; null when that was known already.</returns>
    public (TimeSpan Hold, double Share, bool Further)? NoteRefusal(RateLimitPermit lease, TimeSpan? hint) => address.NoteRefusal(lease, hint);

    internal void Leave(RateLimiterHandle member) => address.Leave(member);

    internal void Complete(RateLimitPermit lease, bool sent) => address.Complete(lease, sent);

    internal void Hold(RateLimitPermit lease, CrossProcessPermit place) => address.Hold(lease, place);
}
