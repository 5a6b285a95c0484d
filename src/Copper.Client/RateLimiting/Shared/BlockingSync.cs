namespace Copper.Client.RateLimiting.Shared;

/// <summary>Syncs on the caller's thread when a session opens or closes, within a limited time. Has no state and no lock.</summary>
/// <param name="store">The store.</param>
/// <param name="trySync">Syncs once; false when another process uses the store.</param>
/// <param name="requestSync">Requests a sync on another thread.</param>
internal sealed class BlockingSync(ILimiterStore store, Func<CancellationToken, ValueTask<bool>> trySync, Action requestSync)
{
    private static readonly TimeSpan LongestClosing = TimeSpan.FromMilliseconds(200);

    /// <summary>The pauses before a store that cannot be reached is tried again: one lost response is no outage.</summary>
    private static readonly TimeSpan[] PausesBeforeOutage = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)];

    /// <summary>Syncs before it returns.</summary>
    /// <param name="patience">How long one and the same process may use the store; while its users change, the wait continues.</param>
    /// <param name="longest">How long this waits at most.</param>
    /// <param name="reachable">How long a store that cannot be reached, or does not respond, is waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when another process used the store all the time.</returns>
    /// <exception cref="StoreUnreachableException">The store could not be reached, several times.</exception>
    public bool SyncBlocking(TimeSpan patience, TimeSpan longest, TimeSpan reachable, CancellationToken cancellationToken)
    {
        var backoff = new Backoff();
        var (waited, total, version) = (TimeSpan.Zero, TimeSpan.Zero, store.Version);
        while (!TrySync(reachable, cancellationToken))
        {
            if (store.Version is var current && current != version)
            {
                // Many processes want it, and each gets it in the end.
                (waited, version) = (TimeSpan.Zero, current);
            }

            if (waited >= patience || total >= longest)
            {
                return false;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var pause = backoff.Next();
            Thread.Sleep(pause);
            (waited, total) = (waited + pause, total + pause);
        }

        // The sync has replaced the one for which the loop has set its timer.
        requestSync();
        return true;
    }

    /// <summary>
    /// Writes what happened in this process before it returns, if that is possible soon; otherwise the loop does it later.
    /// </summary>
    /// <param name="reachable">How long a store that cannot be reached is waited for.</param>
    /// <returns>Why the store cannot be used; null when it can, and when another process used it all the time.</returns>
    public Exception? TrySyncOnClose(TimeSpan reachable)
    {
        Exception? failure = null;
        try
        {
            if (SyncBlocking(LongestClosing, LongestClosing, reachable, CancellationToken.None))
            {
                return null;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next sync tells whoever waits.
            failure = exception;
        }

        // The last session may have closed: nothing else would sync any more.
        requestSync();
        return failure;
    }

    /// <summary>Waits for a store that works asynchronously. A file has completed already.</summary>
    public static T Wait<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : task.AsTask().GetAwaiter().GetResult();

    private bool TrySync(TimeSpan reachable, CancellationToken cancellationToken)
    {
        var end = store.Clock.Elapsed + reachable;
        for (var failures = 0; ; failures++)
        {
            using var deadline = new Deadline(store.Clock, end - store.Clock.Elapsed, cancellationToken);
            try
            {
                return Wait(trySync(deadline.Token));
            }
            catch (OperationCanceledException) when (deadline.HasPassed)
            {
                throw StoreUnreachableException.Silent(StoreOutage.Patience);
            }
            catch (StoreUnreachableException) when (failures < PausesBeforeOutage.Length && store.Clock.Elapsed < end)
            {
                cancellationToken.WaitHandle.WaitOne(PausesBeforeOutage[failures]);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
