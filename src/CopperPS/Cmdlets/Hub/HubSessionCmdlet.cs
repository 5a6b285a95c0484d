using System.Management.Automation;
using Copper.Client.Hub;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>The base of every cmdlet that works on a session with a CopperHub.</summary>
public abstract class HubSessionCmdlet : CopperCmdlet
{
    private readonly SessionScope<CopperHubSession, CopperHubClient> _scope;

    private protected HubSessionCmdlet() => _scope = new SessionScope<CopperHubSession, CopperHubClient>(
        () => Session ?? DefaultSession<CopperHubSession>.Current,
        session => session.Client.WithTrace(Mailbox),
        HubErrorRecords.NotConnected,
        HubErrorRecords.SessionClosed,
        ThrowTerminatingError);

    /// <summary>The session to use; the runspace's default without it.</summary>
    [Parameter]
    [SessionTransformation]
    [ValidateNotNull]
    public CopperHubSession? Session { get; set; }

    /// <summary>The session in use.</summary>
    private protected CopperHubSession CurrentSession => _scope.Session;

    /// <summary>The session's client, whose messages come to this cmdlet.</summary>
    private protected CopperHubClient Client => _scope.Client;

    /// <summary>The same reference, unless it is a record of another installation, whose id means another record here.</summary>
    /// <exception cref="Copper.Client.Metadata.InputRejectedException">It is of another installation.</exception>
    private protected CopperReference Own(CopperReference reference) => ReferenceRejections.Own(reference, Client.Account, isHub: true);

    /// <summary>Ends the pipeline when there is no session, before anything is read from it.</summary>
    protected override void BeginProcessing() => _ = CurrentSession;

    private protected sealed override ErrorRecord RecordOf(Exception exception, object? target) => HubErrorRecords.From(exception, target);
}
