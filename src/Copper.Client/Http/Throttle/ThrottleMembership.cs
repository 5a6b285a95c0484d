namespace Copper.Client.Http.Throttle;

/// <summary>One session's part in a throttle: its limits hold for all sessions of the account while it is open.</summary>
internal sealed class ThrottleMembership(RequestThrottle throttle, IReadOnlyList<RateLimit> limits, IReadOnlyList<RateLimit> bulkLimits) : IDisposable
{
    public RequestThrottle Throttle { get; } = throttle;

    public IReadOnlyList<RateLimit> Limits { get; } = limits;

    public IReadOnlyList<RateLimit> BulkLimits { get; } = bulkLimits;

    public void Dispose() => Throttle.Leave(this);
}
