using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Client.Relations;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// What a deleted record takes with it: other records point to it no more, and are not related to it any more. A journal notes this, so
/// that a record that is created again gets all of it back.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="dateFormat">How the account writes a close date.</param>
internal sealed class DependentRecords(CopperClient client, string dateFormat)
{
    private const int ChunkSize = 200;

    /// <summary>What is changed when the record is deleted. One request, one for each kind of record
    /// that is related, and one for connections.</summary>
    public async Task<IReadOnlyList<DependentChange>> ReadAsync(ICopperRecord record, CancellationToken cancellationToken)
    {
        var deleted = new RecordEnd(record.GetEntityType(), record.Id);
        if (CopperEntities.FindPrimary(deleted.Type) is not { RelatedEntities.Count: > 0 } entity || record is CopperTask)
        {
            // What a task belongs to is a field of its own.
            return [];
        }

        IReadOnlyList<CopperRelatedItem> related;
        try
        {
            related = await client.RelatedItems.GetAsync(entity, record.Id, null, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperNotFoundException)
        {
            // The deletion itself fails, and says so.
            return [];
        }

        var changes = new List<DependentChange>();
        foreach (var type in related.Where(item => entity.RelatedEntities.Contains(item.Type ?? string.Empty))
            .GroupBy(static item => item.Type!))
        {
            var fields = ReferenceFields.Between(type.Key, deleted.Type).ToArray();
            var own = ReferenceFields.Between(deleted.Type, type.Key).Select(field => ReferenceFields.TargetOf(record, field)).ToArray();
            var ids = type.Select(static item => item.Id).Distinct().ToArray();
            var holders = fields.Length == 0 ? null : await FindAsync(type.Key, ids, cancellationToken).ConfigureAwait(false);
            foreach (var id in ids)
            {
                var other = new RecordEnd(type.Key, id);
                ICopperRecord? holder = null;
                holders?.TryGetValue(id, out holder);
                var pointing = holder is null ? [] : fields.Where(field => ReferenceFields.TargetOf(holder, field) == deleted).ToArray();
                if (pointing.Length > 0)
                {
                    var after = new JsonBody();
                    foreach (var field in pointing)
                    {
                        after[field] = null;
                    }

                    changes.Add(new DependentChange(
                        PlanAction.Update, type.Key, id, holder!.ToString(), after, RecordFields.ImageOf(holder!, after, dateFormat)));
                }
                else if (!own.Contains(other))
                {
                    changes.Add(new DependentChange(
                        PlanAction.Delete,
                        LinkAccess.Relation,
                        null,
                        $"{deleted} and {other}",
                        LinkAccess.RelationOf(deleted, other),
                        null));
                }
            }
        }

        changes.AddRange(await ReadConnectionsAsync(deleted, cancellationToken).ConfigureAwait(false));
        return changes;
    }

    /// <summary>The connections of the record; nothing is asked for where the account has no connect field.</summary>
    private async Task<IEnumerable<DependentChange>> ReadConnectionsAsync(RecordEnd deleted, CancellationToken cancellationToken)
    {
        var definitions = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!ConnectionEndpoint.Entities.Contains(deleted.Type)
            || definitions.All(static definition => definition.DataType != CustomFieldTypes.Connect))
        {
            return [];
        }

        var connections = await client.Connections.GetAsync(deleted.ToPointer(), null, cancellationToken).ConfigureAwait(false);
        return connections
            .Select(static connection => (connection.Id, Fields: LinkAccess.BodyOf(connection)))
            .Where(static connection => connection.Fields is not null)
            .Select(static connection => new DependentChange(
                PlanAction.Delete, LinkAccess.Connection, connection.Id, LinkAccess.ShownOf(LinkAccess.Connection, connection.Fields!),
                    connection.Fields!, null));
    }

    private async Task<Dictionary<long, ICopperRecord>> FindAsync(string entity, long[] ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, ICopperRecord>();
        for (var start = 0; start < ids.Length; start += ChunkSize)
        {
            foreach (var record in await RecordAccess.Of(client, entity)
                .FindAsync([.. ids.Skip(start).Take(ChunkSize)], cancellationToken).ConfigureAwait(false))
            {
                found[record.Key] = record.Value;
            }
        }

        return found;
    }
}

/// <summary>A change that comes with the deletion of a record.</summary>
/// <param name="Action">An update of a record that pointed to it, or the end of a relation.</param>
/// <param name="Entity">Its entity, or relation.</param>
/// <param name="Id">Its id; null for a relation.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">What it holds afterwards, or what tells the relation.</param>
/// <param name="Before">What it held before; null for a relation.</param>
internal sealed record DependentChange(PlanAction Action, string Entity, long? Id, string? Name, JsonBody Fields, JsonBody? Before);
