using Copper.Client.Http.Throttle.Shared;

namespace Copper.Client.Http.Throttle;

/// <summary>One session's part in a throttle: its limits hold for all sessions of the account while it is open.</summary>
internal sealed class ThrottleMembership(RequestThrottle throttle, IReadOnlyList<RateLimit> limits, IReadOnlyList<RateLimit> bulkLimits, SharedPart? shared) : IDisposable
{
    public RequestThrottle Throttle { get; } = throttle;

    public IReadOnlyList<RateLimit> Limits { get; } = limits;

    public IReadOnlyList<RateLimit> BulkLimits { get; } = bulkLimits;

    /// <summary>Its part in a limit that is shared with other processes; null when it does not take part.</summary>
    public SharedPart? Shared { get; } = shared;

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
