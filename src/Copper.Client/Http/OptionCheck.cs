using Copper.Client.RateLimiting;

namespace Copper.Client;

/// <summary>Rejects options that cannot be used when a client is created, and names them, before the first request fails by them.</summary>
internal static class OptionCheck
{
    private const long MostBytes = 1024 * 1024 * 1024;

    // The longest time of a timer of .NET, about 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <exception cref="ArgumentException">One of them cannot be used; the message names it.</exception>
    public static void Common(
        TimeSpan timeout, int maxRetries, TimeSpan longestRetryWait, long maxResponseBytes, string userAgent, Clock clock)
    {
        if (timeout <= TimeSpan.Zero || timeout > Longest)
        {
            throw Reject(nameof(CopperClientOptions.Timeout), $"more than zero and at most {Longest.Days} days", timeout);
        }

        if (maxRetries < 0)
        {
            throw Reject(nameof(CopperClientOptions.MaxRetries), "zero or more", maxRetries);
        }

        if (longestRetryWait < TimeSpan.Zero || longestRetryWait > Longest)
        {
            throw Reject(nameof(CopperClientOptions.LongestRetryWait), $"zero or more and at most {Longest.Days} days", longestRetryWait);
        }

        if (maxResponseBytes is < 1 or > MostBytes)
        {
            throw Reject(nameof(CopperClientOptions.MaxResponseBytes), $"1 to {MostBytes} (1 GB)", maxResponseBytes);
        }

        if (string.IsNullOrWhiteSpace(userAgent) || !userAgent.All(static c => c is >= ' ' and < '\u007f'))
        {
            throw new ArgumentException(
                $"{nameof(CopperClientOptions.UserAgent)} must be a text of one line in ASCII, for example 'My.App/1.0': it goes out as a "
                    + "header.");
        }

        _ = clock ?? throw new ArgumentException($"{nameof(CopperClientOptions.Clock)} must not be null.");
    }

    /// <exception cref="ArgumentException">The limits are null, or hold null; the message names the option.</exception>
    public static void Limits(IReadOnlyList<RateLimit> limits, string option)
    {
        if (limits is null || limits.Contains(null!))
        {
            throw new ArgumentException($"{option} must not be null, nor hold null. An empty list means no limit.");
        }
    }

    /// <exception cref="ArgumentException">Other processes would not learn of a fallback.</exception>
    public static void Fallback(IReadOnlyList<RateLimit> limits, bool isShared)
    {
        if (limits.Count > 0 && isShared)
        {
            throw new ArgumentException(
                $"{nameof(CopperClientOptions.FallbackRateLimits)} cannot be combined with a limit that processes share: the other "
                    + $"processes would not learn of the fallback. Set only {nameof(CopperClientOptions.RateLimits)}.");
        }
    }

    private static ArgumentException Reject(string option, string allowed, object value) =>
        new($"{option} must be {allowed}, not {value}.");
}
