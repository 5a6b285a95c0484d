namespace Copper.Sandbox.Values;

/// <summary>A user of the account.</summary>
internal sealed record User(long Id, string Name, string Email);

/// <summary>An entry of a reference list, such as a contact type or a loss reason.</summary>
internal sealed record NamedItem(long Id, string Name);

/// <summary>A sales pipeline with its stages in order.</summary>
internal sealed record Pipeline(long Id, string Name, IReadOnlyList<PipelineStage> Stages);

/// <summary>A stage of a pipeline and the chance to win there, in percent.</summary>
internal sealed record PipelineStage(long Id, string Name, long PipelineId, int WinProbability);

/// <summary>A reference list of the account. Copper's API only reads them.</summary>
internal sealed class ReferenceList<T>(Func<T, long> id, Func<T, string> name)
    where T : class
{
    private readonly List<T> _items = [];

    public IReadOnlyList<T> Items => _items;

    public void Add(T item) => _items.Add(item);

    public bool Contains(long itemId) => Find(itemId) is not null;

    public T? Find(long itemId) => _items.Find(item => id(item) == itemId);

    public T? FindByName(string itemName) => _items.Find(item => name(item) == itemName);

    public string? NameOf(long? itemId) => itemId is long known && Find(known) is { } item ? name(item) : null;
}
