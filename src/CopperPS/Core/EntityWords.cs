namespace CopperPS.Core;

/// <summary>The names of entities in sentences.</summary>
internal static class EntityWords
{
    /// <summary>a lead, an opportunity.</summary>
    public static string WithArticle(string entity) => (entity.Length > 0 && entity[0] is 'a' or 'e' or 'i' or 'o' ? "an " : "a ") + entity;

    /// <summary>As the nouns of the cmdlets spell it: Opportunity, ContactType.</summary>
    public static string ToNoun(string entity) =>
        string.Concat(entity.Split(' ').Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
