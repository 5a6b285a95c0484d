namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// What the processes know together: who takes part, which requests are in flight, and when the last ones completed. All times are
/// the time of the store; for a file that is the machine's monotonic clock, which is the same for every process.
/// </summary>
internal sealed class LimiterState
{
    /// <summary>How long a completed request matters, as long as no longer window applies.</summary>
    public static readonly TimeSpan Memory = RateLimit.LongestDocumentedWindow;

    private const int CompletedCapacity = 5_000;
    private const int AccountCapacity = 200;

    /// <summary>What a process had sent when it ended has reached the service after this time.</summary>
    private static readonly TimeSpan OnTheWire = TimeSpan.FromSeconds(2);

    /// <summary>No request may take longer than a day, which is more than any timeout allows.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2);

    public List<LimiterMember> Members { get; } = [];

    public List<InFlightRequest> InFlight { get; } = [];

    /// <summary>Oldest first, once <see cref="Clean"/> has been called.</summary>
    public List<CompletedRequest> Completed { get; } = [];

    /// <summary>Which account a credential belongs to, where that is known.</summary>
    public Dictionary<Guid, Guid> Accounts { get; } = [];

    /// <summary>The backoff after a 429, by account, or by credential while its account is not known.</summary>
    public Dictionary<Guid, AdaptiveBackoff> Backoffs { get; } = [];

    /// <summary>No request is admitted before: set when the former state was lost.</summary>
    public TimeSpan HoldUntil { get; set; }

    public Guid? AccountOf(Guid credential) => Accounts.TryGetValue(credential, out var account) ? account : null;

    public AdaptiveBackoff BackoffOf(Guid credential)
    {
        var key = AccountOf(credential) ?? credential;
        if (!Backoffs.TryGetValue(key, out var backoff))
        {
            Backoffs[key] = backoff = new AdaptiveBackoff();
        }

        return backoff;
    }

    /// <summary>The credential belongs to this account.</summary>
    public void Identify(Guid credential, Guid account)
    {
        Accounts[credential] = account;
        if (credential != account && Backoffs.TryGetValue(credential, out var own))
        {
            Backoffs.Remove(credential);
            BackoffOf(credential).Absorb(own);
        }
    }

    /// <summary>
    /// Removes what does not matter any more. The requests in flight of an ended process count as completed a little after its end was
    /// noticed: until then its last bytes may be on their way to the service. A time in the future is from before a restart of the
    /// machine, or invalid: it counts as the time of the last write, which waits rather too long than too short, and never for ever.
    /// </summary>
    /// <param name="time">The time.</param>
    /// <param name="isAlive">A process still runs; null when that cannot be determined from here.</param>
    /// <param name="age">How long ago the state was written; ignored when it is impossible.</param>
    /// <param name="kind">What is known of the processes that share the store, and of their clocks.</param>
    public void Clean(SyncTime time, Func<ProcessIdentity, bool?> isAlive, TimeSpan age, StoreKind kind)
    {
        var (now, latest) = (time.Now, time.Latest);
        var written = age > TimeSpan.Zero ? latest - age : latest;
        CleanMembers(time, isAlive, kind);
        var longest = Members.SelectMany(static member => member.Limits.Concat(member.BulkLimits))
            .Select(static limit => limit.Window).Append(Memory).Max();
        CleanCompleted(now, latest + kind.ClockTolerance, written, longest);
        HoldUntil = Earlier(HoldUntil, written + longest);
        foreach (var pair in Backoffs.ToArray())
        {
            pair.Value.ClampToNow(latest);
            if (pair.Value.IsOver(now))
            {
                Backoffs.Remove(pair.Key);
            }
        }

        CleanAccounts();
    }

    /// <summary>Nobody will report any more when these requests completed: they count as completed now.</summary>
    public void CompleteAll(Predicate<InFlightRequest> matches, TimeSpan now)
    {
        foreach (var request in InFlight.FindAll(matches))
        {
            InFlight.Remove(request);
            Completed.Add(new CompletedRequest(now, request.Credential, request.Bulk));
        }
    }

    private void CleanMembers(SyncTime time, Func<ProcessIdentity, bool?> isAlive, StoreKind kind)
    {
        var (now, latest) = (time.Now, time.Latest);
        foreach (var member in Members.ToArray())
        {
            var alive = isAlive(member.Process);
            member.LastSeen = Earlier(member.LastSeen, now);
            member.LongestRequest = Earlier(member.LongestRequest, LongestTimeout);
            if (alive == false || (alive is null && member.LastSeen + kind.Absence < now))
            {
                member.FoundDead = Earlier(member.FoundDead ?? now, now);
                (member.IsLeaving, member.Waiting, member.BulkWaiting) = (true, 0, 0);
                if (member.FoundDead + OnTheWire < now)
                {
                    CompleteAll(request => request.Member == member.Id, latest);
                }
            }
            else
            {
                // A process that cannot be seen from here may have ended, and one that has not synced for so long may be suspended:
                // their requests end after the time that they are allowed. Where a process shows by itself that it is alive, they end
                // when it has not done so for long enough: it counts them anew should it come back.
                var hasEnded = member.LastSeen + kind.Lease < now;
                var isSilent = alive is null || member.LastSeen + member.LongestRequest < now;
                CompleteAll(
                    request => request.Member == member.Id
                        && (hasEnded || (isSilent && Earlier(request.Since, now) + member.LongestRequest < now)),
                    latest);
            }
        }

        InFlight.RemoveAll(request => !Members.Exists(member => member.Id == request.Member));
        Members.RemoveAll(member => member.IsLeaving && !InFlight.Exists(request => request.Member == member.Id));
    }

    private void CleanCompleted(TimeSpan now, TimeSpan future, TimeSpan written, TimeSpan longestWindow)
    {
        for (var i = 0; i < Completed.Count; i++)
        {
            Completed[i] = Completed[i].Time <= future ? Completed[i] : Completed[i] with { Time = written };
        }

        Completed.RemoveAll(request => request.Time + longestWindow < now);
        Completed.Sort(static (left, right) => left.Time.CompareTo(right.Time));
        var capacity = Members.SelectMany(static member => member.Limits)
            .Select(static limit => limit.Limit).Append(CompletedCapacity).Max();
        if (Completed.Count > capacity)
        {
            Completed.RemoveRange(0, Completed.Count - capacity);
        }
    }

    /// <summary>Tokens come and go. A credential without its account only counts for every account until that is known again.</summary>
    private void CleanAccounts()
    {
        if (Accounts.Count > AccountCapacity)
        {
            var used = new HashSet<Guid>(
                Members.Select(static member => member.Credential).Concat(Completed.Select(static request => request.Credential)));
            foreach (var credential in Accounts.Keys.Where(credential => !used.Contains(credential)).ToArray())
            {
                Accounts.Remove(credential);
            }
        }
    }

    private static TimeSpan Earlier(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
