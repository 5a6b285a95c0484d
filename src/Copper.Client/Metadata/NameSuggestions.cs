using System.ComponentModel;

namespace Copper.Client.Metadata;

/// <summary>The existing names, for the message of an error about an unknown name: the nearest come first.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NameSuggestions
{
    /// <summary>More names than these are not listed in a message.</summary>
    private const int Most = 12;

    /// <summary>The names that there are, in a sentence, the nearest first.</summary>
    /// <param name="sought">The name that was given.</param>
    /// <param name="names">The names that there are.</param>
    /// <param name="none">The text when there are none.</param>
    public static string Of(string sought, IEnumerable<string?> names, string none) =>
        Of(names.OfType<string>().Select(name => (name, EditDistance.Between(sought, name))), none);

    /// <summary>The names that there are, in a sentence, the nearest first.</summary>
    /// <param name="names">The names that there are, and how far each is from the one that was given.</param>
    /// <param name="none">The text when there are none.</param>
    public static string Of(IEnumerable<(string Name, int Distance)> names, string none)
    {
        var nearest = names
            .Where(static candidate => candidate.Name.Length > 0)
            .OrderBy(static candidate => candidate.Distance)
            .ThenBy(static candidate => candidate.Name, StringComparer.OrdinalIgnoreCase)
            .Select(static candidate => candidate.Name)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        var more = nearest.Length > Most ? $" and {nearest.Length - Most} more" : string.Empty;
        return nearest.Length == 0 ? none : $"There are: {string.Join(", ", nearest.Take(Most))}{more}.";
    }
}
