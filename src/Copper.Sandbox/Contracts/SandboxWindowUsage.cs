namespace Copper.Sandbox;

/// <summary>How much of a rate limit was used.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="MaximumSeen">The most requests received within any one of its windows, rejected ones included.</param>
public sealed record SandboxWindowUsage(SandboxRateLimit Limit, int MaximumSeen);
