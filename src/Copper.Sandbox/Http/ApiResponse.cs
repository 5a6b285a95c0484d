namespace Copper.Sandbox.Http;

/// <summary>A successful response. The service responds with 200 to everything that works.</summary>
/// <param name="Body">JSON.</param>
/// <param name="Total">For searches: how many records match, sent as X-PW-TOTAL.</param>
internal sealed record ApiResponse(byte[] Body, long? Total = null);
