namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// This process's part in a rate limit that several processes share. It applies after the limit of this process and follows the same
/// rule: a permit is taken, and written to the store, before the request is sent, and becomes free one window after its response began.
/// There is no server and no lock that outlives its owner: each sync reads the whole state and replaces it. Composed of classes with one
/// job each; has no lock of its own.
/// </summary>
internal sealed class CrossProcessRateLimiter : ICrossProcessRateLimiter
{
    /// <summary>
    /// How long one and the same process may use the store while a session opens; while its users change, the wait continues.
    /// </summary>
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestOpening = TimeSpan.FromMinutes(5);

    /// <summary>What a request takes beside the time that its response is allowed.</summary>
    private static readonly TimeSpan RequestOverhead = TimeSpan.FromMinutes(1);

    private readonly ILimiterStore _store;
    private readonly LocalRequests _local;
    private readonly ProcessLivenessCache _liveness;
    private readonly StateSynchronizer _synchronizer;
    private readonly SyncLoop _loop;
    private readonly BlockingSync _blocking;
    private readonly StoreOutage _outage;
    private readonly WaitWarnings _warnings;
    private readonly LimiterStatusReader _status;

    /// <param name="store">What the processes share.</param>
    /// <param name="checker">Tells which processes run.</param>
    /// <param name="credential">The credential that sends, as the store names it.</param>
    /// <param name="start">Runs an action on another thread.</param>
    public CrossProcessRateLimiter(ILimiterStore store, ProcessLivenessChecker checker, Guid credential, Action<Action> start)
    {
        _store = store;
        _local = new LocalRequests(store.Clock, store.Kind);
        _liveness = new ProcessLivenessCache(checker);
        var updater = new StateUpdater(checker.Self, credential, _liveness, store.Kind);
        _outage = new StoreOutage(store);
        _synchronizer = new StateSynchronizer(store, _local, updater, _outage, CreatePermit);
        _loop = new SyncLoop(store.Clock, start, SyncInBackgroundAsync);
        _blocking = new BlockingSync(store, TrySyncAsync, _loop.RequestSync);
        _warnings = new WaitWarnings(store);
        _status = new LimiterStatusReader(credential, store.Kind);
    }

    /// <summary>Nobody takes part any more, and the store contains everything.</summary>
    public bool IsIdle => _local.IsIdle;

    /// <summary>Registers a session: its limits apply to all processes until the result is disposed.</summary>
    /// <param name="limits">Its windows.</param>
    /// <param name="bulkLimits">Its further windows for bulk endpoints.</param>
    /// <param name="timeout">The longest time that one of its requests takes.</param>
    /// <param name="cancellationToken">Ends the wait for a store that another process uses.</param>
    /// <exception cref="IOException">
    /// The store cannot be used; the message states what to do. One that only cannot be reached now is an outage and no error.
    /// </exception>
    public LimiterRegistration Register(
        IEnumerable<RateLimit> limits, IEnumerable<RateLimit> bulkLimits, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var registration = new LimiterRegistration(this, limits.ToArray(), bulkLimits.ToArray(), timeout + RequestOverhead);
        _local.Register(registration);
        try
        {
            return _blocking.SyncBlocking(OpeningPatience, LongestOpening, StoreOutage.Patience, cancellationToken)
                ? registration
                : throw new IOException($"Another process has kept it open for {OpeningPatience.TotalSeconds:0} seconds.");
        }
        catch (StoreUnreachableException exception)
        {
            _outage.Begin(exception.Message, _store.Clock.Elapsed);
            _loop.RequestSync(_store.Kind.LongestInterval);
            return registration;
        }
        catch (Exception exception)
        {
            _local.Unregister(registration);
            if (exception is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw StoreOutage.Unusable(_store.Name, exception, _store.Advice);
            }

            throw;
        }
    }

    /// <summary>A session is closed.</summary>
    /// <param name="registration">Its registration.</param>
    /// <param name="waits">Wait until the store contains that, if that is possible soon.</param>
    public void Unregister(LimiterRegistration registration, bool waits)
    {
        if (!_local.Unregister(registration))
        {
            return;
        }

        if (waits)
        {
            // The process may end now. If the store cannot be written before, the others notice the end of the process.
            TrySyncOnClose();
        }
        else
        {
            _loop.RequestSync();
        }
    }

    /// <summary>The credential belongs to this account.</summary>
    public void Identify(Guid account)
    {
        if (_local.Identify(account))
        {
            _loop.RequestSync();
        }
    }

    public Task<ICrossProcessPermit> AcquireAsync(
        bool bulk, Action<TimeSpan?> waits, Action<string, bool>? warns, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<ICrossProcessPermit>(cancellationToken);
        }

        var waiter = new CrossProcessWaiter(bulk, waits, warns);
        var needsSync = _local.Enqueue(waiter);
        waiter.Watch(() => _local.Cancel(waiter, cancellationToken), cancellationToken);
        if (_outage.IsOutage)
        {
            // The next attempt to reach the store may be seconds away.
            _local.AdmitWithoutStore(_outage, CreatePermit);
        }

        if (needsSync)
        {
            _loop.RequestSync();
        }

        return waiter.Permit;
    }

    public ICrossProcessPermit Enter(bool bulk)
    {
        var permit = CreatePermit(bulk, _store.Clock.Elapsed);
        _local.AddInFlight(permit);
        return permit;
    }

    public void AddCompleted(IEnumerable<(TimeSpan Time, bool Bulk)> completed) => _local.AddCompleted(completed);

    public void Complete(CrossProcessPermit permit, bool sent)
    {
        _local.Complete(permit, sent);
        _loop.RequestSync(_store.Kind.ReportWithin);
    }

    public void NoteTooManyRequests(TimeSpan admitted, TimeSpan? hint)
    {
        _local.NoteTooManyRequests(admitted, hint);
        _loop.RequestSync();
    }

    public string? TakeOutageWarning() => _outage.TakeWarning();

    public void TrySyncOnClose()
    {
        if (_outage.IsOutage)
        {
            // Nobody waits for a store that is known to be down: the loop tries it again and again.
            _loop.RequestSync();
            return;
        }

        var started = _store.Clock.Elapsed;
        if (_blocking.TrySyncOnClose(_outage.TimeLeft(started)) is { } failure)
        {
            NoteFailure(failure.Message, isInUse: false, started);
        }
    }

    public IReadOnlyList<RateLimitStatus> GetStatus(IReadOnlyList<RateLimitStatus> own)
    {
        TrySyncOnClose();
        (LimiterState State, TimeSpan Now)? read = null;
        if (!_outage.IsOutage)
        {
            var started = _store.Clock.Elapsed;
            using var deadline = new Deadline(_store.Clock, _outage.TimeLeft(started), CancellationToken.None);
            try
            {
                read = BlockingSync.Wait(_synchronizer.TryReadAsync(deadline.Token));
            }
            catch (OperationCanceledException) when (deadline.HasPassed)
            {
                NoteFailure(StoreUnreachableException.Silent(StoreOutage.Patience).Message, isInUse: false, started);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The rows of the last time.
                NoteFailure(exception.Message, isInUse: false, started);
            }
        }

        return _outage.IsOutage
            ? LimiterStatusReader.DescribeOutage(_local.DescribeWithoutStore(_outage), own)
            : _status.Describe(read, own);
    }

    private CrossProcessPermit CreatePermit(bool bulk, TimeSpan now) => new(this, _local.NextNumber(), bulk, now);

    private async ValueTask<bool> TrySyncAsync(CancellationToken cancellationToken) =>
        await TrySyncOnceAsync(cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Syncs once, and reports the result to those who wait; null when another process uses the store.</summary>
    private async ValueTask<SyncResult?> TrySyncOnceAsync(CancellationToken cancellationToken)
    {
        if (await _synchronizer.TrySyncAsync(cancellationToken).ConfigureAwait(false) is not var (result, waiting, isComplete))
        {
            return null;
        }

        if (result == SyncResult.Nothing)
        {
            return result;
        }

        // No lock is held from here on: the callbacks belong to the callers.
        _outage.End(result, _store.Clock.Elapsed);
        _liveness.Refresh(_store.Clock.Elapsed);
        if (!isComplete)
        {
            _loop.RequestSync();
        }

        // The warning first: it tells of a long wait all that there is to say.
        Warn(result);
        if (result.IsWorthReporting)
        {
            foreach (var waiter in waiting)
            {
                waiter.ReportWait(result.Wait);
            }
        }

        return result;
    }

    /// <summary>Syncs once. On a thread of the pool an exception would end the whole process.</summary>
    private async ValueTask<(bool Succeeded, TimeSpan? Next)> SyncInBackgroundAsync()
    {
        var started = _store.Clock.Elapsed;
        using var deadline = _store.Kind.IsRemote
            ? new Deadline(_store.Clock, _outage.TimeLeft(started), CancellationToken.None) : null;
        try
        {
            return await TrySyncOnceAsync(deadline?.Token ?? CancellationToken.None).ConfigureAwait(false) is { } result
                ? (true, result.NextSync ?? result.IdleSync)
                : (false, NoteFailure("another process keeps it open", isInUse: true, started));
        }
        catch (OperationCanceledException) when (deadline is { HasPassed: true })
        {
            return (false, NoteFailure(StoreUnreachableException.Silent(StoreOutage.Patience).Message, isInUse: false, started));
        }
#pragma warning disable CA1031
        catch (Exception exception)
        {
            return (false, NoteFailure(exception.Message, isInUse: false, started));
        }
#pragma warning restore CA1031
    }

    /// <summary>Retries for a while; then continues with a share of the limit.</summary>
    /// <returns>The time until the next attempt.</returns>
    private TimeSpan NoteFailure(string reason, bool isInUse, TimeSpan started)
    {
        _local.RemoveOldOutcomes();
        var (isOutage, next) = _outage.NoteFailure(reason, isInUse, started, _store.Clock.Elapsed);
        if (isOutage)
        {
            _local.AdmitWithoutStore(_outage, CreatePermit);
        }

        Warn(SyncResult.Nothing);
        return next;
    }

    /// <summary>Warns the first who waits and listens.</summary>
    private void Warn(SyncResult result)
    {
        if (_local.FindListener() is not { } listener)
        {
            return;
        }

        if (_outage.TakeWarning() is { } outage)
        {
            listener.Warn(outage, isAboutWait: false);
        }

        if (_warnings.Take(result, _store.Clock.Elapsed) is { } wait)
        {
            listener.Warn(wait, isAboutWait: true);
        }
    }
}
