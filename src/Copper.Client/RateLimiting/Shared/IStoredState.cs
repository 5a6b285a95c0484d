namespace Copper.Client.RateLimiting.Shared;

/// <summary>One version of the bytes in a store.</summary>
internal interface IStoredState : IDisposable
{
    /// <summary>The bytes; empty when there are none.</summary>
    byte[] Bytes { get; }

    /// <summary>How long ago they were written; negative or very long when the clock has changed.</summary>
    TimeSpan Age { get; }

    /// <summary>
    /// The store's time, in which all times of the state are: it is the same for all processes that use the store. For a file that is
    /// the monotonic clock of the machine, so the offset is none.
    /// </summary>
    ClockOffset Offset { get; }

    /// <summary>Replaces the bytes if the store still contains this version.</summary>
    /// <returns>False when another process has replaced them: nothing is written. Read again.</returns>
    /// <exception cref="IOException">The store cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The store must not be written.</exception>
    ValueTask<bool> TryReplaceAsync(byte[] bytes, CancellationToken cancellationToken);
}
