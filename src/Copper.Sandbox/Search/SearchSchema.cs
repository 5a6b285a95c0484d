using Copper.Sandbox.Accounts;

namespace Copper.Sandbox.Search;

/// <summary>The search endpoint of an entity: its filters, its sort keys and the order without sort_by.</summary>
internal sealed class SearchSchema(EntitySchema entity, string defaultSort, IEnumerable<SearchFilter> filters, params SortKey[] sortKeys)
{
    private readonly Dictionary<string, SearchFilter> _filters = filters.ToDictionary(filter => filter.Name);
    private readonly Dictionary<string, SortKey> _sortKeys = sortKeys.ToDictionary(key => key.Name);

    public EntitySchema Entity { get; } = entity;

    public string DefaultSort { get; } = defaultSort;

    public IEnumerable<string> SortNames => _sortKeys.Keys;

    /// <summary>Whether a sort key that is not among the known ones is accepted: no list of the right ones is published.</summary>
    public bool IgnoresUnknownSortKeys { get; init; }

    /// <summary>Whether results without sort_by come in descending order.</summary>
    public bool DescendingByDefault { get; init; }

    public SearchFilter? FindFilter(string name) => _filters.TryGetValue(name, out var filter) ? filter : null;

    public SortKey? FindSortKey(string name) => _sortKeys.TryGetValue(name, out var key) ? key : null;
}
