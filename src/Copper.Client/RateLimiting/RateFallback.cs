namespace Copper.Client.RateLimiting;

/// <summary>
/// How long an account keeps to further limits, because the service responded with 429 to a session that tried a higher rate: an hour
/// the first time, twice as long each further time, at most a day. Not thread-safe: its owner holds the lock.
/// </summary>
internal sealed class RateFallback
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private TimeSpan _next = Shortest;
    private TimeSpan? _end;

    /// <summary>The time for which the further limits still apply; null when they do not.</summary>
    public TimeSpan? RemainingAt(TimeSpan now) => _end is { } end && now < end ? end - now : null;

    /// <summary>The further limits apply from now on.</summary>
    public void Begin(TimeSpan now)
    {
        _end = now + _next;
        _next = _next + _next < Longest ? _next + _next : Longest;
    }

    /// <summary>Takes over what another limiter of the same account has learned.</summary>
    public void Absorb(RateFallback other)
    {
        _end = other._end > _end || _end is null ? other._end : _end;
        _next = other._next > _next ? other._next : _next;
    }
}
