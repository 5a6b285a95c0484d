namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// What to add to this machine's monotonic clock to get the time of a store. The clocks of two machines are known to each other only
/// within bounds: so a time is written as late, and read as early, as it may be, and no window is ever shorter than it should be.
/// </summary>
/// <param name="Earliest">The least that it may be.</param>
/// <param name="Latest">The most that it may be.</param>
internal readonly record struct ClockOffset(TimeSpan Earliest, TimeSpan Latest)
{
    /// <summary>The time of the store is at least this.</summary>
    public TimeSpan EarliestAt(TimeSpan local) => local + Earliest;

    /// <summary>The time of the store is at most this.</summary>
    public TimeSpan LatestAt(TimeSpan local) => local + Latest;
}
