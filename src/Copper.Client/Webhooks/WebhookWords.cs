namespace Copper.Client.Webhooks;

/// <summary>The words that the service uses about webhooks (developer.copper.com/webhooks/overview). It may add some at any time.</summary>
public static class WebhookWords
{
    /// <summary>The most subscriptions that an account can have.</summary>
    public const int MaximumSubscriptions = 100;

    /// <summary>The kinds of records about which there are notifications.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. CopperEntities.All.Select(static entity =>
        entity.WebhookType).OfType<string>()];

    /// <summary>The kinds of changes about which there are notifications.</summary>
    public static IReadOnlyList<string> Events { get; } = ["new", "update", "delete"];

    /// <summary>The members that a notification has of itself: a secret of the same name would be lost.</summary>
    public static IReadOnlyList<string> Members { get; } = ["ids", "type", "event", "subscription_id", "timestamp", "updated_attributes"];
}
