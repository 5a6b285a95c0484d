namespace Copper.Sandbox.Webhooks;

/// <summary>A notification ready to be posted.</summary>
internal sealed record Notification(long SubscriptionId, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body);
