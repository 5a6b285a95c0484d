using System.ComponentModel;
using Copper.Client.Hub;
using Copper.Client.Hub.Models;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>
/// A session with a CopperHub. It may be handed to other runspaces (<c>ForEach-Object -Parallel</c>, thread jobs) and used
/// from all of them at once. It shows no secret: credential and session id stay inside.
/// </summary>
public sealed class CopperHubSession : ISession
{
    private int _closed;

    internal CopperHubSession(CopperHubClient client, Uri uri, string userName, bool isSandbox)
    {
        Client = client;
        Uri = uri;
        UserName = userName;
        IsSandbox = isSandbox;
    }

    /// <summary>The name that the user logged in with.</summary>
    public string UserName { get; }

    /// <summary>The user's id; null when the service did not state it.</summary>
    public long? UserId => User?.Id;

    /// <summary>The address of the installation.</summary>
    public Uri Uri { get; }

    /// <summary>The session works on an installation with demo data inside this process.</summary>
    public bool IsSandbox { get; }

    /// <summary>The requests sent so far, repetitions included.</summary>
    public long RequestCount => Client.Statistics.RequestCount;

    /// <summary>When the session was created (local time).</summary>
    public DateTimeOffset ConnectedAt { get; } = DateTimeOffset.Now;

    /// <summary>The session was closed by Disconnect-CopperHub.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    internal CopperHubClient Client { get; }

    /// <summary>Known since the login, also after the session has ended.</summary>
    internal CopperHubUser? User { get; set; }

    /// <summary>Somebody else holds the session, so a new default must not close it.</summary>
    internal bool IsShared { get; set; }

    bool ISession.IsShared
    {
        get => IsShared;
        set => IsShared = value;
    }

    /// <summary>Closes the connections, without a logout: that takes Disconnect-CopperHub.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Client.Dispose();
        }
    }

    /// <summary>Who and where, for example <c>admin @ v5.copperhub.com</c>.</summary>
    public override string ToString() => $"{UserName} @ {(IsSandbox ? "sandbox" : Uri.Authority)}";
}
