namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// What the processes of this machine know together: who takes part, which requests are under way, and when the last ones were
/// answered. All times are of the machine's monotonic clock, which counts from its start and is the same for every process.
/// </summary>
internal sealed class LimiterState
{
    /// <summary>What is older does not matter to a window that comes later, as long as no longer one is in force.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private const int FewestAnswers = 5_000;
    private const int MostAccounts = 200;

    /// <summary>What the system had taken from a process that ended has reached the service after this time.</summary>
    private static readonly TimeSpan OnTheWire = TimeSpan.FromSeconds(2);

    /// <summary>Far longer than anybody's wait until the next look, and far shorter than a day's work.</summary>
    private static readonly TimeSpan Absence = TimeSpan.FromHours(1);

    /// <summary>No request may take longer than a day, which is what -TimeoutSec allows.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2);

    public List<SharedMember> Members { get; } = [];

    public List<InFlightRequest> Flights { get; } = [];

    /// <summary>Oldest first, once <see cref="Clean"/> has been called.</summary>
    public List<CompletedRequest> Answers { get; } = [];

    /// <summary>Which account a credential belongs to, where that is known.</summary>
    public Dictionary<Guid, Guid> Accounts { get; } = [];

    /// <summary>What was learnt from refusals, by account, or by credential while its account is not known.</summary>
    public Dictionary<Guid, AdaptiveBackoff> Cautions { get; } = [];

    /// <summary>Nobody is let in before: set when the former state was lost.</summary>
    public TimeSpan HoldUntil { get; set; }

    public Guid? AccountOf(Guid credential) => Accounts.TryGetValue(credential, out var account) ? account : null;

    public AdaptiveBackoff CautionOf(Guid credential)
    {
        var key = AccountOf(credential) ?? credential;
        if (!Cautions.TryGetValue(key, out var caution))
        {
            Cautions[key] = caution = new AdaptiveBackoff();
        }

        return caution;
    }

    /// <summary>The credential turned out to belong to this account.</summary>
    public void Identify(Guid credential, Guid account)
    {
        Accounts[credential] = account;
        if (credential != account && Cautions.TryGetValue(credential, out var learnt))
        {
            Cautions.Remove(credential);
            CautionOf(credential).Absorb(learnt);
        }
    }

    /// <summary>
    /// Forgets what does not matter any more. What a dead process had under way counts as answered a little after its end was
    /// noticed: until then its last bytes may still have been on their way to the service. A time later than now is from before a
    /// restart of the machine, or nonsense: it counts as the time of the last writing, which waits rather too long than too short,
    /// and never for ever. What cannot come about is dropped.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="isAlive">A process still runs; null when that cannot be seen from here.</param>
    /// <param name="age">How long ago the state was written; it is not believed when it cannot be.</param>
    public void Clean(TimeSpan now, Func<ProcessIdentity, bool?> isAlive, TimeSpan age)
    {
        var written = age > TimeSpan.Zero ? now - age : now;
        foreach (var member in Members.ToArray())
        {
            var alive = isAlive(member.Process);
            member.LastSeen = Earlier(member.LastSeen, now);
            member.Patience = Earlier(member.Patience, LongestPatience);
            if (alive == false || (alive is null && member.LastSeen + Absence < now))
            {
                member.FoundDead = Earlier(member.FoundDead ?? now, now);
                (member.IsLeaving, member.Waiting, member.BulkWaiting) = (true, 0, 0);
                if (member.FoundDead + OnTheWire < now)
                {
                    Land(flight => flight.Member == member.Id, now);
                }
            }
            else
            {
                // A process that cannot be seen from here may have ended, and one that has not looked for so long may have been
                // suspended: their requests end by the time that they are allowed.
                var isSilent = alive is null || member.LastSeen + member.Patience < now;
                Land(flight => isSilent && flight.Member == member.Id && Earlier(flight.Since, now) + member.Patience < now, now);
            }
        }

        Flights.RemoveAll(flight => !Members.Exists(member => member.Id == flight.Member));
        Members.RemoveAll(member => member.IsLeaving && !Flights.Exists(flight => flight.Member == member.Id));
        var longest = Members.SelectMany(static member => member.Limits.Concat(member.BulkLimits)).Select(static limit => limit.Window).Append(Memory).Max();
        var most = Members.SelectMany(static member => member.Limits).Select(static limit => limit.Limit).Append(FewestAnswers).Max();
        for (var i = 0; i < Answers.Count; i++)
        {
            Answers[i] = Answers[i].Time <= now ? Answers[i] : Answers[i] with { Time = written };
        }

        Answers.RemoveAll(answer => answer.Time + longest < now);
        Answers.Sort(static (left, right) => left.Time.CompareTo(right.Time));
        if (Answers.Count > most)
        {
            Answers.RemoveRange(0, Answers.Count - most);
        }

        HoldUntil = Earlier(HoldUntil, written + longest);
        foreach (var pair in Cautions.ToArray())
        {
            pair.Value.ClampToNow(now);
            if (pair.Value.IsOver(now))
            {
                Cautions.Remove(pair.Key);
            }
        }

        // Tokens come and go. Forgetting one's account only makes it count for every account until it is known again.
        if (Accounts.Count > MostAccounts)
        {
            var used = new HashSet<Guid>(Members.Select(static member => member.Credential).Concat(Answers.Select(static answer => answer.Credential)));
            foreach (var credential in Accounts.Keys.Where(credential => !used.Contains(credential)).ToArray())
            {
                Accounts.Remove(credential);
            }
        }
    }

    /// <summary>Nobody will say any more when these requests were answered: they count as answered now.</summary>
    public void Land(Predicate<InFlightRequest> which, TimeSpan now)
    {
        foreach (var flight in Flights.FindAll(which))
        {
            Flights.Remove(flight);
            Answers.Add(new CompletedRequest(now, flight.Credential, flight.Bulk));
        }
    }

    private static TimeSpan Earlier(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

/// <summary>One credential's part of one process in the shared limit.</summary>
internal sealed class SharedMember(Guid id, ProcessIdentity process, Guid credential)
{
    public Guid Id { get; } = id;

    public ProcessIdentity Process { get; } = process;

    public Guid Credential { get; } = credential;

    public IReadOnlyList<RateLimit> Limits { get; set; } = [];

    public IReadOnlyList<RateLimit> BulkLimits { get; set; } = [];

    /// <summary>Its requests that could go if there were room.</summary>
    public int Waiting { get; set; }

    /// <summary>Those among them that wait for the bulk window.</summary>
    public int BulkWaiting { get; set; }

    /// <summary>When it looks again.</summary>
    public TimeSpan NextLook { get; set; }

    /// <summary>When it was last let in.</summary>
    public TimeSpan LastServed { get; set; }

    public TimeSpan LastSeen { get; set; }

    /// <summary>Its requests surely are over after this time.</summary>
    public TimeSpan Patience { get; set; }

    /// <summary>When its process was first found to have ended.</summary>
    public TimeSpan? FoundDead { get; set; }

    /// <summary>It has closed; only its requests under way keep it here.</summary>
    public bool IsLeaving { get; set; }
}

/// <summary>A request under way: the service may count it at any time.</summary>
internal sealed record InFlightRequest(Guid Member, long Number, Guid Credential, bool Bulk, TimeSpan Since);

/// <summary>A request that the service had counted by this time.</summary>
internal readonly record struct CompletedRequest(TimeSpan Time, Guid Credential, bool Bulk);

/// <summary>A process that cannot be mistaken for a later one of the same number.</summary>
/// <param name="Id">The number of the process.</param>
/// <param name="Started">When it started, in a unit of the system's.</param>
/// <param name="Place">Where the number holds: the machine, its present run, and its container.</param>
internal sealed record ProcessIdentity(int Id, long Started, string Place);
