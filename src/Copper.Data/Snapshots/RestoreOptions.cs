namespace Copper.Data.Snapshots;

/// <summary>What is done about a record whose place somebody else has taken: with its e-mail address or domain, or its name.</summary>
public enum RestoreConflict
{
    /// <summary>It waits for a decision.</summary>
    Hold,

    /// <summary>The record that is there stays as it is, and stands for the one of the snapshot.</summary>
    Skip,

    /// <summary>The record that is there gets the values of the snapshot.</summary>
    Overwrite,
}

/// <summary>Which records are restored.</summary>
public enum RestoreScope
{
    /// <summary>Those that are missing are created again, and those that were changed get their values back.</summary>
    All,

    /// <summary>Only those that are missing.</summary>
    Missing,

    /// <summary>Only those that were changed.</summary>
    Changed,
}

/// <summary>What is restored of a snapshot, and how.</summary>
public sealed class RestoreOptions
{
    /// <summary>Only these entities, in the API's singular words; null for all that the snapshot has.</summary>
    public IReadOnlyCollection<string>? Entities { get; init; }

    /// <summary>Only the records with these ids; null for all. They are of the one entity that is named.</summary>
    public IReadOnlyCollection<long>? Ids { get; init; }

    /// <summary>Missing records, changed ones, or both.</summary>
    public RestoreScope Scope { get; init; }

    /// <summary>Of changed records only these properties: by their names, those of fields, or of custom fields; null for all.</summary>
    public IReadOnlyCollection<string>? Properties { get; init; }

    /// <summary>Users of the snapshot and those who take their place: ids, e-mail addresses or names; null for nobody.</summary>
    public IReadOnlyDictionary<string, string?> Users { get; init; } = new Dictionary<string, string?>();

    /// <summary>What is done where somebody else has taken the place of a missing record.</summary>
    public RestoreConflict Conflict { get; init; }

    /// <summary>How the account writes a close date.</summary>
    public string DateFormat { get; init; } = "MM/dd/yyyy";
}
