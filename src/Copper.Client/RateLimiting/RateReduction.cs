namespace Copper.Client.RateLimiting;

/// <summary>What a 429 has changed for all sessions of an account.</summary>
/// <param name="Hold">The time for which nobody sends.</param>
/// <param name="Share">The part of each limit that may be used, 1/16 to 1.</param>
/// <param name="Further">An earlier 429 had reduced the rate already.</param>
/// <param name="Fallback">The limits that apply in addition for the time being; empty when none do.</param>
/// <param name="FallbackFor">For how long they do.</param>
internal sealed record RateReduction(
    TimeSpan Hold, double Share, bool Further, IReadOnlyList<RateLimit> Fallback, TimeSpan FallbackFor);
