namespace Copper.Data.Duplicates;

/// <summary>From which record a value is taken that the record to keep lacks, and which record is kept where nobody says so.</summary>
public enum MergePreference
{
    /// <summary>The record with the most values, and among equals the oldest.</summary>
    MostComplete,

    /// <summary>The record that was created first.</summary>
    Oldest,

    /// <summary>The record that was created last.</summary>
    Newest,
}

/// <summary>Records that are one.</summary>
public sealed class MergeGroup
{
    /// <summary>The entity, in the API's singular word: person, company or lead.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>The record to keep; null to have it chosen by the preference.</summary>
    public long? Keep { get; init; }

    /// <summary>The records that are merged into it. The one to keep may be among them.</summary>
    public IReadOnlyCollection<long> Ids { get; init; } = [];
}
