namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// The windows of one account, as all processes use them. A request of a credential whose account is not known counts for every
/// account, because it may belong to any of them.
/// </summary>
internal sealed class LimiterScope(LimiterState state, Guid? account)
{
    /// <summary>
    /// The scopes that count a request of this credential: the one of its account, or all of them while that is not known.
    /// </summary>
    public static IReadOnlyList<LimiterScope> For(LimiterState state, Guid credential)
    {
        if (state.AccountOf(credential) is { } account)
        {
            return [new LimiterScope(state, account)];
        }

        var accounts = state.Members.Select(static member => member.Credential)
            .Concat(state.InFlight.Select(static request => request.Credential))
            .Concat(state.Completed.Select(static request => request.Credential))
            .Distinct().Select(state.AccountOf).Append(null).Distinct();
        return accounts.Select(one => new LimiterScope(state, one)).ToArray();
    }

    /// <summary>The requests of this credential count here.</summary>
    public bool Covers(Guid credential) => state.AccountOf(credential) is not { } known || known == account;

    /// <summary>The windows of all who take part. All of them apply, so that the strictest decides.</summary>
    public IReadOnlyList<RateLimit> Limits(bool bulk) => state.Members
        .Where(member => Covers(member.Credential))
        .SelectMany(member => bulk ? member.BulkLimits : member.Limits)
        .Distinct().ToArray();

    /// <summary>The part of each limit that may be used, and the time before which no request is admitted.</summary>
    public (double Share, TimeSpan HoldUntil) BackoffAt(TimeSpan now)
    {
        var (share, hold) = (1.0, state.HoldUntil);
        foreach (var pair in state.Backoffs)
        {
            if (pair.Key == account || !state.Accounts.ContainsValue(pair.Key))
            {
                share = Math.Min(share, pair.Value.ShareAt(now, RecoveryStep));
                hold = pair.Value.HoldUntil > hold ? pair.Value.HoldUntil.Value : hold;
            }
        }

        return (share, hold);
    }

    /// <summary>As in a single process, the rate recovers by one step in the time of the shortest window.</summary>
    public TimeSpan RecoveryStep => Limits(bulk: false).Select(static limit => limit.Window).DefaultIfEmpty(TimeSpan.Zero).Min();

    /// <summary>The use of one window.</summary>
    /// <param name="limit">The window.</param>
    /// <param name="bulk">It counts only bulk requests.</param>
    /// <param name="share">The part that may be used; at least one permit.</param>
    /// <param name="now">The time.</param>
    public WindowUse Use(RateLimit limit, bool bulk, double share, TimeSpan now)
    {
        var inFlight = state.InFlight.Count(request => (request.Bulk || !bulk) && Covers(request.Credential));

        // Strictly later, as in RollingWindow, so that a service whose windows include both ends counts no more than the limit either.
        var completed = state.Completed
            .Where(request => (request.Bulk || !bulk) && request.Time + limit.Window >= now && Covers(request.Credential))
            .ToArray();
        var used = inFlight + completed.Length;
        var allowed = (int)Math.Ceiling(Math.Max(1, limit.Limit * share));
        if (used < allowed)
        {
            return new WindowUse(used, allowed - used, now);
        }

        var last = used - allowed;
        return new WindowUse(used, 0, last < completed.Length ? completed[last].Time + limit.Window + TimeSpan.FromTicks(1) : null);
    }

    /// <summary>The permits that are free in all windows, and when the next one is; null while that depends on a response.</summary>
    public (int Free, TimeSpan? Next) Room(bool bulk, TimeSpan now)
    {
        var (share, hold) = BackoffAt(now);
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
