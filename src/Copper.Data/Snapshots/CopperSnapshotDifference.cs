using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>In what a record of two snapshots differs.</summary>
public enum SnapshotChange
{
    /// <summary>Only the later one has it.</summary>
    Added,

    /// <summary>Only the earlier one has it.</summary>
    Removed,

    /// <summary>Both have it, with other values.</summary>
    Changed,
}

/// <summary>A record in which two snapshots, or a snapshot and the account, differ.</summary>
public sealed class CopperSnapshotDifference
{
    /// <summary>In what it differs.</summary>
    public SnapshotChange Change { get; init; }

    /// <summary>The entity, in the API's singular word.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>The record.</summary>
    public long Id { get; init; }

    /// <summary>The id in the earlier snapshot of a record that was restored under a new one; null for every other record.</summary>
    public long? OldId { get; init; }

    /// <summary>The name of the record, as the later snapshot has it.</summary>
    public string? Name { get; init; }

    /// <summary>The values that changed, property by property; empty unless the record was changed.</summary>
    public PlanChangeList Changes { get; init; } = [];

    /// <summary>The record as the earlier snapshot has it; null when it was added.</summary>
    public ICopperRecord? Before { get; init; }

    /// <summary>The record as the later snapshot has it; null when it was removed.</summary>
    public ICopperRecord? After { get; init; }

    /// <summary>An activity as it came, which may turn up in another month.</summary>
    internal byte[]? Json { get; init; }

    /// <summary>For example <c>Changed: person 7 'Ada'</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Change}: {Entity} {Id} '{Name}'");
}
