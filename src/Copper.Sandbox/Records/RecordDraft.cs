namespace Copper.Sandbox;

/// <summary>A record while it is being created or updated.</summary>
internal sealed class RecordDraft(Account account, EntitySchema schema, Record? existing, DateTimeOffset now)
{
    private readonly HashSet<string> _sent = [];

    public Account Account { get; } = account;

    public EntitySchema Schema { get; } = schema;

    /// <summary>The record that is updated, or null while one is created.</summary>
    public Record? Existing { get; } = existing;

    public object?[] Values { get; } = existing is null ? schema.EmptyValues() : (object?[])existing.Values.Clone();

    public ValidationErrors Errors { get; } = new();

    /// <summary>Now, in Unix seconds.</summary>
    public long Now { get; } = now.ToUnixTimeSeconds();

    public bool IsNew => Existing is null;

    public object? this[string attribute]
    {
        get => Values[Schema.IndexOf(attribute)];
        set => Values[Schema.IndexOf(attribute)] = value;
    }

    /// <summary>Whether the client sent the attribute.</summary>
    public bool WasSent(string attribute) => _sent.Contains(attribute);

    public void Send(string attribute, object? value)
    {
        _sent.Add(attribute);
        this[attribute] = value;
    }

    public object? ValueBefore(string attribute) => Existing?.Values[Schema.IndexOf(attribute)];
}
