namespace Copper.Client.Http.Throttle;

/// <summary>How the windows stand, and the wait that comes of it.</summary>
internal sealed partial class RequestThrottle
{
    /// <summary>The wait that a request would face now: zero when there is room; null while it depends on answers to come.</summary>
    public TimeSpan? ExpectedWait(bool bulk)
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.ExpectedWait(bulk);
            }

            var now = clock.Elapsed;
            BeCautious(now);
            var due = Later(_caution.HoldUntil ?? now, _all.NextRoom(now));
            if (bulk)
            {
                due = Later(due, _bulk.NextRoom(now));
            }

            return due is null ? null : Positive(due.Value - now);
        }
    }

    public IReadOnlyList<RateLimitStatus> GetStatus()
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.GetStatus();
            }

            var now = clock.Elapsed;
            BeCautious(now);
            return [.. _all.Windows.Select(window => Status(window, false)), .. _bulk.Windows.Select(window => Status(window, true))];

            RateLimitStatus Status(RollingWindow window, bool bulk)
            {
                var wait = window.HasRoom(now, _all.Share) ? TimeSpan.Zero : Positive((window.NextRelease ?? now + window.Limit.Window) - now);
                return new RateLimitStatus(window.Limit, window.Used, wait > HoldLeft(now) ? wait : HoldLeft(now), bulk);
            }
        }
    }

    private static TimeSpan? Later(TimeSpan? left, TimeSpan? right) => left is null || right is null ? null : left > right ? left : right;
}
