namespace Copper.Client.RateLimiting.Shared;

/// <summary>The use of one window.</summary>
/// <param name="Used">The permits in use.</param>
/// <param name="Free">The free permits.</param>
/// <param name="Next">When a permit is free; null while that depends on a response.</param>
internal readonly record struct WindowUse(int Used, int Free, TimeSpan? Next);
