using System.Text.Json;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// The fields of other records that pointed to records which come back under new ids: the company of people, the primary contact of an
/// opportunity, what a task belongs to. A record that is restored itself brings its own fields; this is about those that are there and are
/// not restored, because only some records are.
/// </summary>
/// <param name="client">The account.</param>
/// <param name="snapshot">The snapshot.</param>
/// <param name="dateFormat">How the account writes a close date.</param>
internal sealed class RestorePointers(CopperClient client, CopperSnapshot snapshot, string dateFormat)
{
    private const int ChunkSize = 200;
    private const int MostNamed = 3;
    private static readonly string[] Fields = ["company_id", "primary_contact_id", "related_resource"];

    /// <summary>The names of the records that come back, as the snapshot has them.</summary>
    private readonly Dictionary<RecordEnd, string> _names = [];
    private readonly Dictionary<RecordEnd, List<string>> _gone = [];
    private readonly Dictionary<RecordEnd, long> _activities = [];

    /// <summary>The steps that let the records point to them again, and those that wait since they point elsewhere by now.</summary>
    /// <param name="targets">The records of the snapshot that come back, and what the plan knows each by.</param>
    /// <param name="names">Their names.</param>
    /// <param name="isRestored">The record is restored itself.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<CopperPlanStep>> PlanAsync(
        IReadOnlyDictionary<RecordEnd, RecordEnd> targets,
        IReadOnlyDictionary<RecordEnd, string> names,
        Func<CopperEntity, long, bool> isRestored,
        CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            _names[name.Key] = name.Value;
        }

        var steps = new List<CopperPlanStep>();
        foreach (var entity in CopperEntities.Primary.Where(entity => snapshot.Contains(entity)
            && targets.Keys.Any(target => ReferenceFields.Between(entity.Name, target.Type).Any())))
        {
            var fields = RecordFields.Writable(entity.Name).Intersect(Fields).ToArray();
            var chunk = new List<Pointing>();
            foreach (var (id, json) in snapshot.ReadRaw(entity))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (isRestored(entity, id) || PointersIn(json, fields, targets) is not { Count: > 0 } pointers)
                {
                    continue;
                }

                chunk.Add(new Pointing(id, snapshot.Names.Read(entity, json.ToArray()).ToString(), pointers));
                if (chunk.Count == ChunkSize)
                {
                    await AddAsync(steps, entity, chunk, targets, cancellationToken).ConfigureAwait(false);
                    chunk.Clear();
                }
            }

            await AddAsync(steps, entity, chunk, targets, cancellationToken).ConfigureAwait(false);
        }

        CountActivities(targets, isRestored);
        return steps;
    }

    /// <summary>What does not come back with a record, as a sentence; null when nothing is left behind.</summary>
    public string? LeftOut(RecordEnd record)
    {
        var parts = new List<string>();
        if (_activities.TryGetValue(record, out var count))
        {
            parts.Add(count == 1 ? "an activity" : $"{count} activities");
        }

        if (_gone.TryGetValue(record, out var gone))
        {
            parts.Add(string.Join(", ", gone.Take(MostNamed))
                + (gone.Count > MostNamed ? $" and {gone.Count - MostNamed} more" : string.Empty)
                + (gone.Count == 1 ? ", which is not there any more" : ", which are not there any more"));
        }

        return parts.Count == 0 ? null : $"Without {string.Join("; and without ", parts)}: restore them with it to have them back.";
    }

    private async Task AddAsync(
        List<CopperPlanStep> steps,
        CopperEntity entity,
        List<Pointing> chunk,
        IReadOnlyDictionary<RecordEnd, RecordEnd> targets,
        CancellationToken cancellationToken)
    {
        if (chunk.Count == 0)
        {
            return;
        }

        var access = RecordAccess.Of(client, entity.Name);
        var present = await access.FindAsync([.. chunk.Select(static item => item.Id)], cancellationToken).ConfigureAwait(false);
        var elsewhere = new List<(Pointing Item, ICopperRecord Record, string Field, RecordEnd Old, RecordEnd Now)>();
        foreach (var item in chunk)
        {
            if (!present.TryGetValue(item.Id, out var record)
                || (access.WasJustWritten(item.Id)
                    && (record = await access.ConfirmAsync(item.Id, cancellationToken).ConfigureAwait(false)) is null))
            {
                foreach (var (_, target) in item.Pointers)
                {
                    (_gone.TryGetValue(target, out var gone) ? gone : _gone[target] = []).Add($"{entity.Name} {item.Id} ({item.Name})");
                }

                continue;
            }

            var fields = new JsonBody();
            var old = new List<RecordEnd>();
            foreach (var (field, target) in item.Pointers)
            {
                var now = ReferenceFields.TargetOf(record, field);
                if (now is null || now == target)
                {
                    // A record that is gone may still be named: the service has kept the old id then.
                    fields[field] = ReferenceFields.ValueOf(field, targets[target]);
                    old.Add(target);
                }
                else if (now != targets[target])
                {
                    elsewhere.Add((item, record, field, target, now));
                }
            }

            if (fields.Count > 0)
            {
                steps.Add(UpdateStep(entity, record, fields, old));
            }
        }

        foreach (var group in elsewhere.GroupBy(static item => item.Now.Type))
        {
            var names = await NamesAsync(group.Key, group.Select(static item => item.Now.Id), cancellationToken).ConfigureAwait(false);
            steps.AddRange(group.Select(item => new CopperPlanStep
            {
                Action = PlanAction.Hold,
                Entity = entity.Name,
                Id = item.Record.Id,
                Name = item.Record.ToString(),
                Reason = $"{FieldWords.LabelOf(entity.Name, item.Field)} was {item.Old} ({NameOf(item.Old)}), and is {item.Now}"
                    + (names.TryGetValue(item.Now.Id, out var name) ? $" ({name})" : string.Empty)
                    + " by now: it stays. Update it by hand if the former one is right.",
            }));
        }
    }

    private CopperPlanStep UpdateStep(CopperEntity entity, ICopperRecord present, JsonBody fields, List<RecordEnd> old)
    {
        var before = RecordFields.ImageOf(present, fields, dateFormat);
        return new CopperPlanStep
        {
            Action = PlanAction.Update,
            Entity = entity.Name,
            Id = present.Id,
            Name = present.ToString(),
            MatchedBy = "Id",
            Modified = CopperPlanStep.TextOf(entity.DatesOf(present).Modified),
            Fields = fields.ToString(),
            Before = before.ToString(),
            Changes = new PlanChangeList(fields.Names.Zip(old, (field, target) => new PlanChange(
                FieldWords.LabelOf(entity.Name, field),
                null,
                field == "related_resource" ? $"{target.Type} {NameOf(target)}" : NameOf(target)))),
            Reason = $"It belonged to {string.Join(" and ", old.Select(target => $"{target} ({NameOf(target)})"))}, which comes back.",
        };
    }

    private string? NameOf(RecordEnd target) => _names.TryGetValue(target, out var name) ? name : null;

    private async Task<Dictionary<long, string?>> NamesAsync(string entity, IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        long[] all = [.. ids.Distinct().Take(ChunkSize)];
        var found = !RecordAccess.Order.Contains(entity) ? null
            : await RecordAccess.Of(client, entity).FindInSearchAsync(all, cancellationToken).ConfigureAwait(false);
        return (found ?? new Dictionary<long, ICopperRecord>()).ToDictionary(
            static record => record.Key, static record => (string?)record.Value.ToString());
    }

    private static List<(string Field, RecordEnd Target)> PointersIn(
        ArraySegment<byte> json, string[] fields, IReadOnlyDictionary<RecordEnd, RecordEnd> targets)
    {
        var pointers = new List<(string Field, RecordEnd Target)>();
        using var document = JsonDocument.Parse(json.AsMemory(), RecordDifference.AnyDepth);
        foreach (var field in fields)
        {
            if (document.RootElement.TryGetProperty(field, out var value)
                && ReferenceFields.TargetOf(field, ValueOf(value)) is { } target && targets.ContainsKey(target))
            {
                pointers.Add((field, target));
            }
        }

        return pointers;
    }

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object when value.TryGetProperty("id", out var id) && value.TryGetProperty("type", out var type) =>
            new JsonBody { ["id"] = ValueOf(id), ["type"] = ValueOf(type) },
        _ => null,
    };

    /// <summary>The activities that went with the records and are not restored.</summary>
    private void CountActivities(IReadOnlyDictionary<RecordEnd, RecordEnd> targets, Func<CopperEntity, long, bool> isRestored)
    {
        foreach (var (id, json) in snapshot.Contains(CopperEntities.Activity) ? snapshot.ReadRaw(CopperEntities.Activity) : [])
        {
            using var document = JsonDocument.Parse(json.AsMemory(), RecordDifference.AnyDepth);
            if (document.RootElement.TryGetProperty("parent", out var parent) && RecordEnd.From(ValueOf(parent)) is { } target
                && targets.ContainsKey(target) && !isRestored(CopperEntities.Activity, id) && IsOfUser(document.RootElement))
            {
                _activities[target] = (_activities.TryGetValue(target, out var count) ? count : 0) + 1;
            }
        }
    }

    private static bool IsOfUser(JsonElement activity) => activity.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.Object && type.TryGetProperty("category", out var category)
        && category.ValueKind == JsonValueKind.String && category.ValueEquals(CopperActivityType.UserCategory);

    /// <summary>A record of the snapshot that pointed to records which come back.</summary>
    private sealed record Pointing(long Id, string? Name, List<(string Field, RecordEnd Target)> Pointers);
}
