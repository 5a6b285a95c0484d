using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Relations;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>The base of every cmdlet that works on a session with the CRM.</summary>
public abstract class SessionCmdlet : CopperCmdlet
{
    /// <summary>The most requests in flight that are worth it: the client holds no more connections.</summary>
    private protected const int MostAtOnce = 32;

    private readonly SessionScope<CopperSession, CopperClient> _scope;
    private NameResolver? _resolver;
    private RecordNameLoader? _names;
    private RecordLookup? _records;
    private RelatedNames? _related;
    private RelatedNameBuffer? _unnamed;

    private protected SessionCmdlet() => _scope = new SessionScope<CopperSession, CopperClient>(
        () => Session ?? DefaultSession<CopperSession>.Current,
        session => session.Client.WithTrace(Mailbox),
        ErrorRecords.NotConnected,
        ErrorRecords.SessionClosed,
        ThrowTerminatingError);

    /// <summary>The session to use; the runspace's default without it.</summary>
    [Parameter]
    [SessionTransformation]
    [ValidateNotNull]
    public CopperSession? Session { get; set; }

    /// <summary>The session in use.</summary>
    private protected CopperSession CurrentSession => _scope.Session;

    /// <summary>The session's client, whose messages come to this cmdlet.</summary>
    private protected CopperClient Client => _scope.Client;

    /// <summary>Ends the pipeline when there is no session, before anything is read from it.</summary>
    protected override void BeginProcessing() => _ = CurrentSession;

    /// <summary>Reads records that are about to change, for the journal of the session; null when the session keeps none.</summary>
    private protected Action<IReadOnlyCollection<long>>? ReadAhead(CopperEntity entity) => CurrentSession.Journal is { } journal
        ? ids => TryCall(
            async token =>
            {
                await journal.ReadAheadAsync(entity.Name, ids, token).ConfigureAwait(false);
                return true;
            },
            null,
            out _)
        : null;

    /// <summary>Finds ids by names.</summary>
    private protected NameResolver Resolver => _resolver ??= new NameResolver(Client.Metadata, CurrentSession.UserId);

    /// <summary>A parameter's value whose references by name have their ids; anything else as it is.</summary>
    /// <exception cref="InputRejectedException">A name is unknown or ambiguous.</exception>
    private protected object? WithIds(object? value, string? entity) => value switch
    {
        CopperReference reference => Await(token => Resolver.ResolveAsync(Own(reference), entity, token)),
        CopperReference?[] references => references.Select(reference => (CopperReference?)WithIds(reference, entity)).ToArray(),
        _ => value,
    };

    /// <summary>The same reference, unless it is a record of another account, whose id means another record here.</summary>
    /// <exception cref="InputRejectedException">It is of another account.</exception>
    private protected CopperReference Own(CopperReference reference) => ReferenceRejections.Own(reference, Client.Account);

    /// <summary>Finds records by their names.</summary>
    private protected RecordLookup Records => _records ??= new RecordLookup(Client);

    /// <summary>The names of the records that were given to this cmdlet, for what it writes about them.</summary>
    private protected RelatedNames Related => _related ??= Client.NewRelatedNames();

    /// <summary>Notes the name of a record that was given: by itself, or by a name under which the account has it.</summary>
    private protected CopperReference Note(CopperReference reference, string? entity)
    {
        if (reference.Source is ICopperRecord record)
        {
            Related.Note(record);
        }
        else if (reference.RecordName is not null)
        {
            Related.Note(reference.EntityType ?? entity, reference.Id, reference.RecordName);
        }

        return reference;
    }

    /// <summary>As <see cref="WithIds"/>, where a record may be given by its name too.</summary>
    /// <exception cref="InputRejectedException">A name is unknown or ambiguous.</exception>
    private protected object? WithRecordIds(object? value, string? entity) => WithIds(value, entity) switch
    {
        CopperReference reference => Note(Await(token => Records.ResolveAsync(reference, entity, token)), entity),
        CopperReference?[] references => references.Select(reference => (CopperReference?)WithRecordIds(reference, entity)).ToArray(),
        var other => other,
    };

    /// <summary>A record of one of several kinds, by its name too.</summary>
    /// <exception cref="InputRejectedException">The name is unknown or ambiguous.</exception>
    private protected CopperReference? WithRelatedId(CopperReference? reference, string? type, string[] allowed)
    {
        try
        {
            return reference is null ? null
                : Note(Await(token => Records.ResolveRelatedAsync(Own(reference), type, allowed, token)), type);
        }
        catch (ArgumentException exception) when (exception is not InputRejectedException)
        {
            // A text that no request can hold.
            throw RequestValueConverter.Reject(ExceptionText.Of(exception), reference!.Source);
        }
    }

    /// <summary>A record of one of several kinds: given as such, by its id and kind, or by its name.</summary>
    /// <param name="reference">What was given.</param>
    /// <param name="type">The entity of a bare id; null when none was given.</param>
    /// <param name="parameter">The parameter, for messages.</param>
    /// <param name="typeParameter">The parameter that gives the entity, for messages.</param>
    /// <param name="allowed">The entities that may be meant.</param>
    /// <exception cref="InputRejectedException">It points to no record, or the name is unknown or ambiguous.</exception>
    private protected RecordKey KeyOf(
        CopperReference? reference, string? type, string parameter, string typeParameter, string[] allowed) =>
        RecordKey.Of(WithRelatedId(reference, type, allowed), type, parameter, typeParameter);

    /// <summary>
    /// Something that was typed, and is the same for every item of the pipeline, is rejected: the pipeline ends with one error, where each
    /// item would have the same.
    /// </summary>
    private protected void RejectForAll(InputRejectedException rejection)
    {
        var error = ErrorRecords.From(rejection);
        if (MyInvocation.ExpectingInput)
        {
            ThrowTerminatingError(error);
        }

        WriteError(error);
    }

    /// <summary>
    /// A user given by name or e-mail address where a record of another entity might stand as well; any other reference as it is.
    /// </summary>
    private protected CopperReference? WithUserId(CopperReference? reference, string? type) =>
        string.Equals(type, CopperEntityNames.User, StringComparison.OrdinalIgnoreCase)
            ? (CopperReference?)WithIds(reference, CopperEntityNames.User)
            : reference;

    /// <summary>The id of a custom field given by id or name; a name counts among the fields that may be meant.</summary>
    /// <exception cref="InputRejectedException">No such field has the name, or several have, or it is no field.</exception>
    private protected long IdOfField(CopperReference field, Func<CopperCustomFieldDefinition, bool> isMeant)
    {
        const string Entity = CopperEntityNames.CustomFieldDefinition;
        return RequestValueConverter.IdOf(
            Await(token =>
                Resolver.ResolveAsync(Own(field), Entity, token, item => isMeant((CopperCustomFieldDefinition)item.Record))),
            Entity);
    }

    /// <summary>Writes an object. The lists by which records show names are loaded before.</summary>
    private protected new void WriteObject(object? value)
    {
        LoadNames(value);
        _related?.Show(RecordsIn(value));
        base.WriteObject(value);
    }

    /// <summary>Writes a record for which the lists are loaded already, with those of its page.</summary>
    private protected void WriteLoaded(ICopperRecord record)
    {
        _related?.Show([record]);
        base.WriteObject(record);
    }

    /// <inheritdoc cref="WriteObject(object?)"/>
    private protected new void WriteObject(object? value, bool enumerateCollection)
    {
        LoadNames(value);
        _related?.Show(RecordsIn(value));
        base.WriteObject(value, enumerateCollection);
    }

    /// <summary>
    /// Loads the lists by which records show names beside ids, and custom fields by name: no property may send a request, since it could
    /// neither be stopped nor report what went wrong. Each list is read once a session, and only when a record refers to it; what cannot
    /// be read is reported once.
    /// </summary>
    /// <param name="value">What is about to be written: a record, records, or what holds records.</param>
    private protected void LoadNames(object? value)
    {
        var records = RecordsIn(value);
        if (!records.Any() || !Names.NeedsLoading(records))
        {
            return;
        }

        var missed = Await(token => Names.LoadAsync(records, token));
        if (missed.Count > 0)
        {
            WriteWarning(DescribeMissed(missed));
        }
    }

    /// <summary>A list has to be loaded, or a related record asked for, before the record shows its names.</summary>
    private protected bool NeedsNames(ICopperRecord record) => Names.NeedsLoading([record])
        || (this is IRelatedNames { IncludeRelatedName.IsPresent: true } && Related.CountMissing([record]) > 0);

    /// <summary>
    /// Asks for the names of the records that these point to, if the user wants them: one request for up to 200 of a kind, and none for
    /// what was asked before in this command.
    /// </summary>
    private protected void LoadRelatedNames(IReadOnlyCollection<ICopperRecord?> records)
    {
        if (this is IRelatedNames { IncludeRelatedName.IsPresent: true })
        {
            ReadRelatedNames(records);
        }
    }

    /// <summary>Asks for the names of the records that these point to.</summary>
    private protected void ReadRelatedNames(IReadOnlyCollection<ICopperRecord?> records)
    {
        if (Related.CountMissing(records) == 0)
        {
            return;
        }

        foreach (var failure in Await(token => Related.LoadAsync(records, token)))
        {
            WriteWarning($"The names of some related records cannot be read, so that only their ids are shown. {failure.Message}");
        }
    }

    /// <summary>Writes records that point to others; with -IncludeRelatedName when the names of enough of them are read at once.</summary>
    private protected void WriteRelated(IReadOnlyCollection<ICopperRecord> records)
    {
        if (this is IRelatedNames { IncludeRelatedName.IsPresent: true })
        {
            _unnamed ??= new RelatedNameBuffer(Related, held =>
            {
                LoadRelatedNames(held);
                WriteObject(held, enumerateCollection: true);
            });
            _unnamed.Add(records);
        }
        else
        {
            WriteObject(records, enumerateCollection: true);
        }
    }

    /// <summary>Writes the records that wait for names.</summary>
    protected override void EndProcessing() => _unnamed?.Flush();

    private RecordNameLoader Names => _names ??= new RecordNameLoader(Client.Metadata);

    private static string DescribeMissed(IReadOnlyList<MissedList> missed)
    {
        var lists = string.Join(", ", missed.Select(static list => list.Items));
        var hasFields = missed.Any(static list => list.ItemName == CopperEntities.CustomFieldDefinition.Name);
        return $"These lists of the account cannot be read, so that records show no names from them: {lists}. "
            + (hasFields
                ? "Custom fields show the ids of their fields and options, and CustomFields['a name'] is an error. "
                : string.Empty)
            + "An empty name does not mean that there is none: the ids are there. Clear-CopperCache lets the session ask again. "
            + string.Join(" ", missed.Select(static list => list.Failure.Message).Distinct());
    }

    private static IEnumerable<ICopperRecord?> RecordsIn(object? value) => value switch
    {
        PSObject wrapped => RecordsIn(wrapped.BaseObject),
        ICopperRecord record => [record],
        CopperLeadConversion conversion => [conversion.Person, conversion.Company, conversion.Opportunity],
        CopperNotification notification => notification.Records,
        IReadOnlyCollection<ICopperRecord?> records => records,
        _ => [],
    };

    /// <summary>What a 404 means for a target of this cmdlet; null when it means no more than the message of the service.</summary>
    private protected virtual ErrorRecord? RecordOfMissing(CopperNotFoundException missing, object? target) => null;

    private protected sealed override ErrorRecord RecordOf(Exception exception, object? target) =>
        (exception is CopperNotFoundException missing ? RecordOfMissing(missing, target) : null)
        ?? ErrorRecords.From(exception, target is RecordKey key ? key.Source ?? key.Id : target);

    /// <summary>
    /// An item given by -Id, whose id was resolved where it was given by a name: what an account sets up for itself has one, a record
    /// has not.
    /// </summary>
    /// <exception cref="InputRejectedException">Nothing was given, or nothing or several have the name.</exception>
    private protected CopperReference IdentifiedItem(CopperReference? reference, string entity) => reference is null
        ? throw RequestValueConverter.NullId(entity)
        : (CopperReference)WithIds(reference, entity)!;

    /// <summary>There are several items, so an error must state which of them it is about.</summary>
    private protected bool IsOneOfMany(IReadOnlyCollection<CopperReference?> items) => MyInvocation.ExpectingInput || items.Count > 1;

    /// <summary>
    /// What -WhatIf and -Confirm call an item: its id, and the name where the item itself gives it. The name in a row may be another than
    /// the record's.
    /// </summary>
    private protected static string TargetOf(CopperEntity entity, long id, CopperReference reference) =>
        TargetOf(entity, id, reference.Source is ICopperRecord record ? record.ToString() : reference.Name
            ?? (RecordRow.From(reference.Source)?["Name"] is string { Length: > 0 } name ? $"in the row: {name}" : null));

    /// <summary>What -WhatIf and -Confirm call an item of a known name.</summary>
    private protected static string TargetOf(CopperEntity entity, long id, string? name) =>
        name is { Length: > 0 } ? $"{entity} {id} ({name})" : $"{entity} {id}";
}
