using System.ComponentModel;

namespace Copper.Client.Metadata;

/// <summary>
/// The existing names, for the message of an error about an unknown name: those that were probably meant, then the others.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NameSuggestions
{
    /// <summary>More names than these are not listed in a message.</summary>
    private const int Most = 12;

    /// <summary>More names that are equally near are no help: then the list is all there is to say.</summary>
    private const int MostMeant = 3;

    /// <summary>The names that there are, in a sentence: those that were probably meant, then the others in the given order.</summary>
    /// <param name="sought">The name that was given.</param>
    /// <param name="names">The names that there are, in the order in which they are listed.</param>
    /// <param name="none">The text when there are none.</param>
    public static string Of(string sought, IEnumerable<string?> names, string none) =>
        Of(sought, names.OfType<string>().Select(name => (name, EditDistance.Between(sought, name))), none);

    /// <inheritdoc cref="Of(string, IEnumerable{string}, string)"/>
    /// <param name="sought">The name that was given.</param>
    /// <param name="names">The names in the order in which they are listed, and how far each is from the one that was given.</param>
    /// <param name="none">The text when there are none.</param>
    public static string Of(string sought, IEnumerable<(string Name, int Distance)> names, string none) =>
        Of(sought, names.Select(static name => (name.Name, (string?)null, name.Distance)), none);

    /// <summary>As the others, of names that are told apart by where they belong: Negotiation (Sales).</summary>
    internal static string Of(string sought, IEnumerable<(string Name, string? Place, int Distance)> names, string none)
    {
        var all = names
            .Where(static candidate => candidate.Name.Length > 0)
            .GroupBy(static candidate => Plain(candidate), StringComparer.OrdinalIgnoreCase)
            .Select(static same => same.First())
            .ToArray();
        if (all.Length == 0)
        {
            return none;
        }

        var meant = Meant(sought.Trim(), all);
        var others = all.Where(candidate => !meant.Contains(candidate)).Select(Plain).ToArray();
        var shown = Most - meant.Length;
        var more = others.Length > shown ? $" and {others.Length - shown} more" : string.Empty;
        var list = $"{string.Join(", ", others.Take(shown))}{more}.";
        if (meant.Length == 0)
        {
            return "There are: " + list;
        }

        var question = $"Did you mean {string.Join(" or ", meant.Select(Quoted))}?";
        return others.Length == 0 ? question : $"{question} There are also: {list}";
    }

    /// <summary>The nearest names, if at most a third of the letters is wrong.</summary>
    private static (string Name, string? Place, int Distance)[] Meant(
        string sought, (string Name, string? Place, int Distance)[] names)
    {
        var least = names.Min(static candidate => candidate.Distance);
        var nearest = names.Where(candidate => candidate.Distance == least).ToArray();
        return sought.Length > 1 && least <= Math.Max(1, sought.Length / 3) && nearest.Length <= MostMeant ? nearest : [];
    }

    private static string Plain((string Name, string? Place, int Distance) candidate) =>
        candidate.Place is null ? candidate.Name : $"{candidate.Name} ({candidate.Place})";

    private static string Quoted((string Name, string? Place, int Distance) candidate) =>
        candidate.Place is null ? $"'{candidate.Name}'" : $"'{candidate.Name}' ({candidate.Place})";
}
