using System.Globalization;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>What whoever waits should be told: nobody waits long for a reason that he cannot see.</summary>
internal sealed partial class CrossProcessRateLimiter
{
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);
    private TimeSpan? _heldTold;
    private TimeSpan? _longWaitTold;

    /// <summary>Tells the first one who waits and listens.</summary>
    /// <param name="look">What was seen; null when nothing could be seen.</param>
    private void TellWarnings(SyncResult? look)
    {
        CrossProcessWaiter? listener;
        var warnings = new List<string>();
        lock (_gate)
        {
            listener = _waiters.FirstOrDefault(static waiter => waiter.HearsWarnings);
            if (listener is null)
            {
                return;
            }

            if (TakeLoss() is { } loss)
            {
                warnings.Add(loss);
            }

            var now = clock.Elapsed;
            var isHeld = look?.HeldUntil > now;
            if (isHeld && look!.HeldUntil != _heldTold)
            {
                _heldTold = look.HeldUntil;
                warnings.Add(string.Format(
                    CultureInfo.InvariantCulture,
                    "The shared state of the rate limit was damaged, or not written by CopperPS, and was started anew. What was sent before is not known, so all processes wait for {0:0.0} s. If you know that nothing was sent, delete '{1}' to go on at once.",
                    (look.HeldUntil!.Value - now).TotalSeconds,
                    store.Name));
            }
            else if (!isHeld && look?.Wait > LongWait && !(now < _longWaitTold + LimiterState.Memory))
            {
                _longWaitTold = now;
                warnings.Add(string.Format(
                    CultureInfo.InvariantCulture,
                    "The rate limit that {0} processes of this machine share lets the next request go in about {1:0} s: so much was sent already. Get-CopperRateLimit shows the windows; they are kept in '{2}'.",
                    _sharers,
                    look!.Wait.Value.TotalSeconds,
                    store.Name));
            }
        }

        warnings.ForEach(listener.Warn);
    }
}
