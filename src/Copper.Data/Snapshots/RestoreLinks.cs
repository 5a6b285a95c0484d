using System.Text.Json;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// The relations and connections that went with deleted records, where the snapshot has them. What is a field of one of the records comes
/// back with the record.
/// </summary>
/// <param name="client">The account.</param>
/// <param name="snapshot">The snapshot.</param>
/// <param name="lists">The lists of both.</param>
/// <param name="find">Where a record of the snapshot is now.</param>
internal sealed class RestoreLinks(
    CopperClient client, CopperSnapshot snapshot, RestoreLists lists, Func<RecordEnd, RestoredEnd?> find)
{
    private readonly Dictionary<RecordEnd, HashSet<RecordEnd>> _related = [];
    private readonly Dictionary<RecordEnd, IReadOnlyList<JsonBody>> _connected = [];
    private readonly Dictionary<RecordEnd, bool> _existing = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The steps that join the records again.</summary>
    public async Task<IReadOnlyList<CopperPlanStep>> PlanAsync(CancellationToken cancellationToken)
    {
        var steps = new List<CopperPlanStep>();
        foreach (var entity in CopperEntities.Primary)
        {
            if (FileOf(SnapshotContent.Relation, entity) is { } relations)
            {
                var fields = FieldsOf(entity);
                foreach (var (id, json) in relations)
                {
                    await AddRelationsAsync(steps, new RecordEnd(entity.Name, id), json, fields, cancellationToken).ConfigureAwait(false);
                }
            }

            if (FileOf(SnapshotContent.Connection, entity) is { } connections)
            {
                foreach (var (_, json) in connections)
                {
                    await AddConnectionsAsync(steps, json, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return steps;
    }

    private IEnumerable<(long Id, ArraySegment<byte> Json)>? FileOf(SnapshotContent content, CopperEntity entity) =>
        snapshot.Manifest.Files.FirstOrDefault(file => file.Name == SnapshotLayout.LinkFile(content, entity)) is { } file
            ? RecordFileReader.Read(snapshot.PathOf(file.Name), file.Records)
            : null;

    /// <summary>What the records of an entity point to with fields; these relations come back with the records.</summary>
    private HashSet<(long Id, RecordEnd Target)> FieldsOf(CopperEntity entity)
    {
        var targets = new HashSet<(long, RecordEnd)>();
        foreach (var record in snapshot.Contains(entity) ? snapshot.ReadRecords(entity.Name) : [])
        {
            foreach (var field in new[] { "company_id", "primary_contact_id", "related_resource" })
            {
                if (ReferenceFields.TargetOf(record, field) is { } target)
                {
                    targets.Add((record.Id, target));
                }
            }
        }

        return targets;
    }

    private async Task AddRelationsAsync(
        List<CopperPlanStep> steps, RecordEnd from, ArraySegment<byte> json, HashSet<(long Id, RecordEnd Target)> fields,
        CancellationToken cancellationToken)
    {
        var one = find(from);
        foreach (var to in ItemsOf(json).Select(static item => RecordEnd.From(item)).OfType<RecordEnd>())
        {
            // A task says itself what it belongs to.
            if (one is null || to.Type == CopperEntityNames.Task || fields.Contains((from.Id, to)) || find(to) is not { } other
                || !await AreToBeJoinedAsync(one, other, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            var names = new[] { one.End.ToString(), other.End.ToString() }.OrderBy(static name => name, StringComparer.Ordinal);
            if (_seen.Add(string.Join(" ", names))
                && !(one.IsThere && other.IsThere && await AreRelatedAsync(one.End, other.End, cancellationToken).ConfigureAwait(false)))
            {
                steps.Add(Step(LinkAccess.Relation, LinkAccess.RelationOf(one.End, other.End)));
            }
        }
    }

    private async Task AddConnectionsAsync(List<CopperPlanStep> steps, ArraySegment<byte> json, CancellationToken cancellationToken)
    {
        foreach (var item in ItemsOf(json))
        {
            if (lists.FieldOf(RecordEnd.IdOf(item[LinkAccess.Definition])) is not { } definition
                || RecordEnd.From(item["source"], "entity_type") is not { } source
                || RecordEnd.From(item[LinkAccess.Target], "entity_type") is not { } target
                || find(source) is not { } one || find(target) is not { } other
                || !await AreToBeJoinedAsync(one, other, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            var body = LinkAccess.ConnectionOf(definition, one.End, other.End);
            var turned = LinkAccess.ConnectionOf(definition, other.End, one.End);
            if (_seen.Contains(turned.ToString()) || !_seen.Add(body.ToString()))
            {
                continue;
            }

            if (!(one.IsThere && other.IsThere
                && await AreConnectedAsync(one.End, body, turned, cancellationToken).ConfigureAwait(false)))
            {
                steps.Add(Step(LinkAccess.Connection, body));
            }
        }
    }

    private static CopperPlanStep Step(string entity, JsonBody fields) => new()
    {
        Action = PlanAction.Create,
        Entity = entity,
        Name = LinkAccess.ShownOf(entity, fields),
        Fields = fields.ToString(),
    };

    private static AdditionalMembers[] ItemsOf(ArraySegment<byte> json)
    {
        using var document = JsonDocument.Parse(json.AsMemory(), RecordDifference.AnyDepth);
        var items = JsonBody.Parse(document.RootElement.GetRawText())["items"] as JsonArray;
        return items?.OfType<AdditionalMembers>().ToArray() ?? [];
    }

    /// <summary>One of them is new, and both are there or will be.</summary>
    private async Task<bool> AreToBeJoinedAsync(RestoredEnd one, RestoredEnd other, CancellationToken cancellationToken) =>
        (one.IsNew || other.IsNew)
        && await IsSureAsync(one, cancellationToken).ConfigureAwait(false)
        && await IsSureAsync(other, cancellationToken).ConfigureAwait(false);

    private async Task<bool> IsSureAsync(RestoredEnd end, CancellationToken cancellationToken)
    {
        if (!end.IsUnsure)
        {
            return true;
        }

        if (!_existing.TryGetValue(end.End, out var exists))
        {
            var found = await LiveRecords.ExistingAsync(
                client, CopperEntities.GetPrimary(end.End.Type), [end.End.Id], cancellationToken).ConfigureAwait(false);
            exists = _existing[end.End] = found.Count > 0;
        }

        return exists;
    }

    private async Task<bool> AreRelatedAsync(RecordEnd from, RecordEnd to, CancellationToken cancellationToken)
    {
        if (!_related.TryGetValue(from, out var related))
        {
            var items = await client.RelatedItems.GetAsync(
                CopperEntities.GetPrimary(from.Type), from.Id, null, cancellationToken).ConfigureAwait(false);
            related = _related[from] = [.. items.Select(static item => new RecordEnd(item.Type ?? string.Empty, item.Id))];
        }

        return related.Contains(to);
    }

    private async Task<bool> AreConnectedAsync(RecordEnd end, JsonBody body, JsonBody turned, CancellationToken cancellationToken)
    {
        if (!_connected.TryGetValue(end, out var connected))
        {
            var connections = await client.Connections.GetAsync(end.ToPointer(), null, cancellationToken).ConfigureAwait(false);
            connected = _connected[end] = [.. connections.Select(LinkAccess.BodyOf).OfType<JsonBody>()];
        }

        return connected.Any(one => one.ToString() == body.ToString() || one.ToString() == turned.ToString());
    }
}

/// <summary>Where a record of a snapshot is now.</summary>
/// <param name="End">The record by the id that it has, or by which the plan knows it that creates it.</param>
/// <param name="IsNew">It is not the record that the snapshot had: what joined it to others went with that one.</param>
/// <param name="IsThere">The account has it already.</param>
/// <param name="IsUnsure">Whether the account has it is to be looked up.</param>
internal sealed record RestoredEnd(RecordEnd End, bool IsNew, bool IsThere, bool IsUnsure = false);
