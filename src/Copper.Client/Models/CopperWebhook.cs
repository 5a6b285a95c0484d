using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A subscription: which change of which kind of record is told to which address (developer.copper.com/webhooks).</summary>
public sealed class CopperWebhook : CopperRecord, ICopperRecord, IHoldsSecrets
{
    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The address that notifications are posted to.</summary>
    public string? Target { get; set; }

    /// <summary>The kind of record: person, company, lead, opportunity, project, task or activity_log. Fixed.</summary>
    public string? Type { get; set; }

    /// <summary>The kind of change: new, update or delete. Fixed.</summary>
    public string? Event { get; set; }

    /// <summary>
    /// What each notification carries besides, so that its receiver can tell it from a forged one. Its values are not shown.
    /// </summary>
    [JsonConverter(typeof(SecretMapConverter))]
    public CopperSecretMap? Secret { get; set; }

    /// <summary>The HTTP headers that come with each notification. Their values are not shown.</summary>
    [JsonConverter(typeof(SecretMapConverter))]
    public CopperSecretMap? Headers { get; set; }

    /// <summary>Changes of custom fields name options instead of giving their ids.</summary>
    public bool? CustomFieldComputedValues { get; set; }

    /// <summary>When the subscription was created (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>What the service sends besides. Secrets among them, such as the secret in another spelling, show as <c>***</c>.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    void IHoldsSecrets.RedactSecrets() => Redaction.RedactMembers(AdditionalMembers, inWebhook: true);

    string ICopperRecord.GetEntityType() => CopperEntityNames.Webhook;

    /// <summary>Type, event and target.</summary>
    public override string ToString() => $"{Type}/{Event} to {Target}";
}
