using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.ChangeFeed;

/// <summary>What a feed of changes reads.</summary>
public sealed class ChangeFeedOptions
{
    /// <summary>
    /// The kinds of records, in the API's words, singular or plural: person or people. The six primary ones by default. Activities cannot
    /// be searched by modification: with them, all activities are read each time. A word that is none of <see cref="AllEntities"/> is an
    /// <see cref="ArgumentException"/> when the feed is read.
    /// </summary>
    public IReadOnlyList<string> Entities { get; init; } = [.. CopperEntities.Primary.Select(static entity => entity.Name)];

    /// <summary>Look for deleted records, too: for that, all records are read.</summary>
    public bool IncludesDeleted { get; init; }

    /// <summary>
    /// Read all records and compare them, instead of those that say that they were modified: this finds what moves no time of
    /// modification, such as another company of a person.
    /// </summary>
    public bool IsFull { get; init; }

    /// <summary>
    /// What was modified so long before the last run is read once more, since searches may show it late; 10 minutes by default. What has
    /// not changed since is not reported again.
    /// </summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock of the service; tests put their own here.</summary>
    internal Func<DateTimeOffset>? ServiceClock { get; init; }

    /// <summary>The kinds of records by their singular words.</summary>
    /// <exception cref="ArgumentException">A word is none of <see cref="AllEntities"/>; the message lists them.</exception>
    internal IReadOnlyList<string> EntityNames() => [.. Entities.Select(static word =>
        CopperEntities.Primary.Append(CopperEntities.Activity).FirstOrDefault(entity =>
            string.Equals(entity.Name, word, StringComparison.OrdinalIgnoreCase)
            || string.Equals(entity.Path, word, StringComparison.OrdinalIgnoreCase))?.Name
        ?? throw new ArgumentException($"'{word}' is none of the entities of a feed: {string.Join(", ", AllEntities)}.")).Distinct()];

    /// <summary>All that a feed can read.</summary>
    public static IReadOnlyList<string> AllEntities { get; } =
        [.. CopperEntities.Primary.Select(static entity => entity.Name), CopperEntityNames.Activity];
}
