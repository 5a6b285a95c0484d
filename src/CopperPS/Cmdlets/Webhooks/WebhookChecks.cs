using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Webhooks;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>Rejects, before anything is sent, what the service would reject or would accept although it makes no sense.</summary>
internal static class WebhookChecks
{
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
        if (known.FirstOrDefault(one => string.Equals(one, trimmed, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            return same;
        }

        var hint = string.Equals(trimmed, CopperEntityNames.Activity, StringComparison.OrdinalIgnoreCase) ? " Activities are called "
            + "activity_log here." : string.Empty;
        return force && trimmed.Length > 0
            ? trimmed
            : throw RequestValueConverter.Reject($"-{parameter} '{word}' is not known. "
                + $"{NameSuggestions.Of(trimmed, known, string.Empty)}{hint} If the service has added it, -Force lets it through.", word);
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
