using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>
/// What a plan does with what joins records, and is none itself: relations, connections, and subscriptions to webhooks. Unlike a record,
/// each is told by what it says, so that it can be looked for before it is created or removed, and nothing is done twice.
/// </summary>
/// <param name="client">Whose account it is.</param>
internal sealed class LinkAccess(CopperClient client)
{
    public const string Relation = "relation";
    public const string Connection = "connection";
    public const string Webhook = CopperEntityNames.Webhook;
    public const string Definition = "custom_field_definition_id";
    public const string Target = "target";

    /// <summary>The words by which plans and journals name them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Relation, Connection, Webhook];

    /// <summary>The members of a body that tell a subscription, without its secrets.</summary>
    public static IReadOnlyList<string> WebhookFields { get; } = [Target, "type", "event", "custom_field_computed_values"];

    public static bool IsLink(string entity) => Names.Contains(entity);

    /// <summary>The body that tells a relation.</summary>
    public static JsonBody RelationOf(RecordEnd from, RecordEnd to) => new() { ["from"] = from.ToBody(), ["to"] = to.ToBody() };

    /// <summary>The body that tells a subscription.</summary>
    public static JsonBody BodyOf(CopperWebhook webhook) => new()
    {
        [Target] = webhook.Target,
        ["type"] = webhook.Type,
        ["event"] = webhook.Event,
        ["custom_field_computed_values"] = webhook.CustomFieldComputedValues,
    };

    /// <summary>The body that tells a connection; null when it does not say what it joins.</summary>
    public static JsonBody? BodyOf(CopperConnection connection) =>
        connection.DefinitionId is { } definition && EndOf(connection.Source) is { } source && EndOf(connection.Target) is { } target
            ? ConnectionOf(definition, source, target)
            : null;

    /// <summary>The body that tells a connection.</summary>
    public static JsonBody ConnectionOf(long definition, RecordEnd source, RecordEnd target) => new()
    {
        [Definition] = definition,
        ["source"] = source.ToBody(),
        [Target] = target.ToBody(),
    };

    /// <summary>What an undo cannot take back: the begin of a sentence.</summary>
    public static string NoUndo => $"{Advice.Give(Advice.Undo, "An undo")} does not";

    /// <summary>How a subscription with something secret comes back, as a sentence.</summary>
    public static string RegistersAgain => Advice.Give(Advice.RegisterWebhook, "Webhooks.CreateAsync creates it again.");

    /// <summary>What it is called.</summary>
    public static string ShownOf(string entity, JsonBody fields) => entity switch
    {
        Relation => $"{RecordEnd.From(fields["from"])} and {RecordEnd.From(fields["to"])}",
        Connection => $"{RecordEnd.From(fields["source"])} and {RecordEnd.From(fields[Target])}",
        _ => string.Join(" ", fields.Where(static member => member.Value is string).Select(static member => member.Value)),
    };

    /// <summary>Why an undo cannot take a step back; null when it can.</summary>
    public static string? WhyFinal(CopperPlanStep step) => step is { Entity: Webhook, Action: PlanAction.Delete, Fields: null }
        ? $"{NoUndo} bring back webhook {step.Id} ({step.Name}): it has something secret, and a journal holds no secrets. {RegistersAgain}"
        : null;

    /// <summary>What is wrong with a step; null for nothing.</summary>
    public static string? ProblemOf(CopperPlanStep step)
    {
        var fields = step.Body();
        object? Member(string name) => fields.Contains(name) ? fields[name] : null;
        switch (step.Entity)
        {
            case Relation when step.Action is PlanAction.Create or PlanAction.Delete:
                return RecordEnd.From(Member("from")) is not { } from || RecordEnd.From(Member("to")) is not { } to
                    ? "the column Fields of a relation needs the ends from and to, each with id and type"
                    : CopperEntities.FindPrimary(from.Type) is { } entity && entity.RelatedEntities.Contains(to.Type) ? null
                    : $"Copper relates no {from.Type} to {CopperEntityNames.WithArticle(to.Type)}";
            case Connection when step.Action is PlanAction.Create
                || (step.Action is PlanAction.Delete && (step.Id is null || fields.Count > 0)):
                return RecordEnd.IdOf(Member(Definition)) is null || RecordEnd.From(Member("source")) is null
                    || RecordEnd.From(Member(Target)) is null
                    ? "the column Fields of a connection needs custom_field_definition_id, and the ends source and target, each with id "
                        + "and type"
                    : null;
            case Connection when step.Action is PlanAction.Delete:
            case Webhook when step.Action is PlanAction.Delete && step.Id is > 0:
                return null;
            case Webhook when step.Action is PlanAction.Create:
                return new[] { Target, "type", "event" }.FirstOrDefault(name => Member(name) is not string { Length: > 0 }) is { } missing
                    ? $"the column Fields of a webhook needs {missing}"
                    : ProblemOfNames(fields);
            case Webhook when step is { Action: PlanAction.Update, Id: > 0 }:
                return Member(Target) is string ? ProblemOfNames(fields)
                    : "the column Fields needs the target, which is all of a webhook that a plan updates";
            default:
                return $"a plan does not {step.Action.ToString().ToLowerInvariant()} "
                    + $"{CopperEntityNames.WithArticle(step.Entity)} without its Id";
        }

        static string? ProblemOfNames(JsonBody fields) => fields.Names.FirstOrDefault(name => !WebhookFields.Contains(name)) is { } unknown
            ? $"the field '{unknown}' cannot be written to a webhook by a plan. Those that can: {string.Join(", ", WebhookFields)}"
            : null;
    }

    /// <summary>What there is of it now.</summary>
    /// <param name="entity">Relation, connection or webhook.</param>
    /// <param name="fields">What tells it.</param>
    /// <param name="id">Its id; null where it has none, or is to be created.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<LinkState> FindAsync(string entity, JsonBody fields, long? id, CancellationToken cancellationToken)
    {
        switch (entity)
        {
            case Relation:
                return await FindRelationAsync(
                    RecordEnd.From(fields["from"])!, RecordEnd.From(fields["to"])!, cancellationToken).ConfigureAwait(false);
            case Connection when fields.Count == 0:
                // Its ends are not known; its removal says whether it was there.
                return new LinkState(id, false, null);
            case Connection:
                var source = RecordEnd.From(fields["source"])!;
                var target = RecordEnd.From(fields[Target])!;
                var connections = await OrNoneAsync(() => client.Connections.GetAsync(
                    source.ToPointer(), RecordEnd.IdOf(fields[Definition]), cancellationToken)).ConfigureAwait(false);
                return connections.FirstOrDefault(connection => Joins(connection, source, target)) is { } found
                    ? new LinkState(found.Id, false, found) : LinkState.None;
            default:
                var webhooks = await client.Webhooks.ListAsync(cancellationToken).ConfigureAwait(false);
                return webhooks.FirstOrDefault(webhook => id is { } known ? webhook.Id == known
                    : webhook.Type == fields["type"] as string && webhook.Event == fields["event"] as string
                        && webhook.Target == fields[Target] as string) is { } subscription
                            ? new LinkState(subscription.Id, false, subscription) : LinkState.None;
        }
    }

    public async Task<ICopperRecord> CreateAsync(string entity, JsonBody fields, CancellationToken cancellationToken)
    {
        switch (entity)
        {
            case Relation:
                var from = RecordEnd.From(fields["from"])!;
                var to = RecordEnd.From(fields["to"])!;
                return await client.RelatedItems.AddAsync(
                    CopperEntities.GetPrimary(from.Type), from.Id, CopperEntities.GetPrimary(to.Type), to.Id, cancellationToken)
                    .ConfigureAwait(false);
            case Connection:
                var source = RecordEnd.From(fields["source"])!;
                var target = RecordEnd.From(fields[Target])!;
                return await client.Connections.AddAsync(
                    RecordEnd.IdOf(fields[Definition])!.Value, source.ToPointer(), target.ToPointer(), cancellationToken)
                    .ConfigureAwait(false);
            default:
                return await client.Webhooks.CreateAsync(fields, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<ICopperRecord> UpdateAsync(long id, JsonBody fields, CancellationToken cancellationToken) =>
        await client.Webhooks.UpdateAsync(id, fields, cancellationToken).ConfigureAwait(false);

    public async Task DeleteAsync(string entity, JsonBody fields, long id, CancellationToken cancellationToken)
    {
        switch (entity)
        {
            case Relation:
                var from = RecordEnd.From(fields["from"])!;
                var to = RecordEnd.From(fields["to"])!;
                await client.RelatedItems.RemoveAsync(
                    CopperEntities.GetPrimary(from.Type), from.Id, CopperEntities.GetPrimary(to.Type), to.Id, cancellationToken)
                    .ConfigureAwait(false);
                break;
            case Connection:
                await client.Connections.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await client.Webhooks.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Two records are related; a field of one of them may be what relates them.</summary>
    private async Task<LinkState> FindRelationAsync(RecordEnd from, RecordEnd to, CancellationToken cancellationToken)
    {
        var items = await OrNoneAsync(() => client.RelatedItems.GetAsync(
            CopperEntities.GetPrimary(from.Type), from.Id, CopperEntities.GetPrimary(to.Type), cancellationToken)).ConfigureAwait(false);
        if (items.All(item => item.Id != to.Id))
        {
            return LinkState.None;
        }

        return new LinkState(
            to.Id,
            await IsInFieldAsync(from, to, cancellationToken).ConfigureAwait(false)
                || await IsInFieldAsync(to, from, cancellationToken).ConfigureAwait(false),
            null);
    }

    private async Task<bool> IsInFieldAsync(RecordEnd holder, RecordEnd target, CancellationToken cancellationToken)
    {
        var fields = ReferenceFields.Between(holder.Type, target.Type).ToArray();
        if (fields.Length == 0)
        {
            return false;
        }

        var record = await RecordAccess.Of(client, holder.Type).GetAsync(holder.Id, cancellationToken).ConfigureAwait(false);
        return fields.Any(field => ReferenceFields.TargetOf(record, field) == target);
    }

    /// <summary>A connection joins two records whichever of them it was created from.</summary>
    private static bool Joins(CopperConnection connection, RecordEnd source, RecordEnd target) =>
        (Is(connection.Source, source) && Is(connection.Target, target))
        || (Is(connection.Source, target) && Is(connection.Target, source));

    private static RecordEnd? EndOf(CopperConnectionEnd? end) =>
        end is { EntityType: { Length: > 0 } type, Id: > 0 } ? new RecordEnd(type, end.Id) : null;

    private static bool Is(CopperConnectionEnd? end, RecordEnd other) => end?.Id == other.Id && end.EntityType == other.Type;

    /// <summary>A record that is gone has no relations and no connections.</summary>
    private static async Task<IReadOnlyList<T>> OrNoneAsync<T>(Func<Task<IReadOnlyList<T>>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (CopperNotFoundException)
        {
            return [];
        }
    }
}

/// <summary>What there is of a relation, a connection or a subscription.</summary>
/// <param name="Id">Its id; that of the other record for a relation. Null when there is none.</param>
/// <param name="IsInField">It is a field of one of the records, which is changed with the record.</param>
/// <param name="Link">The connection or the subscription; null for a relation, and for what is not there.</param>
internal sealed record LinkState(long? Id, bool IsInField, ICopperRecord? Link)
{
    public static LinkState None { get; } = new(null, false, null);
}
