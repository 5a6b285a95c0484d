namespace Copper.Client.RateLimiting.Shared;

/// <summary>The right to send one request under the limit that processes share.</summary>
internal sealed class CrossProcessPermit(CrossProcessRateLimiter limiter, long number, bool bulk, TimeSpan admitted) : ICrossProcessPermit
{
    /// <summary>Its number among the permits of this process.</summary>
    public long Number { get; } = number;

    /// <summary>The request goes to a bulk endpoint.</summary>
    public bool Bulk { get; } = bulk;

    /// <summary>When the request was admitted.</summary>
    public TimeSpan Admitted { get; } = admitted;

    public void Complete(bool sent) => limiter.Complete(this, sent);

    public void NoteTooManyRequests(TimeSpan? hint) => limiter.NoteTooManyRequests(Admitted, hint);
}
