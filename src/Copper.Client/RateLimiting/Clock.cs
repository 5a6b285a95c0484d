namespace Copper.Client.RateLimiting;

/// <summary>
/// The time as requests see it: a monotonic reading for intervals, the calendar for <c>Retry-After</c> dates, and timers.
/// Tests replace it, so that a day of work takes a second.
/// </summary>
public abstract class Clock
{
    /// <summary>The clock of this machine.</summary>
    public static Clock System { get; } = new SystemClock();

    /// <summary>Time since an arbitrary start. Never goes back, also when the calendar is set.</summary>
    public abstract TimeSpan Elapsed { get; }

    /// <summary>The calendar.</summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>
    /// Calls <paramref name="callback"/> once, not before <paramref name="delay"/> has passed. Dispose the result to cancel it.
    /// </summary>
    public abstract IDisposable Schedule(TimeSpan delay, Action callback);

    /// <summary>Waits for <paramref name="delay"/>, or until <paramref name="cancellationToken"/> is cancelled.</summary>
    public async Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (Schedule(delay, () => done.TrySetResult(true)))
        using (cancellationToken.Register(() => done.TrySetCanceled(cancellationToken)))
        {
            await done.Task.ConfigureAwait(false);
        }
    }
}
