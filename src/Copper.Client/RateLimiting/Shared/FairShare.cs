namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Allocates the free permits to the waiting processes one at a time, so that no process takes all of them from the others.
/// </summary>
internal static class FairShare
{
    /// <summary>Returns the number of permits for this member.</summary>
    /// <param name="free">The free permits.</param>
    /// <param name="self">The member that asks.</param>
    /// <param name="members">All members that compete for them, the asking one included.</param>
    /// <param name="waiting">How many permits a member wants.</param>
    /// <param name="now">The time.</param>
    /// <param name="kind">How often processes sync.</param>
    public static int Allocate(
        int free, LimiterMember self, IEnumerable<LimiterMember> members, Func<LimiterMember, int> waiting, TimeSpan now, StoreKind kind)
    {
        var queue = members
            .Where(member => member == self || (waiting(member) > 0 && SyncsSoon(member, now, kind)))
            .OrderBy(static member => member, Comparer<LimiterMember>.Create(Compare))
            .Select(member => (Member: member, Wanted: waiting(member)))
            .ToArray();
        var mine = 0;
        for (var round = 0; free > 0 && queue.Any(one => one.Wanted > round); round++)
        {
            foreach (var one in queue)
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

    /// <summary>Who comes first: the member whose last admission is the longest ago.</summary>
    public static int Compare(LimiterMember left, LimiterMember right) =>
        left.LastAdmitted.CompareTo(right.LastAdmitted) is not 0 and var order ? order : left.Id.CompareTo(right.Id);

    private static bool SyncsSoon(LimiterMember member, TimeSpan now, StoreKind kind) =>
        now <= member.NextSync + kind.Grace && member.NextSync <= now + kind.LongestLook + kind.Grace;
}
