using System.Globalization;
using Copper.Client.Json;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>The warnings about long waits, each once: nobody waits long for an unknown reason. Has one lock.</summary>
internal sealed class WaitWarnings(ILimiterStore store)
{
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);
    private readonly object _gate = new();
    private TimeSpan? _heldReported;
    private TimeSpan? _longWaitReported;

    /// <summary>The warning about the wait that a sync has found; null when there is none, or it was given.</summary>
    public string? Take(SyncResult result, TimeSpan now)
    {
        lock (_gate)
        {
            if (result.HeldUntil is { } end && end > now)
            {
                // The clocks are known a little better with each response, so the end of the same wait moves.
                if (now < _heldReported)
                {
                    return null;
                }

                _heldReported = end;
                return string.Format(
                    CultureInfo.InvariantCulture,
                    "The shared state of the rate limit was damaged, or not written by CopperPS, and was started anew. "
                    + "What was sent before is not known, so all processes wait for {0:0.0} s. "
                    + "If you know that nothing was sent, delete '{1}' to go on at once.",
                    (end - now).TotalSeconds,
                    store.Name);
            }

            if (!(result.Wait > LongWait) || now < _longWaitReported + LimiterState.Memory)
            {
                return null;
            }

            _longWaitReported = now;
            return string.Format(
                CultureInfo.InvariantCulture,
                "The rate limit that {0} processes {3} share lets the next request go in about {1:0} s: so much was sent "
                + "already. {4}; they are kept in '{2}'.",
                result.Processes,
                result.Wait!.Value.TotalSeconds,
                store.Name,
                store.Kind.Connector,
                ErrorWords.Current.ShowRateLimit);
        }
    }
}
