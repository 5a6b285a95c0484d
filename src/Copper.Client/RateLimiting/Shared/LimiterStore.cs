namespace Copper.Client.RateLimiting.Shared;

/// <summary>Bytes that several processes share, one at a time.</summary>
internal abstract class LimiterStore
{
    /// <summary>What to call it in messages.</summary>
    public abstract string Name { get; }

    /// <summary>Changes whenever somebody has written. It can be read while somebody else has the store open.</summary>
    public virtual long Revision => 0;

    /// <summary>
    /// Reads the bytes, has them changed, and writes them, while nobody else can. Null from <paramref name="change"/> writes nothing.
    /// </summary>
    /// <param name="change">Gets the bytes, empty when there are none, and how long ago they were written.</param>
    /// <returns>False when somebody else has it open: try again a little later.</returns>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read or written.</exception>
    public abstract bool TryUpdate(Func<byte[], TimeSpan, byte[]?> change);
}
