namespace Copper.Sandbox.Hub;

/// <summary>A record: its attributes as texts, in the words of the wire.</summary>
internal sealed class HubRecord(long id)
{
    private readonly Dictionary<string, string?> _attributes = new(StringComparer.Ordinal);

    public long Id { get; } = id;

    public string? this[string name]
    {
        get => _attributes.TryGetValue(name, out string? value) ? value : null;
        set => _attributes[name] = value;
    }

    public bool Is(string name, long id) => this[name] == HubNumbers.Text(id);
}
