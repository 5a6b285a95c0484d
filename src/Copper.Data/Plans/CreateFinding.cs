using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>Whether a create whose outcome is unknown was carried out.</summary>
/// <param name="Record">The record that came of it; null when there is none, or it is not certain which it is.</param>
/// <param name="Candidates">The records that it could be.</param>
/// <param name="Unreadable">Why a record that was found cannot be told from it; null when all can.</param>
internal sealed record CreateFinding(ICopperRecord? Record, IReadOnlyList<long> Candidates, string? Unreadable = null)
{
    public static CreateFinding Missing { get; } = new(null, []);

    public static CreateFinding Of(ICopperRecord record) => new(record, []);

    public static CreateFinding Unclear(IEnumerable<long> candidates) => new(null, [.. candidates]);
}
