using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// Keeps in a journal what all requests of a client change: what the records held before, what was sent, and what came of it. What it
/// cannot take back, such as the conversion of a lead, it notes as such and says so.
/// </summary>
public sealed class SessionJournal : IChangeRecorder, IDisposable
{
    private const int ChunkSize = 200;

    /// <summary>An image that was read ahead is used for so long; a later change reads the record again.</summary>
    private static readonly TimeSpan ImageAge = TimeSpan.FromMinutes(2);

    private readonly CopperClient _client;
    private readonly string _dateFormat;
    private readonly ChangeJournal _journal;
    private readonly DependentRecords _dependents;
    private readonly ConcurrentDictionary<(string Entity, long Id), (ICopperRecord Record, DateTimeOffset Read)> _ahead = new();
    private readonly ConcurrentDictionary<long, JsonBody> _connections = new();
    private long _lastNumber;

    /// <summary>Begins a journal. It records once it is the <see cref="CopperClient.ChangeRecorder"/> of the client.</summary>
    /// <param name="client">Whose changes are kept.</param>
    /// <param name="path">The file, which must not exist yet.</param>
    /// <param name="dateFormat">How the account writes a close date.</param>
    /// <exception cref="PlanException">There is such a file already.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public SessionJournal(CopperClient client, string path, string dateFormat = "MM/dd/yyyy")
        : this(client, ChangeJournal.Create(path, new ChangePlan([])), dateFormat)
    {
    }

    /// <summary>Records in a journal that was begun already.</summary>
    internal SessionJournal(CopperClient client, ChangeJournal journal, string dateFormat = "MM/dd/yyyy")
    {
        _client = client;
        _dateFormat = dateFormat;
        _dependents = new DependentRecords(client, dateFormat);
        _journal = journal;
    }

    /// <summary>The file.</summary>
    public string Path => _journal.Path;

    /// <summary>Nothing was changed so far.</summary>
    public bool IsEmpty => Interlocked.Read(ref _lastNumber) == 0;

    /// <summary>Closes the file; what is in flight is noted no more. A journal in which nothing stands is deleted.</summary>
    public void Dispose()
    {
        _journal.Dispose();
        if (IsEmpty)
        {
            try
            {
                File.Delete(Path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It stays then, and says that nothing was changed.
            }
        }
    }

    /// <summary>Reads records that are about to be changed, 200 in a request.</summary>
    /// <param name="entity">The entity, in the API's singular word.</param>
    /// <param name="ids">The records.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadAheadAsync(string entity, IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default)
    {
        if (!RecordAccess.Order.Contains(entity))
        {
            return;
        }

        var access = RecordAccess.Of(_client, entity);
        var wanted = ids.Distinct().ToArray();
        for (var start = 0; start < wanted.Length; start += ChunkSize)
        {
            var chunk = wanted.Skip(start).Take(ChunkSize).ToArray();
            foreach (var record in (await access.FindAsync(chunk, cancellationToken).ConfigureAwait(false)).Values)
            {
                _ahead[(entity, record.Id)] = (record, DateTimeOffset.UtcNow);
            }
        }
    }

    /// <summary>
    /// Notes a connection that is about to be removed: the service reads none by its id, and only who has read it knows what it joins.
    /// </summary>
    public void Know(CopperConnection connection)
    {
        if (LinkAccess.BodyOf(connection) is { } fields)
        {
            _connections[connection.Id] = fields;
        }
    }

    /// <inheritdoc/>
    public async Task<IRecordedChange?> BeginAsync(CopperRequest request, CancellationToken cancellationToken)
    {
        var drafts = await DraftsOfAsync(request, cancellationToken).ConfigureAwait(false);
        if (drafts.Count == 0)
        {
            return null;
        }

        var entries = _journal.Begin((number, time) =>
        [
            .. drafts.Select(draft => new CopperJournalEntry
            {
                Time = time,
                Request = number,
                Step = Interlocked.Increment(ref _lastNumber),
                Action = draft.Action,
                Entity = draft.Entity,
                Id = draft.Id,
                Name = draft.Name,
                Fields = draft.Fields,
                BeforeImage = draft.Before,
                CanUndo = draft.WhyFinal is null,
                Reason = draft.WhyFinal,
                IsGuess = draft.IsGuess,
                ListNames = NotedNames.Of(_client.Metadata, draft.Entity, _dateFormat, draft.Fields, draft.Before),
            }),
        ]);
        return new Change(this, entries, drafts.Select(static draft => draft.WhyFinal).OfType<string>().FirstOrDefault());
    }

    private async Task<IReadOnlyList<Draft>> DraftsOfAsync(CopperRequest request, CancellationToken cancellationToken)
    {
        var segments = request.Path.Split('/');
        if (await OfLinkAsync(segments, request, cancellationToken).ConfigureAwait(false) is { } link)
        {
            return [link];
        }

        var entity = CopperEntities.All.FirstOrDefault(entity => entity.Path == segments[0] && RecordAccess.Order.Contains(entity.Name));
        if (entity is null)
        {
            return [Final(segments[0], null, request)];
        }

        var last = segments[segments.Length - 1];
        var id = segments.Length > 1 && long.TryParse(segments[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : (long?)null;
        switch (segments.Length, last)
        {
            case (1, _) when request.Effect == RequestEffect.Create:
                return [OfNew(entity, request.Body ?? [])];
            case (2, "bulk_create"):
                return [.. ItemsOf(request, entity).Select(item => OfNew(entity, item))];
            case (2, "bulk_update"):
                return await OfUpdatesAsync(entity, [.. ItemsOf(request, entity)], cancellationToken).ConfigureAwait(false);
            case (2, "upsert"):
                return await OfUpsertAsync(entity, request, cancellationToken).ConfigureAwait(false);
            case (2, _) when id is { } updated && request.Effect == RequestEffect.Update:
                var fields = new JsonBody { ["id"] = updated };
                foreach (var member in request.Body ?? [])
                {
                    fields[member.Key] = member.Value;
                }

                return await OfUpdatesAsync(entity, [fields], cancellationToken).ConfigureAwait(false);
            case (2, _) when id is { } deleted && request.Effect == RequestEffect.Delete:
                return await OfDeletionAsync(entity, deleted, cancellationToken).ConfigureAwait(false);
            case (3, "convert") when id is { } converted:
                return
                [
                    new Draft(
                        PlanAction.Delete,
                        entity.Name,
                        converted,
                        null,
                        null,
                        null,
                        $"The conversion of {entity.Name} {converted} cannot be taken back: the service has no way to do it."),
                ];
            case (3, "related") when id is { } related:
                return await OfRelationAsync(entity, related, request, cancellationToken).ConfigureAwait(false);
            default:
                return [Final(entity.Name, id, request)];
        }
    }

    /// <summary>The deletion of a record, and what it changes besides.</summary>
    private async Task<IReadOnlyList<Draft>> OfDeletionAsync(CopperEntity entity, long id, CancellationToken cancellationToken)
    {
        if (await ReadAsync(entity, id, cancellationToken).ConfigureAwait(false) is not { } record)
        {
            // The request itself fails, and says so; should it succeed all the same, that is noted.
            return [new Draft(PlanAction.Delete, entity.Name, id, null, null, null, $"The {entity.Name} {id} could not be read before.")];
        }

        return
        [
            new Draft(
                PlanAction.Delete, entity.Name, id, record.ToString(), null, GivenValues.ImageOfDeleted(record, _dateFormat), null),
            .. (await _dependents.ReadAsync(record, cancellationToken).ConfigureAwait(false)).Select(static change =>
                new Draft(change.Action, change.Entity, change.Id, change.Name, change.Fields, change.Before, null)),
        ];
    }

    /// <summary>A connection or a subscription; null when the request is about something else.</summary>
    private async Task<Draft?> OfLinkAsync(string[] segments, CopperRequest request, CancellationToken cancellationToken)
    {
        long? id = segments.Length == 2 && long.TryParse(segments[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
        switch (segments[0], segments.Length, request.Effect)
        {
            case ("related_links", 1, RequestEffect.Create) when request.Body is { } body
                && RecordEnd.IdOf(MemberOf(body, LinkAccess.Definition)) is { } definition
                && RecordEnd.From(MemberOf(body, "source"), "entity_type") is { } source
                && RecordEnd.From(MemberOf(body, LinkAccess.Target), "entity_type") is { } target:
                return Link(PlanAction.Create, LinkAccess.Connection, null, LinkAccess.ConnectionOf(definition, source, target), null);
            case ("related_links", 2, RequestEffect.Delete) when id is { } connection:
                return _connections.TryGetValue(connection, out var known)
                    ? Link(PlanAction.Delete, LinkAccess.Connection, connection, known, null)
                    : Final(LinkAccess.Connection, connection, request) with
                    {
                        WhyFinal = $"{LinkAccess.NoUndo} bring back the connection {connection}: what it joins is not known from its id. "
                            + Advice.Give(Advice.RemoveConnection, "Read the connections of a record before one is removed."),
                    };
            case ("webhooks", _, _):
                return await OfWebhookAsync(id, request, cancellationToken).ConfigureAwait(false);
            default:
                return null;
        }
    }

    /// <summary>A subscription comes back where nothing of it is secret: a journal holds no secrets.</summary>
    private async Task<Draft> OfWebhookAsync(long? id, CopperRequest request, CancellationToken cancellationToken)
    {
        var sent = new JsonBody();
        foreach (var member in request.Body ?? [])
        {
            if (LinkAccess.WebhookFields.Contains(member.Key))
            {
                sent[member.Key] = member.Value;
            }
        }

        if (id is null)
        {
            return request.Effect == RequestEffect.Create ? Link(PlanAction.Create, LinkAccess.Webhook, null, sent, null)
                : Final(LinkAccess.Webhook, null, request);
        }

        var present = (await _client.Webhooks.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(
            webhook => webhook.Id == id);
        if (present is null || request.Body?.Names.Any(name => !LinkAccess.WebhookFields.Contains(name)) == true)
        {
            return Final(LinkAccess.Webhook, id, request) with
            {
                WhyFinal = present is null
                    ? $"The webhook {id} could not be read before."
                    : $"{LinkAccess.NoUndo} bring back the former secret and headers of webhook {id}: a journal holds no secrets.",
            };
        }

        if (request.Effect != RequestEffect.Delete)
        {
            var before = new JsonBody();
            foreach (var name in sent.Names)
            {
                before[name] = LinkAccess.BodyOf(present)[name];
            }

            return Link(PlanAction.Update, LinkAccess.Webhook, id, sent, before);
        }

        return present.Secret is { Count: > 0 } || present.Headers is { Count: > 0 }
            ? Final(LinkAccess.Webhook, id, request) with
            {
                WhyFinal = $"{LinkAccess.NoUndo} bring back webhook {id} ({present}): it has a secret or headers, and a journal holds no "
                    + "secrets. " + LinkAccess.RegistersAgain,
            }
            : Link(PlanAction.Delete, LinkAccess.Webhook, id, LinkAccess.BodyOf(present), null);
    }

    private static Draft Link(PlanAction action, string entity, long? id, JsonBody fields, JsonBody? before) =>
        new(action, entity, id, LinkAccess.ShownOf(entity, fields), fields, before, null);

    private static object? MemberOf(JsonBody body, string name) => body.Contains(name) ? body[name] : null;

    /// <summary>Something that is no record, or no change of one: a definition, a file, the conversion of a lead.</summary>
    private static Draft Final(string what, long? id, CopperRequest request)
    {
        var action = request.Effect switch
        {
            RequestEffect.Create => PlanAction.Create,
            RequestEffect.Delete => PlanAction.Delete,
            _ => PlanAction.Update,
        };
        return new Draft(
            action, what, id, request.Path, null, null, $"{LinkAccess.NoUndo} take back {request.Method} /{request.Path}.");
    }

    private static Draft OfNew(CopperEntity entity, JsonBody fields) => new(
        PlanAction.Create, entity.Name, null, fields.Contains("name") ? fields["name"] as string : null, fields, null, null);

    private static IEnumerable<JsonBody> ItemsOf(CopperRequest request, CopperEntity entity) =>
        request.Body is { } body && body.Contains(entity.Path) && body[entity.Path] is IEnumerable items
            ? items.Cast<object?>().Select(BodyOf).OfType<JsonBody>()
            : [];

    private static JsonBody? BodyOf(object? item)
    {
        switch (item)
        {
            case JsonBody own:
                return own;
            case AdditionalMembers members:
                var body = new JsonBody();
                foreach (var member in members)
                {
                    body[member.Key] = member.Value;
                }

                return body;
            default:
                return item is not null
                    && JsonBody.Parse(new JsonBody { ["value"] = item }.ToString())["value"] is AdditionalMembers plain
                    ? BodyOf(plain)
                    : null;
        }
    }

    private async Task<IReadOnlyList<Draft>> OfUpdatesAsync(
        CopperEntity entity, IReadOnlyList<JsonBody> items, CancellationToken cancellationToken)
    {
        var updates = items.Where(static item => item.Contains("id"))
            .Select(static item => (Id: Convert.ToInt64(item["id"], CultureInfo.InvariantCulture), Fields: Without(item, "id")))
            .ToArray();
        if (updates.Length > 1)
        {
            var missing = updates.Select(static update => update.Id).Where(id => !_ahead.ContainsKey((entity.Name, id))).ToArray();
            await ReadAheadAsync(entity.Name, missing, cancellationToken).ConfigureAwait(false);
        }

        var drafts = new List<Draft>();
        foreach (var (id, fields) in updates)
        {
            // The results of a bulk request are in the order of its items, so that one whose record is gone is noted too.
            var record = await ReadAsync(entity, id, cancellationToken).ConfigureAwait(false);
            drafts.Add(new Draft(
                PlanAction.Update, entity.Name, id, record?.ToString(), fields,
                    record is null ? null : RecordFields.ImageOf(record, fields, _dateFormat), null));
        }

        return drafts;
    }

    /// <summary>An upsert updates the lead that has the address, or creates one.</summary>
    private async Task<IReadOnlyList<Draft>> OfUpsertAsync(CopperEntity entity, CopperRequest request, CancellationToken cancellationToken)
    {
        var match = BodyOf(request.Body?["match"]);
        var fields = BodyOf(request.Body?["properties"]);
        if (match is null || fields is null || match["field_name"] as string != "email" || match["field_value"] is not string email)
        {
            return [Final(entity.Name, null, request)];
        }

        ICopperRecord? present = null;
        var filter = new JsonBody { ["emails"] = email.ToLowerInvariant() };
        await foreach (var lead in RecordAccess.Of(_client, entity.Name).Search(new SearchQuery { Filter = filter, First = 2 })
            .WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            present = lead;
        }

        return
        [
            present is null ? OfNew(entity, fields) : new Draft(
                PlanAction.Update, entity.Name, present.Id, present.ToString(), fields, RecordFields.ImageOf(present, fields, _dateFormat),
                    null),
        ];
    }

    /// <summary>
    /// What relates two records may be a field of one of them, such as the company of a person, which is noted as a change of that
    /// record; else it is the relation itself.
    /// </summary>
    private async Task<IReadOnlyList<Draft>> OfRelationAsync(
        CopperEntity entity, long id, CopperRequest request, CancellationToken cancellationToken)
    {
        var one = new RecordEnd(entity.Name, id);
        if (RecordEnd.From(MemberOf(request.Body ?? [], "resource")) is not { } other || !entity.RelatedEntities.Contains(other.Type))
        {
            return [Final(entity.Name, id, request)];
        }

        var isRemoval = request.Effect == RequestEffect.Delete;
        var drafts = new List<Draft>();
        foreach (var (holder, target) in new[] { (one, other), (other, one) })
        {
            if (ReferenceFields.Between(holder.Type, target.Type).ToArray() is { Length: > 0 } fields
                && !(holder.Type == CopperEntityNames.Company && target.Type == CopperEntityNames.Person)
                && await ReadAsync(CopperEntities.GetPrimary(holder.Type), holder.Id, cancellationToken).ConfigureAwait(false)
                    is { } record)
            {
                foreach (var field in fields)
                {
                    // Relating fills a field that is empty (inferred); what it turns out to hold is compared when it is undone.
                    var present = ReferenceFields.TargetOf(record, field);
                    if (isRemoval ? present == target : present is null)
                    {
                        var change = new JsonBody { [field] = isRemoval ? null : ReferenceFields.ValueOf(field, target) };
                        drafts.Add(new Draft(
                            PlanAction.Update, holder.Type, holder.Id, record.ToString(), change,
                                RecordFields.ImageOf(record, change, _dateFormat), null)
                        {
                            IsGuess = !isRemoval && holder.Type != CopperEntityNames.Person,
                        });
                    }
                }
            }
        }

        var isOfPerson = new HashSet<string> { one.Type, other.Type }.SetEquals([CopperEntityNames.Person, CopperEntityNames.Company]);
        if (drafts.Count > 0 && (isRemoval || isOfPerson))
        {
            return drafts;
        }

        var fieldsOfRelation = LinkAccess.RelationOf(one, other);
        var state = await new LinkAccess(_client).FindAsync(LinkAccess.Relation, fieldsOfRelation, null, cancellationToken)
            .ConfigureAwait(false);
        var relation = Link(
            isRemoval ? PlanAction.Delete : PlanAction.Create, LinkAccess.Relation, null, fieldsOfRelation,
                new JsonBody { ["related"] = state.Id is not null });
        return state.Id is not null && !isRemoval ? [relation] : [relation, .. drafts];
    }

    private async Task<ICopperRecord?> ReadAsync(CopperEntity entity, long id, CancellationToken cancellationToken)
    {
        // Used once: the next change of the record must see what this one leaves.
        if (_ahead.TryRemove((entity.Name, id), out var ahead) && DateTimeOffset.UtcNow - ahead.Read < ImageAge)
        {
            return ahead.Record;
        }

        try
        {
            return await RecordAccess.Of(_client, entity.Name).GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperNotFoundException)
        {
            // The request itself fails, and says so.
            return null;
        }
    }

    private static JsonBody Without(JsonBody body, string name)
    {
        var copy = body.Copy();
        copy.Remove(name);
        return copy;
    }

    /// <summary>What a request is about to do to one record.</summary>
    private sealed record Draft(
        PlanAction Action, string Entity, long? Id, string? Name, JsonBody? Fields, JsonBody? Before, string? WhyFinal)
    {
        /// <summary>The request may do this, or may leave the record as it is.</summary>
        public bool IsGuess { get; init; }
    }

    /// <summary>A request that is noted as begun.</summary>
    private sealed class Change(SessionJournal owner, IReadOnlyList<CopperJournalEntry> entries, string? warning) : IRecordedChange
    {
        public string? Warning => warning;

        public void Complete(object? result)
        {
            var outcomes = OutcomesOf(result);
            for (var place = 0; place < entries.Count; place++)
            {
                var outcome = place < outcomes.Count ? outcomes[place] : new WriteOutcome(null, null);
                var entry = entries[place];
                entry.Status = outcome.Status;
                entry.Reason = outcome.Failure?.Message ?? entry.Reason;
                entry.Id = entry.Action == PlanAction.Create && entry.Entity != LinkAccess.Relation ? outcome.Record?.Id ?? entry.Id
                    : entry.Id;
                if (entry is { Entity: LinkAccess.Connection, Id: { } connection, Fields: { } ends })
                {
                    owner._connections[connection] = ends;
                }

                entry.AfterImage = entry.Fields is null || !entry.CanUndo || entry.IsGuess || LinkAccess.IsLink(entry.Entity) ? null
                    : outcome.Record is { } record && record.GetEntityType() == entry.Entity
                        ? RecordFields.ImageOf(record, entry.Fields, owner._dateFormat)
                        : outcome.Status == PlanStatus.Done && entry.Action == PlanAction.Update ? entry.Fields : null;
            }

            owner._journal.End(entries);
        }

        public void Fail(CopperException failure)
        {
            foreach (var entry in entries)
            {
                entry.Status = new WriteOutcome(null, failure).Status;
                entry.Reason = failure.Message;
            }

            owner._journal.End(entries);
        }

        private List<WriteOutcome> OutcomesOf(object? result) => result switch
        {
            ICopperRecord record => [new WriteOutcome(record, null)],
            IEnumerable<ICopperBulkResult> results =>
                [.. results.Select(static item => new WriteOutcome(item.Record, item.Failure))],

            // Invoke-CopperRequest hands the values on as they are.
            CopperResponse { Value: AdditionalMembers members } when entries.Count == 1
                && CopperEntities.All.FirstOrDefault(entity => entity.Name == entries[0].Entity) is { } entity
                && members.TryGetValue("id", out var id) && id is long => [new WriteOutcome(entity.Read(BodyOf(members)!), null)],
            _ => [.. entries.Select(static _ => new WriteOutcome(null, null))],
        };
    }
}
