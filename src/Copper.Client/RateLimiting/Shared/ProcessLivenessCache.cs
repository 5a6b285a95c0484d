namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Which processes still run. The system is queried once in a while only, and never while the store is in use, because that takes
/// longer than all the rest of a sync. So the end of a process is visible at the sync after the one that asks for it. Has one lock.
/// </summary>
internal sealed class ProcessLivenessCache(ProcessLivenessChecker checker)
{
    /// <summary>While a process runs for months others come and go every minute: they are removed.</summary>
    internal const int Capacity = 100;

    private readonly object _gate = new();
    private readonly Dictionary<ProcessIdentity, (bool? IsAlive, TimeSpan At)> _known = [];
    private readonly HashSet<ProcessIdentity> _asked = [];

    /// <summary>The number of processes in the cache.</summary>
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

    /// <summary>Whether a process runs. An unknown process counts as running. Null when that cannot be determined from here.</summary>
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

    /// <summary>Queries the system about the processes that were asked for and are unknown or out of date.</summary>
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

        var alive = Array.ConvertAll(asked, checker.IsAlive);
        lock (_gate)
        {
            for (var i = 0; i < asked.Length; i++)
            {
                _known[asked[i]] = (alive[i], now);
            }

            if (_known.Count > Capacity)
            {
                foreach (var old in _known.Where(pair => !IsFresh(pair.Value.At, now)).Select(static pair => pair.Key).ToArray())
                {
                    _known.Remove(old);
                }
            }
        }
    }

    private static bool IsFresh(TimeSpan at, TimeSpan now) => at + StoreKind.File.LongestInterval >= now;
}
