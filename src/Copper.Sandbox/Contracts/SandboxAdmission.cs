namespace Copper.Sandbox;

/// <summary>The verdict of the rate limits on a request, fixed at the instant it was received.</summary>
/// <param name="ReceivedAt">When the request was received.</param>
/// <param name="Allowed">Whether every limit leaves room for it.</param>
/// <param name="RetryAfter">How long until there is room again; zero if there is.</param>
public sealed record SandboxAdmission(DateTimeOffset ReceivedAt, bool Allowed, TimeSpan RetryAfter);
