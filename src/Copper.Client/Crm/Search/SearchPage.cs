namespace Copper.Client.Crm.Search;

/// <summary>One page of a result, and what the service said of the whole.</summary>
internal readonly struct SearchPage<T>(IReadOnlyList<T?> records, long? total)
    where T : class
{
    public IReadOnlyList<T?> Records { get; } = records;

    public long? Total { get; } = total;
}
