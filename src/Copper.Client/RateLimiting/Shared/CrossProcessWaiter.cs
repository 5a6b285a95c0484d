namespace Copper.Client.RateLimiting.Shared;

/// <summary>A request that waits for a permit of the limit that processes share.</summary>
/// <param name="bulk">The request goes to a bulk endpoint.</param>
/// <param name="waits">Receives the wait to expect; null when that is not known.</param>
/// <param name="warns">Receives what the user should know about the limit, and whether that tells of the wait.</param>
internal sealed class CrossProcessWaiter(bool bulk, Action<TimeSpan?> waits, Action<string, bool>? warns)
    : PermitWaiter<ICrossProcessPermit>(bulk)
{
    private int _isReported;

    /// <summary>Somebody listens to warnings.</summary>
    public bool ListensToWarnings => warns is not null;

    public void Warn(string warning, bool isAboutWait) => warns?.Invoke(warning, isAboutWait);

    /// <summary>Reports once that the request has to wait, and how long if that is known.</summary>
    public void ReportWait(TimeSpan? wait)
    {
        if (Interlocked.Exchange(ref _isReported, 1) == 0)
        {
            waits(wait);
        }
    }
}
