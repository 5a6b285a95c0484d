using System.Globalization;
using System.Text.RegularExpressions;

namespace Copper.Client;

/// <summary>A number of requests in any window of a length, for example 36 in 6 seconds, written <c>36/6s</c>.</summary>
/// <remarks>
/// Copper documents 180 requests a minute and 3 a second on bulk endpoints (developer.copper.com/introduction/requests);
/// older texts state 36 in 6 seconds and 600 in 10 minutes. All windows roll.
/// </remarks>
public sealed class RateLimit : IEquatable<RateLimit>
{
    private static readonly Regex Pattern = new(
        @"^\s*(?<limit>\d{1,9})\s*/\s*(?<count>\d{1,9})?\s*(?<unit>ms|s|m|min|h)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

    /// <summary>A limit of <paramref name="limit"/> requests in any <paramref name="window"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1, or the window below a millisecond or above a day.</exception>
    public RateLimit(int limit, TimeSpan window)
    {
        if (limit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A rate limit allows at least one request.");
        }

        if (window < TimeSpan.FromMilliseconds(1) || window > TimeSpan.FromDays(1))
        {
            throw new ArgumentOutOfRangeException(nameof(window), window, "The window of a rate limit is between a millisecond and a day.");
        }

        Limit = limit;
        Window = window;
    }

    /// <summary>36/6s, 180/1m and 600/10m: every limit that a source names. All of them apply.</summary>
    public static IReadOnlyList<RateLimit> Default { get; } =
        [new(36, TimeSpan.FromSeconds(6)), new(180, TimeSpan.FromSeconds(60)), new(600, TimeSpan.FromSeconds(600))];

    /// <summary>
    /// 180/1m: the one limit that Copper documents today. Beyond 600 requests it is up to three times as fast as
    /// <see cref="Default"/>. Best used with <see cref="CopperClientOptions.FallbackRateLimits"/>.
    /// </summary>
    public static IReadOnlyList<RateLimit> Documented { get; } = [new(180, TimeSpan.FromSeconds(60))];

    /// <summary>3/1s: the further limit of the bulk endpoints.</summary>
    public static RateLimit DefaultBulk { get; } = new(3, TimeSpan.FromSeconds(1));

    /// <summary>How long a completed request matters to a window that is added later, as long as no longer window applies.</summary>
    internal static readonly TimeSpan LongestDocumentedWindow = TimeSpan.FromMinutes(10);

    /// <summary>The number of requests.</summary>
    public int Limit { get; }

    /// <summary>The length of the window.</summary>
    public TimeSpan Window { get; }

    /// <summary>Reads <c>36/6s</c>, <c>180/1m</c>, <c>10/500ms</c> or <c>5000/h</c>: units ms, s, m (or min) and h.</summary>
    /// <exception cref="FormatException">The text is not of that form, or out of range.</exception>
    public static RateLimit Parse(string text)
    {
        var match = Pattern.Match(text ?? string.Empty);
        if (match.Success)
        {
            var limit = int.Parse(match.Groups["limit"].Value, CultureInfo.InvariantCulture);
            var count = match.Groups["count"].Success ? int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) : 1;
            var unit = match.Groups["unit"].Value.ToUpperInvariant() switch
            {
                "MS" => TimeSpan.TicksPerMillisecond,
                "S" => TimeSpan.TicksPerSecond,
                "H" => TimeSpan.TicksPerHour,
                _ => TimeSpan.TicksPerMinute,
            };
            var window = TimeSpan.FromTicks(count * unit);
            if (limit >= 1 && window >= TimeSpan.FromMilliseconds(1) && window <= TimeSpan.FromDays(1))
            {
                return new RateLimit(limit, window);
            }
        }

        throw new FormatException(
            $"'{text}' is not a rate limit. Write the number of requests and the window, for example '36/6s', '180/1m' or '600/10m' "
            + "(units ms, s, m, h; at least one request, at most a day).");
    }

    /// <summary>The form that <see cref="Parse"/> reads, for example <c>36/6s</c>.</summary>
    public override string ToString()
    {
        var ticks = Window.Ticks;
        var (unit, name) =
            ticks % TimeSpan.TicksPerHour == 0 ? (TimeSpan.TicksPerHour, "h")
            : ticks % TimeSpan.TicksPerMinute == 0 ? (TimeSpan.TicksPerMinute, "m")
            : ticks % TimeSpan.TicksPerSecond == 0 ? (TimeSpan.TicksPerSecond, "s")
            : (TimeSpan.TicksPerMillisecond, "ms");
        return string.Format(CultureInfo.InvariantCulture, "{0}/{1}{2}", Limit, ticks / unit, name);
    }

    /// <inheritdoc/>
    public bool Equals(RateLimit? other) => other is not null && other.Limit == Limit && other.Window == Window;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RateLimit);

    /// <inheritdoc/>
    public override int GetHashCode() => (Limit * 397) ^ Window.GetHashCode();
}
