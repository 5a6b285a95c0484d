namespace Copper.Data.Snapshots;

/// <summary>How two snapshots are compared.</summary>
public sealed class CompareOptions
{
    /// <summary>Only these entities, in the API's singular words; null for all that both snapshots have.</summary>
    public IReadOnlyCollection<string>? Entities { get; init; }

    /// <summary>The property is left out, by its name.</summary>
    public Func<string, bool> Excludes { get; init; } = static _ => false;

    /// <summary>Properties that the service sets by itself are compared too: the time of the last update, or the number of
    /// interactions.</summary>
    public bool IncludeComputed { get; init; }

    /// <summary>Records that were restored under new ids, each of which is compared with what it was; null for none.</summary>
    public RestoredRecords? Restored { get; init; }
}
