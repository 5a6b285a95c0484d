using System.Management.Automation;
using Copper.Client;
using Copper.Client.Crm.Models;
using Copper.Client.Http.Errors;
using CopperPS.Abstractions;
using CopperPS.Binding;
using CopperPS.Connection;

namespace CopperPS.Pipeline;

/// <summary>The base of every cmdlet that works on a session: the given one, or the default of the runspace.</summary>
public abstract class SessionCmdlet : CopperCmdlet
{
    private CopperSession? _session;
    private CopperClient? _client;
    private NameResolver? _resolver;

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

    /// <summary>Finds ids by names.</summary>
    private protected NameResolver Resolver => _resolver ??= new NameResolver(Client, CurrentSession.UserId);

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
    /// <exception cref="RefusedException">A name is unknown or ambiguous.</exception>
    private protected virtual object? WithIds(object? value, string? entity) => value switch
    {
        CopperReference reference => Await(token => Resolver.ResolveAsync(reference, entity, token)),
        CopperReference?[] references => references.Select(reference => (CopperReference?)WithIds(reference, entity)).ToArray(),
        _ => value,
    };

    /// <summary>A user given by name or e-mail address where a record of another entity might stand as well; any other reference as it is.</summary>
    private protected CopperReference? WithUserId(CopperReference? reference, string? type) =>
        string.Equals(type, "user", StringComparison.OrdinalIgnoreCase) ? (CopperReference?)WithIds(reference, "user") : reference;

    /// <summary>The id of a custom field given by id or name; a name counts among the fields that may be meant.</summary>
    /// <exception cref="RefusedException">No such field has the name, or several have, or it is no field.</exception>
    private protected long IdOfField(CopperReference field, Func<CopperCustomFieldDefinition, bool> isMeant)
    {
        const string Entity = "custom field definition";
        return WireValues.IdOf(Await(token => Resolver.ResolveAsync(field, Entity, token, item => isMeant((CopperCustomFieldDefinition)item.Record))), Entity);
    }

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
