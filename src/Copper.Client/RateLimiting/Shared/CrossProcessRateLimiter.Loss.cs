using System.Globalization;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// The store cannot be used any more: a full disk, a folder that was taken away, a process that keeps it open. Then this process goes
/// on with a share of the limit: the others may have lost it too, and all of them together must stay within it.
/// </summary>
internal sealed partial class CrossProcessRateLimiter
{
    /// <summary>Nobody knows how many have lost the store: at least so many are reckoned with.</summary>
    private const int FewestSharers = 4;

    private bool _isLossTold;
    private int _sharers = 1;
    private RateLimit[] _seenLimits = [];
    private RateLimit[] _seenBulkLimits = [];

    /// <summary>Why the limit is not shared for the time being; told once.</summary>
    public string? TakeLoss()
    {
        lock (_gate)
        {
            if (_lost is null || _isLossTold)
            {
                return null;
            }

            _isLossTold = true;
            return string.Format(
                CultureInfo.InvariantCulture,
                "The rate limit is not shared with other processes for the time being: {0} This process goes on with {1:0.#} % of the rate, so that all of them together stay within it.",
                _lost,
                100 * AloneShare);
        }
    }

    /// <summary>The part of each limit that is used without the store.</summary>
    private double AloneShare => 1.0 / Math.Max(FewestSharers, _sharers);

    /// <summary>Nothing was written, so nothing of it holds. Tries again for a while; then goes on with a share of the limit.</summary>
    /// <param name="look">What was decided.</param>
    /// <param name="reason">What is the matter.</param>
    /// <param name="isBusy">Somebody else has the store open.</param>
    /// <returns>The time until the next look.</returns>
    private TimeSpan? Fail(SyncResult look, string reason, bool isBusy)
    {
        List<(CrossProcessWaiter Waiter, CrossProcessPermit Place)> released = [];
        TimeSpan? next;
        PutBack(look);
        lock (_gate)
        {
            var now = clock.Elapsed;
            if (isBusy && store.Revision is var revision && revision != _revision)
            {
                // It works, and its owners change: this process's turn comes too.
                (_revision, _failingSince) = (revision, null);
            }

            _failingSince ??= now;
            _outcomes.RemoveAll(outcome => outcome.Time + LimiterState.Memory < now);
            next = isBusy ? _backoff.Next() : TimeSpan.FromTicks(_backoff.Next().Ticks * 4);
            if (now - _failingSince >= (isBusy ? BusyPatience : Patience))
            {
                // Counted all the same, so that it is written down when the store works again.
                _lost = $"'{store.Name}' cannot be used: {reason.TrimEnd('.')}.";
                next = LongestLook;
                for (var node = _waiters.First; node is not null;)
                {
                    var following = node.Next;
                    if (HasRoomAlone(node.Value.Bulk, now))
                    {
                        _waiters.Remove(node);
                        released.Add((node.Value, Take(node.Value.Bulk, now)));
                    }

                    node = following;
                }

                if (_parts.Count + _underWay.Count == 0)
                {
                    // All sessions have left, and the store that was to be told is gone: nobody tries for ever.
                    _outcomes.Clear();
                    _history.Clear();
                    _isKnown = false;
                }
            }
        }

        foreach (var (waiter, place) in released)
        {
            if (!waiter.Admit(place))
            {
                place.Complete(sent: false);
            }
        }

        TellWarnings(null);
        return next;
    }

    /// <summary>Who was let in by a look that was not written down waits again.</summary>
    private void PutBack(SyncResult look)
    {
        lock (_gate)
        {
            for (var i = look.Admitted.Count - 1; i >= 0; i--)
            {
                _underWay.Remove(look.Admitted[i].Place);
                if (!look.Admitted[i].Waiter.Admission.IsCompleted)
                {
                    _waiters.AddFirst(look.Admitted[i].Waiter);
                }
            }
        }
    }

    /// <summary>This process's share of each window has a place, by what it has sent itself.</summary>
    private bool HasRoomAlone(bool bulk, TimeSpan now) =>
        Limits(static part => part.Limits).Union(_seenLimits).All(limit => HasRoom(limit, false, now))
        && (!bulk || Limits(static part => part.BulkLimits).Union(_seenBulkLimits).All(limit => HasRoom(limit, true, now)));

    private bool HasRoom(RateLimit limit, bool ofBulk, TimeSpan now)
    {
        // A share of less than one request is one in a longer window.
        var part = limit.Limit * AloneShare;
        var (most, window) = part >= 1 ? ((int)part, limit.Window) : (1, TimeSpan.FromTicks((long)(limit.Window.Ticks / part)));
        var used = _underWay.Count(place => place.Bulk || !ofBulk)
            + _history.Count(answer => (answer.Bulk || !ofBulk) && answer.Time + window >= now)
            + _outcomes.Count(outcome => outcome.Sent && (outcome.Bulk || !ofBulk) && outcome.Time + window >= now);
        return used < most;
    }
}
