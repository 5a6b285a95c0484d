namespace Copper.Client.RateLimiting.Shared;

/// <summary>What the use of a store costs, and how often processes use it because of that.</summary>
internal sealed class StoreKind
{
    /// <summary>A file of this machine: a sync takes a millisecond or two, and the system tells which processes run.</summary>
    public static StoreKind File { get; } = new();

    /// <summary>
    /// A store on a server: a sync takes two round trips, and its processes run on machines that cannot be seen from here. Permits are
    /// taken in batches, and what needs no haste is written together.
    /// </summary>
    public static StoreKind Remote { get; } = new()
    {
        IsRemote = true,
        LongestInterval = TimeSpan.FromSeconds(2),
        LongestLook = TimeSpan.FromSeconds(15),
        ShortestInterval = TimeSpan.FromMilliseconds(250),
        UnknownWait = TimeSpan.FromMilliseconds(500),
        LongestYield = TimeSpan.FromMilliseconds(500),
        Grace = TimeSpan.FromSeconds(1.5),
        ReportWithin = TimeSpan.FromSeconds(1),
        Batch = 6,
        ReserveFor = TimeSpan.FromSeconds(1.5),
        Heartbeat = TimeSpan.FromSeconds(8),
        Lease = TimeSpan.FromSeconds(30),
        Absence = LimiterState.Memory + TimeSpan.FromMinutes(1),
        ClockTolerance = TimeSpan.FromSeconds(15),
        Connector = "on all machines",
    };

    private StoreKind()
    {
    }

    /// <summary>The store is not on this machine.</summary>
    public bool IsRemote { get; private init; }

    /// <summary>A process with waiting requests syncs at least so often: another process may have ended, or returned a permit.</summary>
    public TimeSpan LongestInterval { get; private init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Requests that wait are admitted together, if so much time brings more of them a permit; zero for each as soon as it can.
    /// </summary>
    public TimeSpan ShortestInterval { get; private init; }

    /// <summary>
    /// When the wait is known and long, a quarter of it passes before the next sync, up to this time: what others return earlier is
    /// little, and each look at a store on a server is a request.
    /// </summary>
    public TimeSpan LongestLook { get; private init; } = TimeSpan.FromSeconds(1);

    /// <summary>The time until the next sync while it is not known when a permit is free.</summary>
    public TimeSpan UnknownWait { get; private init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait for permits that are free, but the share of another process.</summary>
    public TimeSpan LongestYield { get; private init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A process that does not sync within this time after its planned sync loses its share.</summary>
    public TimeSpan Grace { get; private init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The end of a request is written within this time; zero for at once.</summary>
    public TimeSpan ReportWithin { get; private init; }

    /// <summary>The most permits that a process reserves for its next requests.</summary>
    public int Batch { get; private init; }

    /// <summary>
    /// A reserved permit that was not used for so long is returned. Bounds the time in which a 429 to another process has no effect.
    /// </summary>
    public TimeSpan ReserveFor { get; private init; }

    /// <summary>A process with requests in flight syncs at least so often, to show that it is alive; null where that can be seen.</summary>
    public TimeSpan? Heartbeat { get; private init; }

    /// <summary>A process that has not synced for so long has ended: its requests in flight have come to their end.</summary>
    public TimeSpan? Lease { get; private init; }

    /// <summary>
    /// A process that cannot be seen from here and has not synced for so long does not take part any more. Not shorter than requests
    /// matter, because a process that comes back restores them.
    /// </summary>
    public TimeSpan Absence { get; private init; } = TimeSpan.FromHours(1);

    /// <summary>How far a time in the state may lie in the future, because the clocks of two machines are not known exactly.</summary>
    public TimeSpan ClockTolerance { get; private init; }

    /// <summary>Where the processes run that share the store, for messages.</summary>
    public string Connector { get; private init; } = "of this machine";
}
