using Copper.Client.Json;

namespace Copper.Client.RateLimiting;

/// <summary>The state of one window at this moment.</summary>
public sealed class RateLimitStatus
{
    internal RateLimitStatus(RateLimit limit, int used, TimeSpan nextSlot, bool bulk)
        : this(limit.Limit, limit.Window, used, nextSlot, bulk)
    {
    }

    internal RateLimitStatus(int limit, TimeSpan window, int used, TimeSpan nextSlot, bool bulk)
    {
        Limit = limit;
        Window = window;
        Used = used;
        NextSlot = nextSlot;
        IsBulk = bulk;
    }

    /// <summary>The requests allowed in one window.</summary>
    public int Limit { get; }

    /// <summary>The window's length.</summary>
    public TimeSpan Window { get; }

    /// <summary>The permits in use: of requests in flight, and of responses younger than the window.</summary>
    public int Used { get; }

    /// <summary>The permits left.</summary>
    public int Free => Math.Max(0, Limit - Used);

    /// <summary>
    /// The wait until a permit is free: zero when one is. While every permit belongs to a request in flight, the window's length.
    /// </summary>
    public TimeSpan NextSlot { get; }

    /// <summary>Which requests the window counts.</summary>
    public string AppliesTo => IsBulk ? "Bulk endpoints" : "All requests";

    /// <summary>The number of processes that share the window, this one included; null when only this process uses it.</summary>
    public int? SharedBy { get; internal init; }

    /// <summary>
    /// The processes that share the window, this one included: "process 4711", and "on RUNNER-2" when they may be on several machines,
    /// and when it was last seen if that is some time ago: it is idle, or has ended. Empty when only this process uses it.
    /// </summary>
    public IReadOnlyList<string> SharedWith { get; internal init; } = new CopperList<string>();

    /// <summary>
    /// Why the window is not shared for the time being, although it should be: this row is then the share that this process keeps to
    /// meanwhile. Null when it is shared, and when nobody asked for that.
    /// </summary>
    public string? Outage { get; internal init; }

    /// <summary>
    /// How much longer the window applies, when it does only because the service responded with 429 to a session that tries a higher
    /// rate (<see cref="CopperClientOptions.FallbackRateLimits"/>). Null when it applies while the session is open.
    /// </summary>
    public TimeSpan? AppliesFor { get; internal init; }

    internal bool IsBulk { get; }

    /// <summary>For example <c>36/6s: 12 used, 24 free</c>, with the wait where no permit is free.</summary>
    public override string ToString() =>
        $"{new RateLimit(Math.Max(1, Limit), Window)}{(IsBulk ? " (bulk)" : string.Empty)}: {Used} used, {Free} free"
            + (NextSlot > TimeSpan.Zero ? $", next in {NextSlot:c}" : string.Empty);

    internal bool IsOfTheSameWindow(RateLimitStatus other) => other.Limit == Limit && other.Window == Window && other.IsBulk == IsBulk;

    /// <summary>The same window, with the higher use and the longer wait of the two.</summary>
    internal RateLimitStatus With(RateLimitStatus? own) => own is null ? this
        : new(Limit, Window, Math.Max(Used, own.Used), own.NextSlot > NextSlot ? own.NextSlot : NextSlot, IsBulk)
        {
            SharedBy = SharedBy,
            SharedWith = SharedWith,
            Outage = Outage,
            AppliesFor = own.AppliesFor is null || own.AppliesFor > AppliesFor ? own.AppliesFor : AppliesFor,
        };
}
