namespace Copper.Client.RateLimiting.Shared;

/// <summary>A request that the service had counted by this time.</summary>
/// <param name="Time">When its response began, or it failed.</param>
/// <param name="Credential">The credential that sent it.</param>
/// <param name="Bulk">It went to a bulk endpoint.</param>
internal readonly record struct CompletedRequest(TimeSpan Time, Guid Credential, bool Bulk);
