using Copper.Client.Http;

namespace Copper.Client.Search;

/// <summary>One page of a result, and what the service said of the whole.</summary>
internal readonly struct SearchPage<T>(IReadOnlyList<T?> records, long? total)
    where T : class
{
    public IReadOnlyList<T?> Records { get; } = records;

    public long? Total { get; } = total;

    /// <summary>By their index, the items that cannot be read, in whose places there is null; null when there are none.</summary>
    public IReadOnlyDictionary<int, CopperUnreadableRecordException>? Unreadable { get; init; }

    /// <summary>The writes to these records that had begun when the page came: it may show the effect of any of them.</summary>
    public long WritesBegun { get; init; }
}
