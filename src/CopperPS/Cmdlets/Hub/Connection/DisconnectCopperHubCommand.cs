using System.Management.Automation;
using Copper.Client;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub.Connection;

/// <summary>Logs out and closes a session with a CopperHub.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CopperHub")]
[OutputType(typeof(void))]
public sealed class DisconnectCopperHubCommand : CopperCmdlet
{
    /// <summary>The sessions to close; the runspace's default without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CopperHubSession[]? Session { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Nothing to close is no mistake: a script's clean-up may run whatever happened before.
        foreach (var session in Session ?? (DefaultSession<CopperHubSession>.Current is { } current ? [current] : []))
        {
            try
            {
                LogOut(session);
            }
            finally
            {
                session.Dispose();
                DefaultSession<CopperHubSession>.Forget(session);
            }
        }
    }

    private void LogOut(CopperHubSession session)
    {
        if (session.IsClosed)
        {
            return;
        }

        try
        {
            Await(session.Client.WithTrace(Mailbox).LogOutAsync);
        }
        catch (CopperException exception)
        {
            WriteWarning(
                $"The session '{session}' is closed here, but the CopperHub could not be told: {exception.Message} "
                    + "It ends there by itself.");
        }
    }
}
