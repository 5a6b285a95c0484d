using System.Management.Automation;
using Copper.Client.Http;

namespace CopperPS.Core;

/// <summary>The base of every cmdlet that works on a session with one of the services: the given one, or the default of the runspace.</summary>
/// <typeparam name="TSession">The session with the service.</typeparam>
/// <typeparam name="TClient">The client of the service.</typeparam>
public abstract class ServiceCmdlet<TSession, TClient> : CopperCmdlet
    where TSession : class
    where TClient : class
{
    private TSession? _session;
    private TClient? _client;

    private protected ServiceCmdlet()
    {
    }

    /// <summary>The session to use; the runspace's default without it.</summary>
    [Parameter]
    [ValidateNotNull]
    public TSession? Session { get; set; }

    /// <summary>The session in use.</summary>
    private protected TSession CurrentSession => _session ??= Resolve(Session);

    /// <summary>The session's client, whose messages come to this cmdlet.</summary>
    private protected TClient Client => _client ??= ClientOf(CurrentSession);

    /// <summary>Ends the pipeline when there is no session, before anything is read from it.</summary>
    protected override void BeginProcessing() => _ = CurrentSession;

    /// <summary>The session, or the runspace's default; ends the pipeline when there is none or when it is closed.</summary>
    private protected abstract TSession Resolve(TSession? given);

    /// <summary>The session's client, which tells the mailbox of this cmdlet what it does.</summary>
    private protected abstract TClient ClientOf(TSession session);

    /// <summary>The service's failure as an error of the module.</summary>
    private protected abstract ErrorRecord RecordOf(Exception exception, object? target);

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

    private protected virtual void WriteFailure(Exception exception, object? target)
    {
        var record = RecordOf(exception, target);
        if (exception is CopperAuthenticationException)
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }
}
