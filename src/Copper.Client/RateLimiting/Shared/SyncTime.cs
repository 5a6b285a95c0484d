namespace Copper.Client.RateLimiting.Shared;

/// <summary>The moment of a sync, on this machine's clock and in the time of the store.</summary>
/// <param name="Local">On the monotonic clock of this machine.</param>
/// <param name="Offset">What to add for the time of the store.</param>
internal readonly record struct SyncTime(TimeSpan Local, ClockOffset Offset)
{
    /// <summary>In the store's time, as early as it may be: for whatever ends or becomes free.</summary>
    public TimeSpan Now => Offset.EarliestAt(Local);

    /// <summary>In the store's time, as late as it may be: for whatever begins to count.</summary>
    public TimeSpan Latest => Offset.LatestAt(Local);
}
