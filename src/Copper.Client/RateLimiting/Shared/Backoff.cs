namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// The pauses between attempts to use a store that others use: they grow, and are random, so that processes do not collide again.
/// </summary>
internal sealed class Backoff
{
    private const double First = 2;
    private const double Longest = 100;
    private readonly Random _jitter = new(Guid.NewGuid().GetHashCode());
    private int _attempts;

    /// <summary>The next pause: 1 to 2 ms at first, then twice as long each time, 50 to 100 ms at last.</summary>
    public TimeSpan Next()
    {
        var longest = Math.Min(Longest, First * Math.Pow(2, _attempts));
        _attempts += longest < Longest ? 1 : 0;
        return TimeSpan.FromMilliseconds(longest * (1 + _jitter.NextDouble()) / 2);
    }

    /// <summary>The store was free: the next pause is a short one again.</summary>
    public void Reset() => _attempts = 0;
}
