namespace Copper.Client;

/// <summary>One page of a result, and what the service stated about the whole.</summary>
/// <param name="Records">The records in their places; null where the service sent null, or where an item cannot be read.</param>
/// <param name="Total">The number of records of the whole result at most; null when the service did not state it.</param>
/// <param name="Unreadable">The items that cannot be read.</param>
/// <param name="MutationsBegun">
/// The requests that may change these records and had begun when the page came: it may show the effect of any of them.
/// </param>
internal sealed record SearchPage<T>(
    IReadOnlyList<T?> Records,
    long? Total,
    IReadOnlyList<CopperUnreadableRecordException> Unreadable,
    long MutationsBegun)
    where T : class;
