using System.Text.Json;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// Compares two snapshots of one account, record by record and property by property. It keeps no more than one record of each in memory,
/// the names of those to which a changed record points, and the records that were restored under new ids.
/// </summary>
/// <param name="options">How they are compared; null for everything but what the service computes.</param>
public sealed class SnapshotComparer(CompareOptions? options = null)
{
    private readonly CompareOptions _options = options ?? new CompareOptions();
    private RestoredFields? _fields;

    /// <summary>The records in which the snapshots differ: entity by entity, in the order of their ids. A record that was restored under
    /// a new id stands where the one stands that it came from.</summary>
    /// <param name="reference">The earlier one.</param>
    /// <param name="difference">The later one.</param>
    /// <exception cref="SnapshotException">They are of two accounts, one of them lacks an entity that was asked for, or a file is
    /// damaged.</exception>
    public IEnumerable<CopperSnapshotDifference> Compare(CopperSnapshot reference, CopperSnapshot difference) =>
        Compare(reference, difference, new Dictionary<(string Entity, long Id), byte[]>());

    /// <summary>The records in which the snapshots differ.</summary>
    /// <param name="reference">The earlier one.</param>
    /// <param name="difference">The later one.</param>
    /// <param name="unseen">Restored records that the later one lacks, although they are there.</param>
    internal IEnumerable<CopperSnapshotDifference> Compare(
        CopperSnapshot reference, CopperSnapshot difference, IReadOnlyDictionary<(string Entity, long Id), byte[]> unseen)
    {
        var entities = EntitiesOf(reference, difference);
        reference.CheckFiles(entities);
        difference.CheckFiles(entities);
        _fields = _options.Restored is null ? null
            : new RestoredFields(FieldsOf(reference), FieldsOf(difference));
        foreach (var entity in entities)
        {
            var restored = Restored(difference, entity, unseen);
            foreach (var found in entity == CopperEntities.Activity
                ? CompareActivities(reference, difference, restored)
                : Compare(reference, difference, entity, reference.ReadRaw(entity), difference.ReadRaw(entity), restored))
            {
                yield return found;
            }

            // What the earlier snapshot does not have all the same, since it was created after it, and then deleted and restored.
            foreach (var added in restored.OrderBy(static record => record.Key).ToArray())
            {
                yield return One(difference, entity, (added.Key, new ArraySegment<byte>(added.Value)), SnapshotChange.Added);
            }
        }
    }

    private static IReadOnlyList<CopperCustomFieldDefinition> FieldsOf(CopperSnapshot snapshot) =>
        snapshot.Names.Metadata.CustomFieldDefinitions.GetAsync().GetAwaiter().GetResult();

    /// <summary>The records of an entity that stand for others, by their new ids.</summary>
    private Dictionary<long, byte[]> Restored(
        CopperSnapshot difference, CopperEntity entity, IReadOnlyDictionary<(string Entity, long Id), byte[]> unseen)
    {
        var records = new Dictionary<long, byte[]>();
        if (_options.Restored is not { } restored || !restored.Of(entity.Name).Any())
        {
            return records;
        }

        foreach (var (id, json) in difference.ReadRaw(entity).Where(record => restored.IsRestored(entity.Name, record.Id)))
        {
            records[id] = json.ToArray();
        }

        foreach (var record in unseen.Where(record => record.Key.Entity == entity.Name))
        {
            records[record.Key.Id] = record.Value;
        }

        return records;
    }

    /// <summary>The entities that are compared, in the order in which others refer to them.</summary>
    /// <exception cref="SnapshotException">They cannot be compared.</exception>
    public IReadOnlyList<CopperEntity> EntitiesOf(CopperSnapshot reference, CopperSnapshot difference)
    {
        if (reference.Manifest.AccountId != difference.Manifest.AccountId)
        {
            throw new SnapshotException(
                $"The snapshots are of two accounts, {reference.AccountName} and {difference.AccountName}: an id does not mean the same "
                    + "record in both. Compare snapshots of one account.");
        }

        var wanted = RecordAccess.Order.Select(CopperSnapshot.EntityOf)
            .Where(entity => _options.Entities?.Contains(entity.Name) ?? true).ToArray();
        if (_options.Entities is null)
        {
            return [.. wanted.Where(entity => reference.Contains(entity) && difference.Contains(entity))];
        }

        foreach (var entity in wanted)
        {
            // Throws when there are none.
            reference.FilesOf(entity);
            difference.FilesOf(entity);
        }

        return wanted;
    }

    /// <summary>Activities stand in a file a month; one whose date was edited stands in another one.</summary>
    private IEnumerable<CopperSnapshotDifference> CompareActivities(
        CopperSnapshot reference, CopperSnapshot difference, Dictionary<long, byte[]> restored)
    {
        var moved = new Dictionary<long, CopperSnapshotDifference>();
        var months = reference.FilesOf(CopperEntities.Activity).Concat(difference.FilesOf(CopperEntities.Activity))
            .Select(static file => file.Name).Distinct().OrderBy(static name => name, StringComparer.Ordinal);
        foreach (var month in months)
        {
            if (reference.Manifest.Files.FirstOrDefault(file => file.Name == month) is { } one && difference.Manifest.Files.Contains(one))
            {
                continue;
            }

            foreach (var found in Compare(
                reference, difference, CopperEntities.Activity, Read(reference, month), Read(difference, month), restored))
            {
                if (found.Change == SnapshotChange.Changed)
                {
                    yield return found;
                }
                else if (!moved.TryGetValue(found.Id, out var other))
                {
                    moved.Add(found.Id, found);
                }
                else
                {
                    moved.Remove(found.Id);
                    var (before, after) = found.Change == SnapshotChange.Removed ? (found, other) : (other, found);
                    if (Changed(reference, difference, CopperEntities.Activity, found.Id, before.Json!, after.Json!) is { } changed)
                    {
                        yield return changed;
                    }
                }
            }
        }

        foreach (var found in moved.Values.OrderBy(static found => found.Id))
        {
            yield return found;
        }
    }

    private static IEnumerable<(long Id, ArraySegment<byte> Json)> Read(CopperSnapshot snapshot, string file) =>
        snapshot.Manifest.Files.FirstOrDefault(one => one.Name == file) is { } known
            ? RecordFileReader.Read(snapshot.PathOf(file), known.Records)
            : [];

    private IEnumerable<CopperSnapshotDifference> Compare(
        CopperSnapshot reference,
        CopperSnapshot difference,
        CopperEntity entity,
        IEnumerable<(long Id, ArraySegment<byte> Json)> earlier,
        IEnumerable<(long Id, ArraySegment<byte> Json)> later,
        Dictionary<long, byte[]> restored)
    {
        var records = _options.Restored;
        using var before = earlier.GetEnumerator();
        using var after = later.Where(record => records?.IsRestored(entity.Name, record.Id) != true).GetEnumerator();
        var hasBefore = before.MoveNext();
        var hasAfter = after.MoveNext();
        while (hasBefore || hasAfter)
        {
            if (hasBefore && (!hasAfter || before.Current.Id < after.Current.Id))
            {
                if (records?.NewIdOf(entity.Name, before.Current.Id) is not { } id || !restored.TryGetValue(id, out var json))
                {
                    yield return One(reference, entity, before.Current, SnapshotChange.Removed);
                }
                else
                {
                    restored.Remove(id);
                    if (Changed(reference, difference, entity, id, before.Current.Json.ToArray(), json, before.Current.Id) is { } other)
                    {
                        yield return other;
                    }
                }

                hasBefore = before.MoveNext();
            }
            else if (hasAfter && (!hasBefore || after.Current.Id < before.Current.Id))
            {
                yield return One(difference, entity, after.Current, SnapshotChange.Added);
                hasAfter = after.MoveNext();
            }
            else
            {
                if (!before.Current.Json.AsSpan().SequenceEqual(after.Current.Json.AsSpan())
                    && Changed(reference, difference, entity, before.Current.Id, before.Current.Json.ToArray(),
                        after.Current.Json.ToArray()) is { } changed)
                {
                    yield return changed;
                }

                hasBefore = before.MoveNext();
                hasAfter = after.MoveNext();
            }
        }
    }

    private static CopperSnapshotDifference One(
        CopperSnapshot snapshot,
        CopperEntity entity,
        (long Id, ArraySegment<byte> Json) item,
        SnapshotChange change)
    {
        var json = item.Json.ToArray();
        var record = snapshot.Names.Read(entity, json);
        return new CopperSnapshotDifference
        {
            Change = change,
            Entity = entity.Name,
            Id = item.Id,
            Name = record.ToString(),
            Before = change == SnapshotChange.Removed ? record : null,
            After = change == SnapshotChange.Added ? record : null,
            Json = entity == CopperEntities.Activity ? json : null,
        };
    }

    private CopperSnapshotDifference? Changed(
        CopperSnapshot reference,
        CopperSnapshot difference,
        CopperEntity entity,
        long id,
        byte[] before,
        byte[] after,
        long? oldId = null)
    {
        // What differs is found with the new ids, and shown with those that the earlier snapshot knows the names of.
        using var mapped = JsonDocument.Parse(
            _options.Restored?.Mapped(entity, before, _fields!) ?? before, RecordDifference.AnyDepth);
        using var now = JsonDocument.Parse(
            _options.Restored is null ? after : RestoredRecords.WithoutConnectionIds(after, _fields!), RecordDifference.AnyDepth);
        using var one = JsonDocument.Parse(before, RecordDifference.AnyDepth);
        using var other = JsonDocument.Parse(after, RecordDifference.AnyDepth);
        var members = RecordDifference.Members(mapped.RootElement, now.RootElement)
            .Where(member => _options.IncludeComputed || !RecordDifference.IsComputed(entity, member))
            .Where(member => !_options.Excludes(RecordDifference.Pascal(member))).ToArray();
        if (members.Length == 0)
        {
            return null;
        }

        var earlier = reference.Names.Read(entity, before);
        var later = difference.Names.Read(entity, after);
        var changes = new PlanChangeList(members
            .SelectMany(member => RecordDifference.Describe(
                member, (earlier, one.RootElement, reference.Names), (later, other.RootElement, difference.Names)))
            .Where(change => !_options.Excludes(change.Property) && _fields?.IsOfIds(change) != true));
        return changes.Count == 0 ? null : new CopperSnapshotDifference
        {
            Change = SnapshotChange.Changed,
            Entity = entity.Name,
            Id = id,
            OldId = oldId,
            Name = later.ToString(),
            Changes = changes,
            Before = earlier,
            After = later,
        };
    }
}
