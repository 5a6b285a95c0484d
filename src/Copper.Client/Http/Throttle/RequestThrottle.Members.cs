using Copper.Client.Http.Throttle.Shared;

namespace Copper.Client.Http.Throttle;

/// <summary>The sessions of the account: the limits of all of them hold for each.</summary>
internal sealed partial class RequestThrottle
{
    private readonly List<ThrottleMembership> _members = [];

    /// <summary>A session's limits join; they hold for all until the membership is disposed.</summary>
    public ThrottleMembership Join(IEnumerable<RateLimit> limits, IEnumerable<RateLimit> bulkLimits, SharedPart? shared = null)
    {
        lock (_gate)
        {
            if (_successor is not null)
            {
                return _successor.Join(limits, bulkLimits, shared);
            }

            var member = new ThrottleMembership(this, limits.ToArray(), bulkLimits.ToArray(), shared);
            _members.Add(member);
            ApplyLimits();
            TellShared();
            return member;
        }
    }

    internal void Leave(ThrottleMembership member)
    {
        lock (_gate)
        {
            _successor?.Leave(member);

            // The last one's limits stay: what it sent still counts.
            if (_members.Remove(member) && _members.Count > 0)
            {
                ApplyLimits();
                Pump();
            }
        }
    }

    private void ApplyLimits()
    {
        var now = clock.Elapsed;
        _all.SetLimits(_members.SelectMany(static member => member.Limits), now);
        _bulk.SetLimits(_members.SelectMany(static member => member.BulkLimits), now);
    }
}
