using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Webhooks;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>Rejects, before anything is sent, what the service would reject or would accept although it makes no sense.</summary>
internal static class WebhookChecks
{
    /// <summary>What people write for the words of the service, which are theirs in the web app and in other services.</summary>
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["add"] = "new",
        ["added"] = "new",
        ["create"] = "new",
        ["created"] = "new",
        ["insert"] = "new",
        ["change"] = "update",
        ["changed"] = "update",
        ["edit"] = "update",
        ["edited"] = "update",
        ["modified"] = "update",
        ["modify"] = "update",
        ["set"] = "update",
        ["updated"] = "update",
        ["deleted"] = "delete",
        ["remove"] = "delete",
        ["removed"] = "delete",
        [CopperEntityNames.Activity] = CopperEntities.Activity.WebhookType!,
        [CopperEntityNames.Activities] = CopperEntities.Activity.WebhookType!,
        ["contact"] = CopperEntityNames.Person,
        ["deal"] = CopperEntityNames.Opportunity,
    };

    /// <exception cref="InputRejectedException">The service posts to no such address.</exception>
    public static void Target(Uri target, CopperSession session)
    {
        if (!target.IsAbsoluteUri)
        {
            throw RequestValueConverter.Reject($"'{target}' is no whole address. Write it as https://hooks.example.com/copper.", target);
        }

        var isTrial = session.IsSandbox || session.BaseUri.IsLoopback;
        if (target.Scheme != "https" && !(isTrial && target.Scheme == "http" && target.IsLoopback))
        {
            throw RequestValueConverter.Reject($"'{target}' is no https address, and Copper posts notifications to no other. Put a "
                + "TLS front or a tunnel before your listener; a sandbox also posts to http on this machine.", target);
        }
    }

    /// <summary>The word as the service spells it. One that is not known passes only if it is meant.</summary>
    /// <exception cref="InputRejectedException">The word is not known.</exception>
    public static string Word(string parameter, string word, IReadOnlyList<string> known, bool force)
    {
        var trimmed = word.Trim();
        var singular = EntityTransformationAttribute.Singular(trimmed);
        if (known.FirstOrDefault(one => string.Equals(one, trimmed, StringComparison.OrdinalIgnoreCase)
            || string.Equals(one, singular, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            return same;
        }

        var meant = Meanings.TryGetValue(trimmed, out var other) && known.Contains(other) ? other : null;
        return force && trimmed.Length > 0
            ? trimmed
            : throw RequestValueConverter.Reject(
                $"-{parameter} '{word}' is not known. "
                    + (meant is null ? string.Empty : $"The service calls it '{meant}': give -{parameter} {meant}. ")
                    + NameSuggestions.Of(meant is null ? trimmed : string.Empty, known, string.Empty)
                    + $" If the service has added '{trimmed}', -Force lets it through.",
                word);
    }

    /// <exception cref="InputRejectedException">A pair would not arrive as what it is.</exception>
    public static void Secret(CopperSecretMap? secret)
    {
        if (secret?.Keys.FirstOrDefault(static name => WebhookWords.Members.Contains(name)) is { } taken)
        {
            throw RequestValueConverter.Reject($"A secret cannot be called '{taken}': a notification has a member of that name, which "
                + $"would be taken for it. The names taken are: {string.Join(", ", WebhookWords.Members)}.", taken);
        }
    }
}
