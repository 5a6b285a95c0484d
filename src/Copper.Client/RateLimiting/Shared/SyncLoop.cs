namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Runs syncs on another thread: as soon as one is requested, once more when one is requested meanwhile, and again when a sync asks for
/// it. Has one lock.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="start">Runs an action on another thread.</param>
/// <param name="sync">
/// Syncs once and never throws: whether that succeeded, and the time until the next sync, null when none is needed.
/// </param>
internal sealed class SyncLoop(Clock clock, Action<Action> start, Func<ValueTask<(bool Succeeded, TimeSpan? Next)>> sync)
{
    private readonly object _gate = new();
    private bool _isRunning;
    private bool _isRequested;
    private IDisposable? _timer;
    private TimeSpan _timerDue;
    private TimeSpan? _requestedBy;

    public void RequestSync()
    {
        lock (_gate)
        {
            if (_isRunning)
            {
                _isRequested = true;
                return;
            }

            _isRunning = true;
            _timer?.Dispose();
            _timer = null;
        }

        start(RunSyncLoop);
    }

    /// <summary>Requests a sync that is not urgent: together with others, within this time.</summary>
    public void RequestSync(TimeSpan within)
    {
        if (within <= TimeSpan.Zero)
        {
            RequestSync();
            return;
        }

        lock (_gate)
        {
            var due = clock.Elapsed + within;
            if (_isRunning)
            {
                _requestedBy = _requestedBy < due ? _requestedBy : due;
            }
            else if (_timer is null || due < _timerDue || _timerDue < clock.Elapsed)
            {
                SetTimer(due);
            }
        }
    }

    private void SetTimer(TimeSpan due)
    {
        _timer?.Dispose();
        var delay = due - clock.Elapsed;
        (_timerDue, _timer) = (due, clock.Schedule(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, RequestSync));
    }

    /// <summary>An exception that nobody expects ends the process, instead of leaving all requests to wait for ever.</summary>
    private async void RunSyncLoop()
    {
        while (true)
        {
            lock (_gate)
            {
                (_isRequested, _requestedBy) = (false, null);
            }

            var (succeeded, next) = await sync().ConfigureAwait(false);
            lock (_gate)
            {
                if (_isRequested && succeeded)
                {
                    continue;
                }

                _isRunning = false;
                var due = clock.Elapsed + next;
                due = due is null || _requestedBy < due ? _requestedBy : due;
                if (due is { } time)
                {
                    SetTimer(time);
                }

                return;
            }
        }
    }
}
