namespace Copper.Data.Duplicates;

/// <summary>The ids of records that are probably one.</summary>
/// <param name="Ids">The ids in their order.</param>
/// <param name="Confidence">How certain it is.</param>
/// <param name="Reasons">The rules that bring them together.</param>
public sealed record DuplicateSet(IReadOnlyList<long> Ids, DuplicateConfidence Confidence, IReadOnlyList<string> Reasons);

/// <summary>What an index found.</summary>
/// <param name="Sets">The sets, those that are certain first.</param>
/// <param name="Warnings">Keys that were no reason by themselves.</param>
public sealed record DuplicateSets(IReadOnlyList<DuplicateSet> Sets, IReadOnlyList<string> Warnings);
