using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Data.Duplicates;

/// <summary>Records that are probably one, and the one of them that is worth keeping.</summary>
/// <remarks>The text of each list is its items, joined by <c>; </c>, so that a CSV shows them.</remarks>
public sealed class CopperDuplicateGroup
{
    private readonly CopperList<string> _reasons = [];
    private readonly CopperList<ICopperRecord> _records = [];

    /// <summary>The number of the group, from 1. Groups that are certain come first.</summary>
    public int Group { get; init; }

    /// <summary>The kind of records, in the API's singular word.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>How many records there are.</summary>
    public int Count => Records.Count;

    /// <summary>How certain it is.</summary>
    public DuplicateConfidence Confidence { get; init; }

    /// <summary>The rules that bring the records together, for example Email.</summary>
    public IReadOnlyList<string> Reasons
    {
        get => _reasons;
        init => _reasons = new CopperList<string>(value);
    }

    /// <summary>The record that is worth keeping: the one with the most fields, and among equals the oldest.</summary>
    public ICopperRecord? Keep => Records.Count == 0 ? null : Records[0];

    /// <summary>Why this one, in a sentence.</summary>
    public string KeepReason { get; init; } = string.Empty;

    /// <summary>All records, the one to keep first, the others in the order of their ids.</summary>
    public IReadOnlyList<ICopperRecord> Records
    {
        get => _records;
        init => _records = new CopperList<ICopperRecord>(value);
    }

    /// <summary>The ids of the records, in their order.</summary>
    public IReadOnlyList<long> Ids => new CopperList<long>(Records.Select(static record => record.Id));

    /// <summary>For example <c>2 × person Ada Lovelace (7, 12)</c>.</summary>
    public override string ToString() => $"{Count} × {Entity} {Keep} ({string.Join(", ", Ids)})";
}
