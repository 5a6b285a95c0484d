namespace Copper.Client.Http.Throttle.Shared;

/// <summary>The store cannot be used any more: a full disk, a folder that was taken away.</summary>
internal sealed partial class SharedLimit
{
    private bool _isLossTold;

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
            return _lost;
        }
    }

    /// <summary>Nothing was written, so nothing of it holds. Tries again for a while; then everybody goes on without the others.</summary>
    /// <returns>The time until the next look.</returns>
    private TimeSpan? Fail(Glance look, string reason, int patience)
    {
        List<(SharedWaiter Waiter, SharedPlace Place)> goers = [];
        lock (_gate)
        {
            var now = clock.Elapsed;
            for (var i = look.Admitted.Count - 1; i >= 0; i--)
            {
                _underWay.Remove(look.Admitted[i].Place);
                if (!look.Admitted[i].Waiter.Admission.IsCompleted)
                {
                    _waiters.AddFirst(look.Admitted[i].Waiter);
                }
            }

            _failingSince ??= now;
            _outcomes.RemoveAll(outcome => outcome.Time + SharedState.Memory < now);
            if (now - _failingSince >= TimeSpan.FromTicks(Patience.Ticks * patience))
            {
                // Counted all the same, so that it is written down when the store works again.
                _lost = $"'{store.Name}' cannot be used: {reason.TrimEnd('.')}.";
                goers.AddRange(_waiters.Select(waiter => (waiter, Take(waiter.Bulk, now))));
                _waiters.Clear();
                if (_parts.Count + _underWay.Count == 0)
                {
                    // All sessions have left, and the store that was to be told is gone: nobody tries for ever.
                    _outcomes.Clear();
                    _history.Clear();
                    _isKnown = false;
                }
            }
        }

        foreach (var (waiter, place) in goers)
        {
            if (!waiter.Admit(place))
            {
                place.Settle(sent: false);
            }
        }

        lock (_gate)
        {
            return _lost is not null ? LongestLook : TimeSpan.FromMilliseconds(1 + (_jitter.NextDouble() * LongestBusyWait * (patience == 1 ? 10 : 1)));
        }
    }
}
