using Copper.Client.Models;
using Copper.Client.Webhooks;

namespace Copper.Client;

/// <summary>A new webhook subscription: one kind of change of one kind of record.</summary>
/// <example><code>
/// await client.Webhooks.CreateAsync(new WebhookCreate
/// {
///     Target = new Uri("https://hooks.example.com/copper"), Type = "person", Event = "update",
///     Secret = new Dictionary&lt;string, string&gt; { ["key"] = secret },
/// })
/// </code></example>
public sealed class WebhookCreate : WebhookFields, INewRecord<CopperWebhook>
{
    /// <summary>The kind of record: person, company, lead, opportunity, project, task or activity_log.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public string? Type
    {
        get => Get<string>();
        set => SetWord(value, WebhookWords.Types);
    }

    /// <summary>The kind of change: new, update or delete.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public string? Event
    {
        get => Get<string>();
        set => SetWord(value, WebhookWords.Events);
    }

    private protected override void Check(JsonBody fields)
    {
        if (new[] { nameof(Target), nameof(Type), nameof(Event) }.FirstOrDefault(property => !IsSet(property)) is { } missing)
        {
            throw new ArgumentException($"A new subscription says what is posted to where: set {missing}.");
        }

        base.Check(fields);
    }
}
