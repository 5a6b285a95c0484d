namespace Copper.Client.RateLimiting.Shared;

/// <summary>The right to send one request under the shared limit.</summary>
internal sealed class CrossProcessPermit(CrossProcessRateLimiter limit, long number, bool bulk, TimeSpan since)
{
    public long Number { get; } = number;

    public bool Bulk { get; } = bulk;

    /// <summary>When the request was let in.</summary>
    public TimeSpan Since { get; } = since;

    /// <summary>The request is over, or its answer has begun; when it was not sent, its place is free at once.</summary>
    public void Complete(bool sent) => limit.Complete(this, sent);

    /// <summary>The service refused the request.</summary>
    public void Refused(TimeSpan? hint) => limit.Refused(Since, hint);
}
