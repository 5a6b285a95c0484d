using Copper.Client.Models;
using Copper.Client.Webhooks;

namespace Copper.Client;

/// <summary>The fields of a webhook subscription (developer.copper.com/webhooks).</summary>
public abstract class WebhookFields : FieldSet
{
    private const string TargetMember = "target";
    private const string SecretMember = "secret";

    private protected WebhookFields()
        : base(CopperEntities.Webhook)
    {
    }

    /// <summary>The https address that notifications are posted to.</summary>
    public Uri? Target
    {
        get => Get<string>() is { } target && Uri.TryCreate(target, UriKind.Absolute, out var address) ? address : null;
        set => Set(value?.OriginalString);
    }

    /// <summary>
    /// What each notification carries besides, so that its receiver can tell it from a forged one: names with values. What is read here
    /// shows the names only.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Secret
    {
        get => Get<CopperSecretMap>();
        set => Set(ToMap(value));
    }

    /// <summary>The HTTP headers that come with each notification. What is read here shows the names only.</summary>
    public IReadOnlyDictionary<string, string>? Headers
    {
        get => Get<CopperSecretMap>();
        set => Set(ToMap(value));
    }

    /// <summary>Changes of custom fields name options instead of giving their ids.</summary>
    public bool? CustomFieldComputedValues
    {
        get => Get<bool?>();
        set => Set(value);
    }

    private protected override void Check(JsonBody fields)
    {
        if (fields.Contains(TargetMember) && fields[TargetMember] is string target
            && !(Uri.TryCreate(target, UriKind.Absolute, out var address)
                && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback))))
        {
            throw new ArgumentException(
                $"'{target}' is no https address, and Copper posts notifications to no other: set {nameof(Target)} to one, for example "
                    + "https://hooks.example.com/copper. A sandbox also posts to http on this machine.");
        }

        if (fields.Contains(SecretMember) && fields[SecretMember] is CopperSecretMap secret
            && secret.Keys.FirstOrDefault(static name => WebhookWords.Members.Contains(name)) is { } taken)
        {
            throw new ArgumentException(
                $"A secret cannot be called '{taken}': a notification has a member of that name, which would be taken for it. "
                    + $"The names taken are: {string.Join(", ", WebhookWords.Members)}.");
        }
    }

    private static CopperSecretMap? ToMap(IReadOnlyDictionary<string, string>? pairs) =>
        pairs is null ? null : pairs as CopperSecretMap ?? new CopperSecretMap(pairs);
}
