namespace Copper.Data.ChangeFeed;

/// <summary>The state of a feed cannot be used as it is; the message says why and what to do. Nothing was read.</summary>
public sealed class ChangeFeedException : Exception
{
    /// <summary>A change feed that cannot go on.</summary>
    public ChangeFeedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
