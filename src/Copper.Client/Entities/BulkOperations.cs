namespace Copper.Client;

/// <summary>What the service does in bulk with one kind of record.</summary>
[Flags]
public enum BulkOperations
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It creates up to ten in one request.</summary>
    Create = 1,

    /// <summary>It updates up to ten in one request.</summary>
    Update = 2,
}
