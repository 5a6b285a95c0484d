namespace Copper.Client.RateLimiting;

/// <summary>
/// The limits of the open sessions of one service. Not thread-safe: the <see cref="ServiceRateLimiter"/> that owns it holds the lock.
/// </summary>
internal sealed class SessionLimits
{
    private readonly List<RateLimiterHandle> _handles = [];

    public bool IsEmpty => _handles.Count == 0;

    public void Add(RateLimiterHandle handle) => _handles.Add(handle);

    public bool Contains(RateLimiterHandle handle) => _handles.Contains(handle);

    public bool Remove(RateLimiterHandle handle) => _handles.Remove(handle);

    /// <summary>A session of this credential is open.</summary>
    public bool Uses(LimitedCredential credential) => _handles.Exists(handle => handle.Credential == credential);

    /// <summary>Applies to each account the limits of its own sessions and of the sessions that may belong to it.</summary>
    public void ApplyTo(AccountRateLimiterSet accounts, TimeSpan now)
    {
        foreach (var limiter in accounts.All)
        {
            var handles = _handles.FindAll(handle => Array.IndexOf(handle.Credential.Limiter.CountedBy, limiter) >= 0);

            // The limits of the last session stay: its requests still count.
            if (handles.Count > 0)
            {
                limiter.SetLimits(
                    handles.SelectMany(static handle => handle.Limits),
                    handles.SelectMany(static handle => handle.FallbackLimits),
                    handles.SelectMany(static handle => handle.BulkLimits),
                    now);
            }
        }
    }

    /// <summary>The limiter that this process shares with others; null when no session asks for one.</summary>
    public ICrossProcessRateLimiter? FindShared(LimitedCredential credential)
    {
        if (credential.Limiter.AccountId is not null)
        {
            return First(handle => handle.Credential.Limiter == credential.Limiter);
        }

        return First(handle => handle.Credential == credential) ?? First(static _ => true);

        ICrossProcessRateLimiter? First(Predicate<RateLimiterHandle> matches) =>
            _handles.Find(handle => handle.Registration is not null && matches(handle))?.Registration!.Limiter;
    }
}
