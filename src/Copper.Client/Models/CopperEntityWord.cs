namespace Copper.Client.Models;

/// <summary>
/// The words of the API for a kind of record: singular in bodies, plural in paths, and a third spelling in connections,
/// where people are "people" among singular words (developer.copper.com/custom-fields/connect-fields).
/// </summary>
public sealed class CopperEntityWord
{
    private CopperEntityWord(string singular, string plural, string? connected = null)
    {
        Singular = singular;
        Plural = plural;
        Connected = connected ?? singular;
    }

    /// <summary>The six kinds of records.</summary>
    public static IReadOnlyList<CopperEntityWord> All { get; } =
    [
        new("lead", "leads"),
        new("person", "people", "people"),
        new("company", "companies"),
        new("opportunity", "opportunities"),
        new("project", "projects"),
        new("task", "tasks"),
    ];

    /// <summary>For example person.</summary>
    public string Singular { get; }

    /// <summary>For example people.</summary>
    public string Plural { get; }

    /// <summary>As the ends of connections spell it.</summary>
    public string Connected { get; }

    /// <summary>The words of an entity, named by any of them; null when it is none of the six.</summary>
    public static CopperEntityWord? Find(string? word) => All.FirstOrDefault(entity =>
        string.Equals(entity.Singular, word, StringComparison.OrdinalIgnoreCase) || string.Equals(entity.Plural, word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The words of an entity.</summary>
    /// <exception cref="ArgumentException">It is none of the six.</exception>
    public static CopperEntityWord Of(string word) =>
        Find(word) ?? throw new ArgumentException($"'{word}' is not one of: {string.Join(", ", All.Select(static entity => entity.Singular))}.");

    /// <inheritdoc/>
    public override string ToString() => Singular;
}
