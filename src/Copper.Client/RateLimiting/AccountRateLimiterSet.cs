namespace Copper.Client.RateLimiting;

/// <summary>
/// The limiters of the accounts of one service. Not thread-safe: the <see cref="ServiceRateLimiter"/> that owns it holds the lock.
/// </summary>
internal sealed class AccountRateLimiterSet
{
    public AccountRateLimiterSet() => All = Unidentified.CountedBy;

    /// <summary>The limiter of the credentials whose account is not known.</summary>
    public AccountRateLimiter Unidentified { get; } = new(null);

    public AccountRateLimiter[] All { get; private set; }

    public AccountRateLimiter GetOrAdd(long accountId)
    {
        if (Array.Find(All, limiter => limiter.AccountId == accountId) is { } known)
        {
            return known;
        }

        var account = Unidentified.Fork(accountId);
        All = Unidentified.CountedBy = [.. All, account];
        return account;
    }

    /// <summary>Removes the accounts that <paramref name="isUnused"/> names.</summary>
    public void Prune(Predicate<AccountRateLimiter> isUnused) =>
        All = Unidentified.CountedBy = Array.FindAll(All, limiter => limiter == Unidentified || !isUnused(limiter));
}
