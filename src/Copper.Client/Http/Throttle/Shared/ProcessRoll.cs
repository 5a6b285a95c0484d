namespace Copper.Client.Http.Throttle.Shared;

/// <summary>
/// Which processes still run, asked of the system once in a while only: that takes longer than all the rest of a look. Not
/// thread-safe: the limit that owns it holds the lock.
/// </summary>
internal sealed class ProcessRoll(ProcessProbe probe)
{
    /// <summary>Beside a process that runs for months others come and go every minute: those are forgotten.</summary>
    internal const int Most = 100;

    private readonly Dictionary<ProcessIdentity, (bool? IsAlive, TimeSpan At)> _known = [];

    /// <summary>The processes that are remembered.</summary>
    public int Count => _known.Count;

    /// <summary>Null when that cannot be seen from here.</summary>
    public bool? IsAlive(ProcessIdentity process, TimeSpan now)
    {
        if (_known.TryGetValue(process, out var known) && IsFresh(known.At, now))
        {
            return known.IsAlive;
        }

        if (_known.Count >= Most)
        {
            foreach (var old in _known.Where(pair => !IsFresh(pair.Value.At, now)).Select(static pair => pair.Key).ToArray())
            {
                _known.Remove(old);
            }
        }

        return (_known[process] = (probe.IsAlive(process), now)).IsAlive;
    }

    private static bool IsFresh(TimeSpan at, TimeSpan now) => at + SharedLimit.LongestLook >= now;
}
