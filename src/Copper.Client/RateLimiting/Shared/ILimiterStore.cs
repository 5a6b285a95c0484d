namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Keeps the bytes of one state for several processes, which change them by compare-and-swap: read, change, and replace if nobody has
/// replaced them meanwhile. A file holds a lock between the two, so that its replacement always succeeds; a store on a server compares
/// versions instead (for example ETag and If-Match of HTTP), so that its read always succeeds.
/// </summary>
internal interface ILimiterStore
{
    /// <summary>The name of the store in messages.</summary>
    string Name { get; }

    /// <summary>What its use costs.</summary>
    StoreKind Kind { get; }

    /// <summary>This machine's clock. How far it is from the store's time is known with each state that is read.</summary>
    Clock Clock { get; }

    /// <summary>What to do when the store cannot be used, for an error.</summary>
    string Advice { get; }

    /// <summary>
    /// The last version that is known here; another one than before when somebody has written. Does not wait for other processes.
    /// </summary>
    string Version { get; }

    /// <summary>Reads the bytes and their version. Dispose the result soon: other processes may have to wait for that.</summary>
    /// <returns>Null when another process uses the store: try again a little later.</returns>
    /// <exception cref="IOException">The store cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The store must not be read or written.</exception>
    ValueTask<IStoredState?> TryReadAsync(CancellationToken cancellationToken);
}
