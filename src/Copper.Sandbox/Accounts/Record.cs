namespace Copper.Sandbox.Accounts;

/// <summary>A stored record: one value for each attribute of its schema. An update of the client brings a new array.</summary>
internal sealed class Record(long id, object?[] values)
{
    public long Id { get; } = id;

    public object?[] Values { get; set; } = values;

    /// <summary>Whether the owner of the key follows the record: visible to searches only.</summary>
    public bool Followed { get; set; }

    /// <summary>The JSON last written for it, and the version of the account's render state it is valid for.</summary>
    public byte[]? Rendered { get; set; }

    public int RenderedVersion { get; set; }
}
