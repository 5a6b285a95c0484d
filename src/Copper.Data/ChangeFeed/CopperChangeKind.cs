namespace Copper.Data.ChangeFeed;

/// <summary>What happened to a record.</summary>
public enum CopperChangeKind
{
    /// <summary>It is new since the last run; in the first run, it is there.</summary>
    Created,

    /// <summary>It was updated.</summary>
    Changed,

    /// <summary>A lead became a person.</summary>
    Converted,

    /// <summary>It is gone.</summary>
    Deleted,
}
