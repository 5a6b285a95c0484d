using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting;

/// <summary>The right to send one request. Dispose it when the request is over, however it ended.</summary>
internal sealed class RateLimitPermit(AccountRateLimiter throttle, ThrottleScope[] scopes, bool bulk, TimeSpan admitted) : IDisposable
{
    private int _settled;

    /// <summary>The credential's way.</summary>
    internal AccountRateLimiter Throttle { get; } = throttle;

    /// <summary>Where the request counts. Belongs to the lock of the address.</summary>
    internal ThrottleScope[] Scopes { get; set; } = scopes;

    internal bool Bulk { get; } = bulk;

    /// <summary>When the request was let in.</summary>
    internal TimeSpan Admitted { get; } = admitted;

    /// <summary>The request's place under the limit that is shared with other processes; null when there is none.</summary>
    internal CrossProcessPermit? Place { get; set; }

    /// <summary>The request was let in by the shared limit. A place that it had before is free.</summary>
    internal void Hold(CrossProcessPermit place) => Throttle.Hold(this, place);

    /// <summary>The answer's first bytes are here: the service has counted the request by now.</summary>
    public void ResponseBegan() => Complete(sent: true);

    /// <summary>The request was not sent after all: its place is free at once.</summary>
    public void Return() => Complete(sent: false);

    /// <summary>Without an answer, the place comes free one window after the failure.</summary>
    public void Dispose() => Complete(sent: true);

    private void Complete(bool sent)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            Throttle.Complete(this, sent);
            Place?.Complete(sent);
        }
    }
}
