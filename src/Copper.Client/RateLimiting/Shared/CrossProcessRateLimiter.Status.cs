namespace Copper.Client.RateLimiting.Shared;

/// <summary>How the shared windows stand.</summary>
internal sealed partial class CrossProcessRateLimiter
{
    private IReadOnlyList<RateLimitStatus> _status = [];

    /// <summary>
    /// The windows of all processes, a row each, joined with those of this process alone. When the store cannot be opened just now,
    /// they stand as they were seen last.
    /// </summary>
    public IReadOnlyList<RateLimitStatus> Status(IReadOnlyList<RateLimitStatus> own)
    {
        TrySyncOnClose();
        try
        {
            store.TryUpdate((bytes, age) =>
            {
                lock (_gate)
                {
                    var now = clock.Elapsed;
                    var state = Read(bytes, age, now);
                    state.Clean(now, process => _roll.IsAlive(process, now), age);
                    _status = Describe(state, now);
                    return null;
                }
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // As it was seen last.
        }

        var rows = _status.Select(row => row.With(own.FirstOrDefault(row.IsOfTheSameWindow))).ToList();
        rows.InsertRange(rows.FindLastIndex(static row => !row.IsBulk) + 1, own.Where(row => !row.IsBulk && !rows.Exists(row.IsOfTheSameWindow)).ToArray());
        rows.AddRange(own.Where(row => row.IsBulk && !rows.Exists(row.IsOfTheSameWindow)).ToArray());
        return rows;
    }

    private List<RateLimitStatus> Describe(LimiterState state, TimeSpan now)
    {
        var scopes = LimiterScope.For(state, credential);
        var processes = state.Members.Where(member => !member.IsLeaving && scopes.Any(scope => scope.Covers(member.Credential))).Select(static member => member.Process).Distinct().Count();
        var rows = new List<RateLimitStatus>();
        foreach (var bulk in new[] { false, true })
        {
            foreach (var limit in scopes.SelectMany(scope => scope.Limits(bulk)).Distinct())
            {
                // While the account is not known, the fullest of the accounts that it may be.
                var uses = scopes.Select(scope =>
                {
                    var (share, hold) = scope.AdaptiveBackoff(now);
                    var use = scope.Use(limit, bulk, share, now);
                    var next = use.Next ?? now + limit.Window;
                    return (use.Used, Wait: Positive((next > hold ? next : hold) - now));
                }).ToArray();
                rows.Add(new RateLimitStatus(limit, uses.Max(static use => use.Used), uses.Max(static use => use.Wait), bulk) { SharedBy = processes });
            }
        }

        return rows;
    }
}
