using System.ComponentModel;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace CopperPS.Core;

/// <summary>
/// A connection to one Copper account. It may be handed to other runspaces (<c>ForEach-Object -Parallel</c>, thread jobs)
/// and used from all of them at once. It shows no secret: the credential stays inside.
/// </summary>
public sealed class CopperSession : ISession
{
    private int _closed;

    internal CopperSession(CopperClient client, Uri baseUri, string? userEmail, string dateFormat, bool isSandbox)
    {
        Client = client;
        BaseUri = baseUri;
        UserEmail = userEmail;
        DateFormat = dateFormat;
        IsSandbox = isSandbox;
    }

    /// <summary>The limits of a session that nobody holds any more end, also when nobody has closed it.</summary>
    ~CopperSession() => Client?.ReleaseRateLimits();

    /// <summary>The e-mail address of the user; null when a token was given and not checked.</summary>
    public string? UserEmail { get; private set; }

    /// <summary>The user's full name; null when the credential was not checked.</summary>
    public string? UserName => User?.Name;

    /// <summary>The user's id; null when the credential was not checked.</summary>
    public long? UserId => User?.Id;

    /// <summary>The account's name; null when it is not known.</summary>
    public string? AccountName => Account?.Name;

    /// <summary>The account's id; null when it is not known.</summary>
    public long? AccountId => Account?.Id;

    /// <summary>The address of the service.</summary>
    public Uri BaseUri { get; }

    /// <summary>The session works on an in-process account with demo data.</summary>
    public bool IsSandbox { get; }

    /// <summary>The account's form of calendar dates on the wire: MM/dd/yyyy or dd/MM/yyyy.</summary>
    public string DateFormat { get; }

    /// <summary>The windows within which all requests are kept, for example <c>36/6s; 180/1m; 600/10m</c>.</summary>
    public string RateLimit => string.Join("; ", Client.GetRateLimitStatus()
        .Where(static window => window.AppliesTo == "All requests")
        .Select(static window => new RateLimit(window.Limit, window.Window)));

    /// <summary>
    /// Whether the rate limit is shared with other processes: this session, or another one of the account in this process, was
    /// created with -SharedLimit.
    /// </summary>
    public bool SharedLimit => Client.SharesLimit;

    /// <summary>The requests sent so far, repetitions included.</summary>
    public long RequestCount => Client.Statistics.RequestCount;

    /// <summary>How long requests have waited for the rate limit, added up.</summary>
    public TimeSpan ThrottledTime => Client.Statistics.ThrottledTime;

    /// <summary>When the session was created (local time).</summary>
    public DateTimeOffset ConnectedAt { get; } = DateTimeOffset.Now;

    /// <summary>The session was closed by Disconnect-Copper.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>The file of the journal that the session keeps (Start-CopperJournal); null for none.</summary>
    public string? JournalPath => Journal?.Path;

    internal CopperClient Client { get; }

    /// <summary>The journal that the session keeps; null for none.</summary>
    internal SessionJournal? Journal => Client.ChangeRecorder as SessionJournal;

    /// <summary>The number of different limits that it has brought.</summary>
    internal int OwnLimits { get; init; }

    internal bool HasLimitsOfOthers => Client.GetRateLimitStatus().Count(static window => window.AppliesFor is null) > OwnLimits;

    internal CopperUser? User { get; private set; }

    internal CopperAccount? Account { get; private set; }

    /// <summary>Somebody else holds the session, so a new default must not close it.</summary>
    internal bool IsShared { get; set; }

    bool ISession.IsShared
    {
        get => IsShared;
        set => IsShared = value;
    }

    /// <summary>Closes the connections. Disconnect-Copper does the same.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            StopJournal();
            Client.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>From now on all changes are kept in the journal.</summary>
    internal void Start(SessionJournal journal) => Client.ChangeRecorder = journal;

    /// <summary>Ends the journal; false when there is none.</summary>
    internal bool StopJournal()
    {
        if (Journal is not { } journal)
        {
            return false;
        }

        Client.ChangeRecorder = null;
        journal.Dispose();
        return true;
    }

    /// <summary>Who and where, for example <c>ada@example.com @ api.copper.com</c>.</summary>
    public override string ToString() => $"{UserEmail ?? "token"} @ {(IsSandbox ? "sandbox" : BaseUri.Authority)}";

    internal void Identify(CopperUser user, CopperAccount? account)
    {
        User = user;
        UserEmail = user.Email ?? UserEmail;
        Account = account;
        Client.Account.UserId = user.Id;
        Client.Account.Id = account?.Id ?? Client.Account.Id;
        Client.Account.Name = account?.Name;
    }
}
