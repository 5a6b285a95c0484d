namespace Copper.Client.Http.Throttle;

/// <summary>The service refused a request: all sessions of the account slow down together.</summary>
internal sealed partial class RequestThrottle
{
    private readonly Caution _caution = new();

    /// <summary>A step back to the whole rate takes one of the shortest windows.</summary>
    private TimeSpan Pace => _all.Windows.Count == 0 ? TimeSpan.Zero : _all.Windows.Min(static window => window.Limit.Window);

    /// <summary>A 429 came.</summary>
    /// <param name="lease">The request's.</param>
    /// <param name="hint">How long the service asks to wait; null when it does not say.</param>
    /// <returns>How long everybody waits, at which share of the rate they go on, and whether they were slow before; null when that was known already.</returns>
    public (TimeSpan Hold, double Share, bool Further)? NoteRefusal(ThrottleLease lease, TimeSpan? hint)
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.NoteRefusal(lease, hint);
            }

            var now = clock.Elapsed;
            lease.Place?.Refused(hint);
            var isNews = _caution.NoteRefusal(lease.Admitted, hint, now, Pace);

            // The timer may be set for a place that must not be taken any more.
            Pump();
            return isNews ? (HoldLeft(now), _caution.ShareAt(now, Pace), _caution.IsInSuccession) : null;
        }
    }

    private TimeSpan HoldLeft(TimeSpan now) => Positive((_caution.HoldUntil ?? now) - now);

    private bool IsHeld(TimeSpan now) => now < _caution.HoldUntil;

    private void BeCautious(TimeSpan now)
    {
        var share = _caution.ShareAt(now, Pace);
        _all.Share = share;
        _bulk.Share = share;
    }
}
