namespace Copper.Client.RateLimiting;

/// <summary>How one window stands at this moment.</summary>
public sealed class RateLimitStatus
{
    internal RateLimitStatus(RateLimit limit, int used, TimeSpan nextSlot, bool bulk)
    {
        Limit = limit.Limit;
        Window = limit.Window;
        Used = used;
        NextSlot = nextSlot;
        IsBulk = bulk;
    }

    /// <summary>The requests allowed in one window.</summary>
    public int Limit { get; }

    /// <summary>The window's length.</summary>
    public TimeSpan Window { get; }

    /// <summary>The places taken: requests on their way, and answers younger than the window.</summary>
    public int Used { get; }

    /// <summary>The places left.</summary>
    public int Free => Math.Max(0, Limit - Used);

    /// <summary>The wait until a place is free: zero when one is. While every place is held by a request without an answer, the window's length.</summary>
    public TimeSpan NextSlot { get; }

    /// <summary>Which requests the window counts.</summary>
    public string AppliesTo => IsBulk ? "Bulk endpoints" : "All requests";

    /// <summary>The number of processes that keep the window together, this one included; null when it is this process's alone.</summary>
    public int? SharedBy { get; internal init; }

    internal bool IsBulk { get; }

    internal bool IsOfTheSameWindow(RateLimitStatus other) => other.Limit == Limit && other.Window == Window && other.IsBulk == IsBulk;

    /// <summary>The same window, as full as the fuller of the two says.</summary>
    internal RateLimitStatus With(RateLimitStatus? own) => own is null ? this
        : new(new RateLimit(Limit, Window), Math.Max(Used, own.Used), own.NextSlot > NextSlot ? own.NextSlot : NextSlot, IsBulk) { SharedBy = SharedBy };
}
