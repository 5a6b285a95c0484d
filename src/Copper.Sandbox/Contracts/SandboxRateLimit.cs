using System.Globalization;

namespace Copper.Sandbox;

/// <summary>At most <paramref name="Limit"/> requests within any rolling <paramref name="Window"/>.</summary>
/// <param name="Limit">Number of requests.</param>
/// <param name="Window">Length of the rolling window.</param>
public sealed record SandboxRateLimit(int Limit, TimeSpan Window)
{
    /// <summary>36 requests in 6 seconds, 180 in a minute, 600 in ten minutes: every limit the service has documented so far.</summary>
    /// <remarks>Source: developer.copper.com/introduction/requests (180 a minute) and the older Copper API introduction (the other
    /// two).</remarks>
    public static IReadOnlyList<SandboxRateLimit> Default { get; } =
    [
        new(36, TimeSpan.FromSeconds(6)),
        new(180, TimeSpan.FromMinutes(1)),
        new(600, TimeSpan.FromMinutes(10)),
    ];

    /// <summary>3 requests a second, counted for the bulk endpoints only. Source: developer.copper.com, bulk operations.</summary>
    public static SandboxRateLimit DocumentedBulk { get; } = new(3, TimeSpan.FromSeconds(1));

    /// <summary>Shows the limit as <c>36/6s</c>.</summary>
    /// <returns>The limit and the window in seconds.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}/{1}s", Limit, Window.TotalSeconds);
}
