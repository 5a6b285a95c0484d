using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>The warning of tags that nothing in the account has: one is misspelled sooner than missing.</summary>
internal static class UnknownTags
{
    /// <summary>The account's tags, from the session's cache where they are; none when they cannot be read.</summary>
    public static async Task<IReadOnlyList<CopperTag>> ReadAsync(CopperClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Metadata.Tags.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            return [];
        }
    }

    /// <summary>The warning; null when the account has each of the tags, or when its tags are not known.</summary>
    /// <param name="tags">The tags, wildcards too.</param>
    /// <param name="subject">What was looked for: of the people.</param>
    /// <param name="known">The account's tags.</param>
    public static string? Warning(IEnumerable<string> tags, string subject, IReadOnlyList<CopperTag> known)
    {
        var names = known.Select(static tag => tag.Name).OfType<string>().ToArray();
        var unknown = tags.Select(static tag => tag.Trim()).FirstOrDefault(tag => NameFilter.Of(tag) is { } pattern
            ? !names.Any(pattern.IsMatch)
            : !names.Contains(tag, StringComparer.OrdinalIgnoreCase));
        return names.Length == 0 || string.IsNullOrEmpty(unknown) ? null
            : $"None {subject} has the tag '{VisibleText.Of(unknown!)}', and nothing in the account has it. "
                + NameSuggestions.Of(
                    unknown!.Trim('*', '?'), names.OrderBy(static name => name, StringComparer.CurrentCultureIgnoreCase), string.Empty);
    }
}
