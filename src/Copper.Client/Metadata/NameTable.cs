namespace Copper.Client.Metadata;

/// <summary>One list of the account as names by ids. Safe from any thread.</summary>
internal abstract class NameTable
{
    /// <summary>The names of the list as it was loaded last; null when it never was.</summary>
    public abstract IReadOnlyDictionary<(string? Scope, long Id), string?>? Known(MetadataGeneration generation);
}

/// <summary>One list of the account as names by ids.</summary>
/// <typeparam name="T">The items of the list.</typeparam>
/// <param name="key">Under which name the list is loaded.</param>
/// <param name="entriesOf">Ids and names of an item, each with what tells apart ids that are the same.</param>
internal sealed class NameTable<T>(string key, Func<T, IEnumerable<(string? Scope, long Id, string? Name)>> entriesOf) : NameTable
    where T : class
{
    private volatile Table? _last;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<(string? Scope, long Id), string?>? Known(MetadataGeneration generation)
    {
        var last = _last;
        if (generation.Latest<IReadOnlyList<T>>(key) is { } list && !ReferenceEquals(last?.List, list))
        {
            _last = last = new Table(list, entriesOf);
        }

        return last?.Names;
    }

    private sealed class Table
    {
        public Table(IReadOnlyList<T> list, Func<T, IEnumerable<(string? Scope, long Id, string? Name)>> entriesOf)
        {
            List = list;
            foreach (var (scope, id, name) in list.SelectMany(entriesOf))
            {
                Names[(scope, id)] = name is { Length: > 0 } ? name : null;
            }
        }

        public IReadOnlyList<T> List { get; }

        public Dictionary<(string? Scope, long Id), string?> Names { get; } = [];
    }
}
