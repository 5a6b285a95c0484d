using System.Management.Automation;
using Copper.Client.Hub;
using Copper.Client.Http.Errors;
using CopperPS.Pipeline;

namespace CopperPS.Hub;

/// <summary>The base of every cmdlet that works on a session with a CopperHub: the given one, or the default of the runspace.</summary>
public abstract class HubSessionCmdlet : CopperCmdlet
{
    private CopperHubSession? _session;
    private CopperHubClient? _client;

    private protected HubSessionCmdlet()
    {
    }

    /// <summary>The session to use; the runspace's default without it.</summary>
    [Parameter]
    [ValidateNotNull]
    public CopperHubSession? Session { get; set; }

    /// <summary>The session in use.</summary>
    private protected CopperHubSession CurrentSession => _session ??= Resolve();

    /// <summary>The session's client, whose messages come to this cmdlet.</summary>
    private protected CopperHubClient Client => _client ??= CurrentSession.Client.WithTrace(Mailbox);

    /// <summary>Ends the pipeline when there is no session, before anything is read from it.</summary>
    protected override void BeginProcessing() => _ = CurrentSession;

    /// <summary>
    /// Runs a call for one item. A failure becomes one error about that item and the pipeline goes on, except when no
    /// further call can succeed.
    /// </summary>
    private protected bool TryCall<T>(Func<CancellationToken, Task<T>> call, object? target, out T result)
    {
        try
        {
            result = Await(call);
            return true;
        }
        catch (Exception exception) when (exception is CopperException or ArgumentException)
        {
            WriteFailure(exception, target);
            result = default!;
            return false;
        }
    }

    private protected void WriteFailure(Exception exception, object? target)
    {
        var record = HubErrorRecords.From(exception, target);
        if (exception is CopperAuthenticationException)
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    private CopperHubSession Resolve()
    {
        var session = Session ?? DefaultHubSession.Current;
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
