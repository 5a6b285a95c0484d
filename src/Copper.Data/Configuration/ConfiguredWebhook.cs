using System.Text.RegularExpressions;
using Copper.Client.Models;

namespace Copper.Data.Configuration;

/// <summary>
/// A subscription to a webhook of a configuration. What may be secret is not in it: the values of its secret and its headers, and those in
/// the query of its address, where services such as Azure Automation keep a token.
/// </summary>
public sealed class ConfiguredWebhook
{
    /// <summary>Stands for what is left out.</summary>
    public const string Mask = "***";

    private static readonly Regex UserInfo = new(@"(?<=^[a-zA-Z][\w+.-]*://)[^/?#@]*@", RegexOptions.CultureInvariant);
    private static readonly Regex QueryValue = new(@"(?<=[?&][^=&#]*=)[^&#]+", RegexOptions.CultureInvariant);
    private static readonly Regex BareQuery = new(@"(?<=\?)[^=&#]+(?=$|#)", RegexOptions.CultureInvariant);

    /// <summary>The kind of record, in the API's word.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>The kind of change: new, update or delete.</summary>
    public string Event { get; init; } = string.Empty;

    /// <summary>The address that notifications are posted to; *** stands for what may be secret.</summary>
    public string Target { get; init; } = string.Empty;

    /// <summary>Notifications name the options of custom fields instead of giving their ids.</summary>
    public bool ComputedCustomFields { get; init; }

    /// <summary>Notifications carry a secret.</summary>
    public bool HasSecret { get; init; }

    /// <summary>Notifications come with headers of their own.</summary>
    public bool HasHeaders { get; init; }

    /// <summary>The subscription of the account; null for one of a file.</summary>
    internal CopperWebhook? Setting { get; init; }

    /// <summary>Something of it is secret, so that it cannot be created from what is here.</summary>
    internal bool NeedsSecret => HasSecret || HasHeaders || Target.Contains(Mask);

    internal static ConfiguredWebhook Of(CopperWebhook webhook) => new()
    {
        Type = webhook.Type ?? string.Empty,
        Event = webhook.Event ?? string.Empty,
        Target = WithoutSecrets(webhook.Target ?? string.Empty),
        ComputedCustomFields = webhook.CustomFieldComputedValues ?? false,
        HasSecret = webhook.Secret is { Count: > 0 },
        HasHeaders = webhook.Headers is { Count: > 0 },
        Setting = webhook,
    };

    /// <summary>The address without what may be a password or a token.</summary>
    internal static string WithoutSecrets(string address) =>
        BareQuery.Replace(QueryValue.Replace(UserInfo.Replace(address, Mask + "@"), Mask), Mask);

    /// <summary>For example <c>person/new to https://example.com/hook</c>.</summary>
    public override string ToString() => $"{Type}/{Event} to {Target}";
}
