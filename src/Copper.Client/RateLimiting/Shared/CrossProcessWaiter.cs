namespace Copper.Client.RateLimiting.Shared;

/// <summary>A request that waits for the shared limit.</summary>
/// <param name="bulk">The request goes to a bulk endpoint.</param>
/// <param name="waits">Is told how long it will take, if that is known.</param>
/// <param name="warns">Is told what the user should know of the limit.</param>
internal sealed class CrossProcessWaiter(bool bulk, Action<TimeSpan?> waits, Action<string>? warns) : AdmissionWaiter<CrossProcessPermit>(bulk)
{
    private int _told;

    /// <summary>Somebody listens to warnings.</summary>
    public bool HearsWarnings => warns is not null;

    /// <summary>Passes a warning on.</summary>
    public void Warn(string warning) => warns?.Invoke(warning);

    /// <summary>Says once that the request does not go at once, and how long it will take if that is known.</summary>
    public void Tell(TimeSpan? wait)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            waits(wait);
        }
    }
}
