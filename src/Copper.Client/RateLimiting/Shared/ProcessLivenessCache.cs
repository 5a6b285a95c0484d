namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Which processes still run. The system is asked once in a while only, and never while the store is open: that takes longer than
/// all the rest of a look. So the end of a process shows at the look after the one at which it is asked about.
/// </summary>
internal sealed class ProcessLivenessCache(ProcessLivenessChecker probe)
{
    /// <summary>Beside a process that runs for months others come and go every minute: those are forgotten.</summary>
    internal const int Most = 100;

    private readonly object _gate = new();
    private readonly Dictionary<ProcessIdentity, (bool? IsAlive, TimeSpan At)> _known = [];
    private readonly HashSet<ProcessIdentity> _asked = [];

    /// <summary>The processes that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _known.Count;
            }
        }
    }

    /// <summary>What is known by now; a process of which nothing is known counts as running. Null when that cannot be seen from here.</summary>
    public bool? IsAlive(ProcessIdentity process, TimeSpan now)
    {
        lock (_gate)
        {
            var isKnown = _known.TryGetValue(process, out var known);
            if (!isKnown || !IsFresh(known.At, now))
            {
                _asked.Add(process);
            }

            return isKnown ? known.IsAlive : true;
        }
    }

    /// <summary>Asks the system about those that were asked for and of which nothing is known, or nothing new.</summary>
    public void Refresh(TimeSpan now)
    {
        ProcessIdentity[] asked;
        lock (_gate)
        {
            if (_asked.Count == 0)
            {
                return;
            }

            asked = [.. _asked];
            _asked.Clear();
        }

        var answers = Array.ConvertAll(asked, probe.IsAlive);
        lock (_gate)
        {
            for (var i = 0; i < asked.Length; i++)
            {
                _known[asked[i]] = (answers[i], now);
            }

            if (_known.Count > Most)
            {
                foreach (var old in _known.Where(pair => !IsFresh(pair.Value.At, now)).Select(static pair => pair.Key).ToArray())
                {
                    _known.Remove(old);
                }
            }
        }
    }

    private static bool IsFresh(TimeSpan at, TimeSpan now) => at + CrossProcessRateLimiter.LongestLook >= now;
}
