using System.Management.Automation;
using Copper.Client;
using Copper.Client.Http.Errors;
using CopperPS.Binding;
using CopperPS.Connection;

namespace CopperPS.Pipeline;

/// <summary>The base of every cmdlet that works on a session: the given one, or the default of the runspace.</summary>
public abstract class SessionCmdlet : CopperCmdlet
{
    private CopperSession? _session;
    private CopperClient? _client;

    private protected SessionCmdlet()
    {
    }

    /// <summary>The session to use; the runspace's default without it.</summary>
    [Parameter]
    [ValidateNotNull]
    public CopperSession? Session { get; set; }

    /// <summary>The session in use.</summary>
    private protected CopperSession CurrentSession => _session ??= Resolve();

    /// <summary>The session's client, whose messages come to this cmdlet.</summary>
    private protected CopperClient Client => _client ??= CurrentSession.Client.WithTrace(Mailbox);

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

    /// <summary>A parameter's value whose references by name have their ids; anything else as it is.</summary>
    /// <exception cref="Abstractions.RefusedException">A name is unknown or ambiguous.</exception>
    private protected object? WithIds(object? value, string? entity) => value switch
    {
        CopperReference reference => Await(token => NameResolver.ResolveAsync(Client, reference, entity, token)),
        CopperReference?[] references => references.Select(reference => (CopperReference?)WithIds(reference, entity)).ToArray(),
        _ => value,
    };

    private protected virtual void WriteFailure(Exception exception, object? target)
    {
        var record = ErrorRecords.From(exception, target);
        if (exception is CopperAuthenticationException)
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    private CopperSession Resolve()
    {
        var session = Session ?? DefaultSession.Current;
        if (session is null)
        {
            ThrowTerminatingError(ErrorRecords.NotConnected());
        }

        if (session!.IsClosed)
        {
            ThrowTerminatingError(ErrorRecords.SessionClosed(session));
        }

        return session;
    }
}
