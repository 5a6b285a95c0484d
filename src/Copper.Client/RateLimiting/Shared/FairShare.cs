namespace Copper.Client.RateLimiting.Shared;

/// <summary>Deals the free places out to those who wait, one at a time, so that no process takes all of them from the others.</summary>
internal static class FairShare
{
    /// <summary>A process that does not come for its places this long after it meant to loses its turn.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    /// <summary>The number of places that are this member's.</summary>
    /// <param name="free">The places there are.</param>
    /// <param name="self">Who asks.</param>
    /// <param name="members">All who compete for them, the asking one included.</param>
    /// <param name="waiting">How many places a member wants.</param>
    /// <param name="now">The time.</param>
    public static int Allocate(int free, SharedMember self, IEnumerable<SharedMember> members, Func<SharedMember, int> waiting, TimeSpan now)
    {
        // Who has waited longest since being let in comes first.
        var line = members
            .Where(member => member == self || (waiting(member) > 0 && now <= member.NextLook + Grace && member.NextLook <= now + CrossProcessRateLimiter.LongestLook + Grace))
            .OrderBy(static member => member.LastServed)
            .ThenBy(static member => member.Id)
            .Select(member => (Member: member, Wanted: waiting(member)))
            .ToArray();
        var mine = 0;
        for (var round = 0; free > 0 && line.Any(one => one.Wanted > round); round++)
        {
            foreach (var one in line)
            {
                if (one.Wanted > round && free > 0)
                {
                    free--;
                    mine += one.Member == self ? 1 : 0;
                }
            }
        }

        return mine;
    }
}
