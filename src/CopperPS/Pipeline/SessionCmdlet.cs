using System.Management.Automation;
using Copper.Client;
using Copper.Client.Crm.Models;
using Copper.Client.Http.Errors;
using CopperPS.Abstractions;
using CopperPS.Binding;
using CopperPS.Connection;

namespace CopperPS.Pipeline;

/// <summary>The base of every cmdlet that works on a session with the CRM.</summary>
public abstract class SessionCmdlet : ServiceCmdlet<CopperSession, CopperClient>
{
    private NameResolver? _resolver;

    private protected SessionCmdlet()
    {
    }

    /// <summary>Finds ids by names.</summary>
    private protected NameResolver Resolver => _resolver ??= new NameResolver(Client, CurrentSession.UserId);

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

    /// <summary>What a 404 means for a target of this cmdlet; null when it means nothing more than the service says.</summary>
    private protected virtual ErrorRecord? RecordOfMissing(CopperNotFoundException missing, object? target) => null;

    private protected sealed override ErrorRecord RecordOf(Exception exception, object? target) =>
        (exception is CopperNotFoundException missing ? RecordOfMissing(missing, target) : null)
        ?? ErrorRecords.From(exception, target is RecordPointer pointer ? pointer.Source ?? pointer.Id : target);

    private protected sealed override CopperClient ClientOf(CopperSession session) => session.Client.WithTrace(Mailbox);

    private protected sealed override CopperSession Resolve(CopperSession? given)
    {
        var session = given ?? DefaultSession.Current;
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
