using Copper.Client.Models;

namespace CopperPS.Core;

/// <summary>The names of entities in sentences.</summary>
internal static class EntityWords
{
    /// <summary>a lead, an opportunity.</summary>
    public static string WithArticle(string entity) => CopperEntityNames.WithArticle(entity);

    /// <summary>As the nouns of the cmdlets spell it: Opportunity, ContactType.</summary>
    public static string ToNoun(string entity) =>
        string.Concat(entity.Split(' ').Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
