namespace Copper.Sandbox;

/// <summary>A notification that was posted, or was not.</summary>
/// <param name="SubscriptionId">The subscription it belongs to.</param>
/// <param name="Target">Where it was posted to.</param>
/// <param name="Status">Status code of the response, or null if none came.</param>
/// <param name="Failure">Why none came, or null.</param>
public sealed record SandboxDelivery(long SubscriptionId, string Target, int? Status, string? Failure);
