namespace Copper.Client.RateLimiting.Shared;

/// <summary>A request that waits for a permit of the limit that processes share.</summary>
/// <param name="bulk">The request goes to a bulk endpoint.</param>
/// <param name="waits">Receives the wait to expect; null when that is not known.</param>
/// <param name="warns">Receives what the user should know about the limit.</param>
internal sealed class CrossProcessWaiter(bool bulk, Action<TimeSpan?> waits, Action<string>? warns)
    : PermitWaiter<ICrossProcessPermit>(bulk)
{
    private int _isReported;

    /// <summary>Somebody listens to warnings.</summary>
    public bool ListensToWarnings => warns is not null;

    public void Warn(string warning) => warns?.Invoke(warning);

    /// <summary>Reports once that the request has to wait, and how long if that is known.</summary>
    public void ReportWait(TimeSpan? wait)
    {
        if (Interlocked.Exchange(ref _isReported, 1) == 0)
        {
            waits(wait);
        }
    }
}
