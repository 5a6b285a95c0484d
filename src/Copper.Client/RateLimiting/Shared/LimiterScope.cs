namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// The windows of one account as all processes fill them. What was sent with a credential whose account nobody knows yet counts
/// for every account, for it may belong to it.
/// </summary>
internal sealed class LimiterScope(LimiterState state, Guid? account)
{
    /// <summary>The scopes that a request of this credential has to fit into: its account's, or every account's while that is not known.</summary>
    public static IReadOnlyList<LimiterScope> For(LimiterState state, Guid credential)
    {
        if (state.AccountOf(credential) is { } account)
        {
            return [new LimiterScope(state, account)];
        }

        var accounts = state.Members.Select(static member => member.Credential)
            .Concat(state.Flights.Select(static flight => flight.Credential))
            .Concat(state.Answers.Select(static answer => answer.Credential))
            .Distinct().Select(state.AccountOf).Append(null).Distinct();
        return accounts.Select(one => new LimiterScope(state, one)).ToArray();
    }

    public bool Covers(Guid credential) => state.AccountOf(credential) is not { } known || known == account;

    /// <summary>The windows in force: those of all who take part, all at once, so the strictest decides.</summary>
    public IReadOnlyList<RateLimit> Limits(bool bulk) =>
        state.Members.Where(member => Covers(member.Credential)).SelectMany(member => bulk ? member.BulkLimits : member.Limits).Distinct().ToArray();

    /// <summary>The part of each limit that may be used, and until when nobody is let in.</summary>
    public (double Share, TimeSpan HoldUntil) AdaptiveBackoff(TimeSpan now)
    {
        var (share, hold) = (1.0, state.HoldUntil);
        foreach (var pair in state.Cautions)
        {
            if (pair.Key == account || !state.Accounts.ContainsValue(pair.Key))
            {
                share = Math.Min(share, pair.Value.ShareAt(now, Pace));
                hold = pair.Value.HoldUntil > hold ? pair.Value.HoldUntil.Value : hold;
            }
        }

        return (share, hold);
    }

    /// <summary>As in a single process, a step back to the whole rate takes one of the shortest windows.</summary>
    public TimeSpan Pace => Limits(bulk: false).Select(static limit => limit.Window).DefaultIfEmpty(TimeSpan.Zero).Min();

    /// <summary>How one window stands.</summary>
    /// <param name="limit">The window.</param>
    /// <param name="bulk">It counts only bulk requests.</param>
    /// <param name="share">The part that may be used; at least one place may.</param>
    /// <param name="now">The time.</param>
    public WindowUse Use(RateLimit limit, bool bulk, double share, TimeSpan now)
    {
        var underWay = state.Flights.Count(flight => (flight.Bulk || !bulk) && Covers(flight.Credential));

        // Not released before strictly later, as in RollingWindow: a service whose windows include both ends still counts right.
        var answered = state.Answers.Where(answer => (answer.Bulk || !bulk) && answer.Time + limit.Window >= now && Covers(answer.Credential)).ToArray();
        var used = underWay + answered.Length;
        var allowed = (int)Math.Ceiling(Math.Max(1, limit.Limit * share));
        if (used < allowed)
        {
            return new WindowUse(used, allowed - used, now);
        }

        var last = used - allowed;
        return new WindowUse(used, 0, last < answered.Length ? answered[last].Time + limit.Window + TimeSpan.FromTicks(1) : null);
    }

    /// <summary>The places that all windows have, and when the next one comes free; null while that depends on an answer.</summary>
    public (int Free, TimeSpan? Next) Room(bool bulk, TimeSpan now)
    {
        var (share, hold) = AdaptiveBackoff(now);
        if (now < hold)
        {
            return (0, hold);
        }

        var (free, next) = (int.MaxValue, (TimeSpan?)now);
        foreach (var limit in Limits(bulk))
        {
            var use = Use(limit, bulk, share, now);
            free = Math.Min(free, use.Free);
            next = next is null || use.Next is null ? null : use.Next > next ? use.Next : next;
        }

        return (free, next);
    }
}

/// <summary>How many places of a window are taken and free, and when there is one; null while that depends on an answer.</summary>
internal readonly record struct WindowUse(int Used, int Free, TimeSpan? Next);
