namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Syncs this process with the store: reads the state, writes what happened here, admits requests, and replaces the state. One sync runs
/// at a time; its semaphore is the only lock that is held while the store works.
/// </summary>
#pragma warning disable CA1001 // The semaphore has no wait handle, because nobody asks for one: there is nothing to dispose of.
internal sealed class StateSynchronizer(
    ILimiterStore store,
    LocalRequests local,
    StateUpdater updater,
    StoreOutage outage,
    Func<bool, TimeSpan, CrossProcessPermit> createPermit)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly AdmissionPlanner _planner = new(store.Kind);

    /// <summary>Syncs once.</summary>
    /// <returns>
    /// What was decided; the requests that still wait; and whether another sync is needed at once. Null when another process uses the
    /// store, or has replaced the state meanwhile: nothing has happened then.
    /// </returns>
    /// <exception cref="IOException">The store cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The store must not be used.</exception>
    public async ValueTask<(SyncResult Result, IReadOnlyList<CrossProcessWaiter> Waiting, bool IsComplete)?> TrySyncAsync(
        CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (local.IsIdle)
            {
                // A sync that was requested before the last session closed must not create the store again.
                return (SyncResult.Nothing, [], true);
            }

            var (snapshot, started) = (local.TakeSnapshot(outage), store.Clock.Elapsed);
            if (await TryReplaceAsync(snapshot, cancellationToken).ConfigureAwait(false) is not { } result)
            {
                return null;
            }

            _planner.Duration = store.Clock.Elapsed - started;
            var isComplete = local.Commit(snapshot, result, out var waiting);
            return (result, waiting, isComplete);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Reads the state without changing it, and its time; null when another process uses the store.</summary>
    public async ValueTask<(LimiterState State, TimeSpan Now)?> TryReadAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var stored = await store.TryReadAsync(cancellationToken).ConfigureAwait(false);
            if (stored is null)
            {
                return null;
            }

            var time = new SyncTime(store.Clock.Elapsed, stored.Offset);
            return (updater.Read(stored, local.TakeSnapshot(outage), time), time.Now);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async ValueTask<SyncResult?> TryReplaceAsync(LocalSnapshot snapshot, CancellationToken cancellationToken)
    {
        using var stored = await store.TryReadAsync(cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            return null;
        }

        var time = new SyncTime(store.Clock.Elapsed, stored.Offset);
        var state = updater.Read(stored, snapshot, time);
        var self = updater.Update(state, snapshot, local.CopyCompleted, time);
        var result = _planner.Plan(state, self, snapshot, createPermit, time);
        updater.RemoveIfUnused(state, self);
        return await stored.TryReplaceAsync(LimiterStateSerializer.Write(state), cancellationToken).ConfigureAwait(false) ? result : null;
    }
}
