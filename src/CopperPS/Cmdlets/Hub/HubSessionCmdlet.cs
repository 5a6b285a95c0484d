using System.Management.Automation;
using Copper.Client.Hub;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>The base of every cmdlet that works on a session with a CopperHub.</summary>
public abstract class HubSessionCmdlet : ServiceCmdlet<CopperHubSession, CopperHubClient>
{
    private protected HubSessionCmdlet()
    {
    }

    private protected sealed override ErrorRecord RecordOf(Exception exception, object? target) => HubErrorRecords.From(exception, target);

    private protected sealed override CopperHubClient ClientOf(CopperHubSession session) => session.Client.WithTrace(Mailbox);

    private protected sealed override CopperHubSession Resolve(CopperHubSession? given)
    {
        var session = given ?? DefaultHubSession.Current;
        if (session is null)
        {
            ThrowTerminatingError(HubErrorRecords.NotConnected());
        }

        if (session!.IsClosed)
        {
            ThrowTerminatingError(HubErrorRecords.SessionClosed(session));
        }

        return session;
    }
}
