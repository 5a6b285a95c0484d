using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>What a backup reads.</summary>
public sealed class BackupOptions
{
    /// <summary>The entities whose records are read, in the API's singular words; all six by default.</summary>
    public IReadOnlyCollection<string> Entities { get; init; } = [.. CopperEntities.Primary.Select(static entity => entity.Name)];

    /// <summary>What is read beside them; the activities by default.</summary>
    public IReadOnlyCollection<SnapshotContent> Include { get; init; } = [SnapshotContent.Activity];

    /// <summary>
    /// An earlier snapshot of the account: activities of long ago, and lists of records that were not modified since, are taken from it
    /// instead of read again. Null to read everything.
    /// </summary>
    public string? Previous { get; init; }

    /// <summary>Go on with a backup that was interrupted.</summary>
    public bool Resumes { get; init; }

    /// <summary>The account writes a close date as dd/MM/yyyy instead of MM/dd/yyyy; noted for those who read the snapshot.</summary>
    public bool DayFirstDates { get; init; }

    /// <summary>The records of one search that the service returns at most; tests lower it.</summary>
    internal long SearchCeiling { get; init; } = 100_000;

    /// <summary>The streams of records that are read at once; tests read one after the other.</summary>
    internal int Concurrency { get; init; } = 4;

    /// <summary>The time that the manifest states; tests put their own here.</summary>
    internal Func<DateTimeOffset> Clock { get; init; } = static () => DateTimeOffset.UtcNow;
}
