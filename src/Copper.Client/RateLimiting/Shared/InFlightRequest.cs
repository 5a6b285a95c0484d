namespace Copper.Client.RateLimiting.Shared;

/// <summary>A request in flight: the service may count it at any time.</summary>
/// <param name="Member">The entry of the process that sends it.</param>
/// <param name="Number">The number of its permit in that process.</param>
/// <param name="Credential">The credential that sends it.</param>
/// <param name="Bulk">It goes to a bulk endpoint.</param>
/// <param name="Since">When it was admitted.</param>
internal sealed record InFlightRequest(Guid Member, long Number, Guid Credential, bool Bulk, TimeSpan Since);
