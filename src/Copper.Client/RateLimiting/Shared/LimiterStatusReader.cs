using System.Globalization;
using Copper.Client.Json;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>Describes the windows that several processes share. Has no lock.</summary>
/// <param name="credential">The credential of this process.</param>
/// <param name="kind">Where the processes run.</param>
internal sealed class LimiterStatusReader(Guid credential, StoreKind kind)
{
    private volatile IReadOnlyList<RateLimitStatus> _last = [];

    /// <summary>A row for each window of all processes, combined with the windows of this process.</summary>
    /// <param name="read">The state and its time; null when it cannot be read now: the windows are then as they were the last time.</param>
    /// <param name="own">The windows of this process.</param>
    public IReadOnlyList<RateLimitStatus> Describe((LimiterState State, TimeSpan Now)? read, IReadOnlyList<RateLimitStatus> own)
    {
        if (read is var (state, now))
        {
            _last = Describe(state, now);
        }

        return Combine(_last, _last, own);
    }

    /// <summary>A row for each window that applies while the store cannot be used.</summary>
    /// <param name="reduced">Each window, and the share of it.</param>
    /// <param name="own">The windows of this process.</param>
    public static IReadOnlyList<RateLimitStatus> DescribeOutage(
        IReadOnlyList<(RateLimitStatus Whole, RateLimitStatus Share)> reduced, IReadOnlyList<RateLimitStatus> own) =>
        Combine(reduced.Select(static row => row.Whole).ToArray(), reduced.Select(static row => row.Share).ToArray(), own);

    /// <summary>The rows, each combined with the one of this process that is of the same window.</summary>
    private static List<RateLimitStatus> Combine(
        IReadOnlyList<RateLimitStatus> windows, IReadOnlyList<RateLimitStatus> shown, IReadOnlyList<RateLimitStatus> own)
    {
        var rows = shown.Select((row, i) => row.With(own.FirstOrDefault(windows[i].IsOfTheSameWindow))).ToList();
        var others = own.Where(row => !windows.Any(row.IsOfTheSameWindow)).ToArray();
        rows.InsertRange(rows.FindLastIndex(static row => !row.IsBulk) + 1, others.Where(static row => !row.IsBulk));
        rows.AddRange(others.Where(static row => row.IsBulk));
        return rows;
    }

    private List<RateLimitStatus> Describe(LimiterState state, TimeSpan now)
    {
        var scopes = LimiterScope.For(state, credential);
        var processes = state.Members
            .Where(member => !member.IsLeaving && scopes.Any(scope => scope.Covers(member.Credential)))
            .GroupBy(static member => member.Process, static member => member.LastSeen)
            .OrderBy(static seen => (seen.Key.Host, seen.Key.Id))
            .Select(seen => Describe(seen.Key, now - seen.Max())).ToArray();
        var rows = new List<RateLimitStatus>();
        foreach (var bulk in new[] { false, true })
        {
            foreach (var limit in scopes.SelectMany(scope => scope.Limits(bulk)).Distinct())
            {
                // While the account is not known, the fullest of all accounts.
                var uses = scopes.Select(scope =>
                {
                    var (share, hold) = scope.BackoffAt(now);
                    var use = scope.Use(limit, bulk, share, now);
                    var next = use.Next ?? now + limit.Window;
                    var due = next > hold ? next : hold;
                    return (use.Used, Wait: due > now ? due - now : TimeSpan.Zero);
                }).ToArray();
                var (used, wait) = (uses.Max(static use => use.Used), uses.Max(static use => use.Wait));
                rows.Add(new RateLimitStatus(limit, used, wait, bulk)
                {
                    SharedBy = processes.Length,
                    SharedWith = new CopperList<string>(processes),
                });
            }
        }

        return rows;
    }

    /// <summary>One that was not seen for so long that it may have ended comes with the time: it may be idle just as well.</summary>
    private string Describe(ProcessIdentity process, TimeSpan silence)
    {
        var name = string.Format(
            CultureInfo.InvariantCulture, kind.IsRemote ? "process {0} on {1}" : "process {0}", process.Id, process.Host);
        return silence > kind.Lease
            ? string.Format(
                CultureInfo.InvariantCulture,
                silence < TimeSpan.FromMinutes(2) ? "{0}, last seen {1:0} s ago" : "{0}, last seen {2:0} min ago",
                name,
                silence.TotalSeconds,
                silence.TotalMinutes)
            : name;
    }
}
