using Copper.Client.Http.Throttle.Shared;

namespace Copper.Client.Http.Throttle;

/// <summary>
/// The limit is kept together with other processes as soon as one session of the account wants that: then all requests of the
/// account count there, also those under way and those answered before.
/// </summary>
internal sealed partial class RequestThrottle
{
    private const int UnsharedLimit = 10_000;
    private readonly HashSet<ThrottleLease> _open = [];
    private readonly List<(TimeSpan Time, bool Bulk)> _unshared = [];

    /// <summary>The limit that this process keeps together with others; null when no session asked for one.</summary>
    public SharedLimit? Shared
    {
        get
        {
            lock (_gate)
            {
                return _successor is not null ? _successor.Shared : _members.Select(static member => member.Shared?.Limit).FirstOrDefault(static limit => limit is not null);
            }
        }
    }

    internal void Hold(ThrottleLease lease, SharedPlace place)
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                _successor.Hold(lease, place);
                return;
            }

            lease.Place?.Settle(sent: false);
            lease.Place = place;
        }
    }

    /// <summary>Tells the others what they do not know yet.</summary>
    private void TellShared()
    {
        if (_members.Select(static member => member.Shared?.Limit).FirstOrDefault(static limit => limit is not null) is not { } shared)
        {
            return;
        }

        foreach (var lease in _open.Where(static lease => lease.Place is null))
        {
            lease.Place = shared.Enter(lease.Bulk);
        }

        shared.Remember(_unshared);
        _unshared.Clear();
        shared.LookNowQuietly();
    }

    /// <summary>A request that the others were not told of is over.</summary>
    private void NoteUnshared(ThrottleLease lease, TimeSpan now)
    {
        if (lease.Place is null)
        {
            _unshared.Add((now, lease.Bulk));
            if (_unshared.Count > UnsharedLimit || _unshared[0].Time + SharedState.Memory + SharedState.Memory < now)
            {
                _unshared.RemoveAll(answer => answer.Time + SharedState.Memory < now);
                _unshared.RemoveRange(0, Math.Max(0, _unshared.Count - (UnsharedLimit / 2)));
            }
        }
    }
}
