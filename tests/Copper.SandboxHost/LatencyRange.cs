using System.Globalization;

namespace Copper.SandboxHost;

/// <summary>A delay in milliseconds, drawn anew for each request.</summary>
public readonly record struct LatencyRange(int MinimumMs, int MaximumMs)
{
    /// <summary>Reads <c>300</c> or <c>100-300</c>.</summary>
    public static LatencyRange Parse(string text)
    {
        int[] bounds = [.. text.Split('-').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return new LatencyRange(bounds[0], bounds[^1]);
    }

    public TimeSpan Next() => TimeSpan.FromMilliseconds(
        MaximumMs <= MinimumMs ? MinimumMs : Random.Shared.Next(MinimumMs, MaximumMs + 1));
}
