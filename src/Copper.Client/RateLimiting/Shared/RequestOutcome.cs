namespace Copper.Client.RateLimiting.Shared;

/// <summary>The outcome of a request that the store does not contain yet.</summary>
/// <param name="number">The number of the request's permit; null when the store does not contain the permit.</param>
/// <param name="sent">The service has counted the request.</param>
/// <param name="bulk">The request went to a bulk endpoint.</param>
/// <param name="time">When its response began, or it failed.</param>
internal sealed class RequestOutcome(long? number, bool sent, bool bulk, TimeSpan time)
{
    public long? Number { get; } = number;

    public bool Sent { get; } = sent;

    public bool Bulk { get; } = bulk;

    public TimeSpan Time { get; } = time;

    /// <summary>The service responded with 429 to a request that was admitted at that time, and asks to wait that long.</summary>
    public (TimeSpan Admitted, TimeSpan? Hint)? TooManyRequests { get; init; }
}
