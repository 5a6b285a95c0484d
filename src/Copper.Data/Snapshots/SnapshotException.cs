namespace Copper.Data.Snapshots;

/// <summary>A folder is no snapshot, or cannot be used as one; the message says why and what to do.</summary>
public sealed class SnapshotException : Exception
{
    /// <summary>An exception with this message.</summary>
    public SnapshotException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
