namespace Copper.Data.Snapshots;

/// <summary>What a file of a snapshot is like.</summary>
public enum SnapshotFileStatus
{
    /// <summary>It is as it was written, and can be read.</summary>
    Sound,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>Its bytes are not those that were written.</summary>
    Changed,

    /// <summary>It does not belong to the snapshot.</summary>
    Unexpected,
}

/// <summary>The test of one file of a snapshot.</summary>
/// <param name="File">The name below the folder of the snapshot.</param>
/// <param name="Status">What it is like.</param>
/// <param name="Records">The records or list items in it.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Reason">What is wrong with it; null for nothing.</param>
public sealed record CopperSnapshotFileTest(string File, SnapshotFileStatus Status, long Records, long Bytes, string? Reason)
{
    /// <summary>For example <c>Sound: people.jsonl.gz</c>.</summary>
    public override string ToString() => $"{Status}: {File}";
}
