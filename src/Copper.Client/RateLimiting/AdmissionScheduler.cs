namespace Copper.Client.RateLimiting;

/// <summary>
/// Admits waiting requests in the order of arrival, and sets a timer for the next one. A bulk request that waits for a bulk window only
/// lets others overtake it. Not thread-safe: the <see cref="ServiceRateLimiter"/> that owns it holds the lock.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="accounts">The accounts of the service.</param>
/// <param name="admit">Gives the waiter its permit.</param>
/// <param name="wake">The timer's callback, which takes the lock and calls <see cref="OnTimer"/>.</param>
internal sealed class AdmissionScheduler(Clock clock, AccountRateLimiterSet accounts, Action<RateLimitWaiter, TimeSpan> admit, Action wake)
{
    private IDisposable? _timer;
    private TimeSpan _timerDue;

    public void AdmitWaiters()
    {
        var now = clock.Elapsed;
        TimeSpan? due = null;
        foreach (var limiter in accounts.All)
        {
            limiter.ApplyBackoff(now);
            limiter.Queue.Rewind();
        }

        while (FindNext() is { } limiter)
        {
            var waiter = limiter.Queue.Next!;
            var counting = limiter.CountedBy;
            if (Array.Exists(counting, static one => one.Queue.IsBlocked))
            {
                Block(counting);
            }
            else if (!Array.TrueForAll(counting, one => one.HasRoom(now)))
            {
                due = Earlier(due, NextRoom(counting, false, now));
                Block(counting);
            }
            else if (waiter.Bulk && !Array.TrueForAll(counting, one => one.HasBulkRoom(now)))
            {
                due = Earlier(due, NextRoom(counting, true, now));
                limiter.Queue.SkipNext();
            }
            else
            {
                limiter.Queue.RemoveNext();
                admit(waiter, now);
            }
        }

        SetTimer(due, now);
    }

    public void OnTimer()
    {
        _timer?.Dispose();
        _timer = null;
        AdmitWaiters();
    }

    /// <summary>
    /// The first moment at which every one of the limiters may have a free permit; null while that depends on a response.
    /// </summary>
    public static TimeSpan? NextRoom(AccountRateLimiter[] limiters, bool bulk, TimeSpan now)
    {
        TimeSpan? due = now;
        foreach (var limiter in limiters)
        {
            var next = limiter.NextRoom(bulk, now);
            due = due is null || next is null ? null : next > due ? next : due;
        }

        return due;
    }

    /// <summary>The limiter whose next waiter arrived first of all.</summary>
    private AccountRateLimiter? FindNext()
    {
        AccountRateLimiter? first = null;
        foreach (var limiter in accounts.All)
        {
            if (limiter.Queue.Next is { } waiter && (first is null || waiter.Number < first.Queue.Next!.Number))
            {
                first = limiter;
            }
        }

        return first;
    }

    private static void Block(AccountRateLimiter[] limiters) => Array.ForEach(limiters, static limiter => limiter.Queue.IsBlocked = true);

    private void SetTimer(TimeSpan? due, TimeSpan now)
    {
        if (_timer is not null && due == _timerDue)
        {
            return;
        }

        _timer?.Dispose();
        _timer = null;
        if (due is { } time)
        {
            _timerDue = time;
            _timer = clock.Schedule(time > now ? time - now : TimeSpan.Zero, wake);
        }
    }

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right : left;
}
