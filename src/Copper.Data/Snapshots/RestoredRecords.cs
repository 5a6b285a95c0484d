using System.Text.Json;
using System.Text.Json.Nodes;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// The records of a snapshot that were created again under new ids, as the journals of the restore tell. A comparison with them takes a
/// record and the one that it was restored as for one, and a pointer to the former for one to the latter.
/// </summary>
public sealed class RestoredRecords
{
    private readonly Dictionary<(string Entity, long OldId), long> _ids = [];
    private readonly HashSet<(string Entity, long Id)> _restored = [];

    private RestoredRecords()
    {
    }

    /// <summary>How many records have new ids.</summary>
    public int Count => _ids.Count;

    /// <summary>Reads journals of restores, in the order in which they were written.</summary>
    /// <param name="paths">The files.</param>
    /// <exception cref="PlanException">A file is no journal of a restore, or is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RestoredRecords Read(IEnumerable<string> paths)
    {
        var records = new RestoredRecords();
        foreach (var path in paths)
        {
            records.Add(path);
        }

        return records;
    }

    /// <summary>The id under which a record was restored; null when it was not.</summary>
    internal long? NewIdOf(string entity, long id) => _ids.TryGetValue((entity, id), out var known) ? known : null;

    /// <summary>The record is one that was restored.</summary>
    internal bool IsRestored(string entity, long id) => _restored.Contains((entity, id));

    /// <summary>The new ids of an entity with the old ones.</summary>
    internal IEnumerable<(long OldId, long Id)> Of(string entity) =>
        _ids.Where(item => item.Key.Entity == entity).Select(static item => (item.Key.OldId, item.Value));

    /// <summary>A record as it came, with the ids under which it and those that it points to were restored.</summary>
    internal byte[] Mapped(CopperEntity entity, byte[] json, RestoredFields fields)
    {
        if (Parse(json) is not { } record)
        {
            return json;
        }

        HideConnections(record, fields);
        Map(record, "id", entity.Name);
        Map(record, "company_id", CopperEntityNames.Company);
        Map(record, "primary_contact_id", CopperEntityNames.Person);
        foreach (var name in new[] { "related_resource", "parent" })
        {
            if (record[name] is JsonObject pointer && pointer["type"] is JsonValue type && type.TryGetValue(out string? target))
            {
                Map(pointer, "id", target!);
            }
        }

        foreach (var item in (record[RecordFields.CustomFields] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            MapField(item, fields);
        }

        return JsonSerializer.SerializeToUtf8Bytes(record, DeepJson);
    }

    /// <summary>
    /// A record as it came, where a field that connects records says only whether it does: it shows the ids of its connections, one that
    /// was restored has a new id, and two of the same records come back as one.
    /// </summary>
    internal static byte[] WithoutConnectionIds(byte[] json, RestoredFields fields)
    {
        if (Parse(json) is not { } record)
        {
            return json;
        }

        HideConnections(record, fields);
        return JsonSerializer.SerializeToUtf8Bytes(record, DeepJson);
    }

    private static JsonSerializerOptions DeepJson { get; } = new() { MaxDepth = RecordDifference.AnyDepth.MaxDepth };

    private static JsonObject? Parse(byte[] json) => JsonNode.Parse(json, documentOptions: RecordDifference.AnyDepth) as JsonObject;

    private static void HideConnections(JsonObject record, RestoredFields fields)
    {
        foreach (var item in (record[RecordFields.CustomFields] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (item["custom_field_definition_id"] is JsonValue definition && definition.TryGetValue(out long id) && fields.IsConnect(id)
                && item["value"] is JsonArray connections)
            {
                item["value"] = connections.Count > 0;
            }
        }
    }

    private void Add(string path)
    {
        var journal = JournalFile.Read(path);
        if (journal.Plan is null)
        {
            throw new PlanException($"The journal '{path}' holds no whole plan: its run was ended before anything was sent.");
        }

        var created = journal.Entries
            .Where(static entry => entry is { Action: PlanAction.Create, Status: PlanStatus.Done, Id: not null, Step: not null })
            .GroupBy(static entry => entry.Step!.Value)
            .ToDictionary(static group => group.Key, static group => group.Last().Id!.Value);
        var steps = journal.Plan.Steps.Where(static step => !step.IsSetting()).ToArray();
        var isOfRestore = steps.Length > 0
            && steps.All(static step => step.Action is PlanAction.Update or PlanAction.Skip or PlanAction.Hold);
        foreach (var step in steps)
        {
            if (step.OldId is not { } oldId)
            {
                continue;
            }

            if (oldId < 0)
            {
                throw new PlanException($"The journal '{path}' is of a restore into another account, with which the snapshot cannot be "
                    + "compared: an id does not mean the same record in both.");
            }

            isOfRestore = true;
            var id = created.TryGetValue(step.Step, out var known) ? known
                : step.Action is PlanAction.Skip or PlanAction.Update ? step.Id
                : null;
            if (id is { } now && now != oldId)
            {
                _ids[(step.Entity, oldId)] = now;
                _restored.Add((step.Entity, now));
            }
        }

        if (!isOfRestore)
        {
            throw new PlanException($"The journal '{path}' is not that of a restore: nothing in it brings back a record that was there "
                + $"before. Give the file that {Advice.Give(Advice.Restore, "a restore")} wrote.");
        }
    }

    private void Map(JsonObject owner, string name, string entity)
    {
        if (owner[name] is JsonValue value && value.TryGetValue(out long id) && NewIdOf(entity, id) is { } known)
        {
            owner[name] = known;
        }
    }

    /// <summary>A field that was created again has another id, and so have its choices.</summary>
    private static void MapField(JsonObject item, RestoredFields fields)
    {
        if (item["custom_field_definition_id"] is not JsonValue definition || !definition.TryGetValue(out long id))
        {
            return;
        }

        if (fields.NewFieldOf(id) is not { } field)
        {
            return;
        }

        item["custom_field_definition_id"] = field;
        if (item["value"] is JsonArray choices)
        {
            for (var i = 0; i < choices.Count; i++)
            {
                if (choices[i] is JsonValue choice && choice.TryGetValue(out long option) && fields.NewOptionOf(option) is { } known)
                {
                    choices[i] = known;
                }
            }
        }
        else if (item["value"] is JsonValue one && one.TryGetValue(out long option) && fields.NewOptionOf(option) is { } known)
        {
            item["value"] = known;
        }
    }
}

/// <summary>The custom fields of a snapshot that the later state has under other ids, since they were created again.</summary>
internal sealed class RestoredFields
{
    private readonly Dictionary<long, long> _fields = [];
    private readonly Dictionary<long, long> _options = [];
    private readonly HashSet<long> _connects;
    private readonly HashSet<string> _connectNames;

    public RestoredFields(IReadOnlyList<CopperCustomFieldDefinition> earlier, IReadOnlyList<CopperCustomFieldDefinition> later)
    {
        var connects = earlier.Concat(later).Where(static field => field.DataType == CustomFieldTypes.Connect).ToArray();
        _connects = [.. connects.Select(static field => field.Id)];
        _connectNames = [.. connects.Select(static field => field.Name).OfType<string>()];
        foreach (var field in earlier.Where(field => later.All(other => other.Id != field.Id)))
        {
            if (later.FirstOrDefault(other => earlier.All(known => known.Id != other.Id)
                && IsSame(other.Name, field.Name) && other.DataType == field.DataType) is not { } again)
            {
                continue;
            }

            _fields[field.Id] = again.Id;
            foreach (var option in field.Options)
            {
                if (again.Options.Find(other => IsSame(other.Name, option.Name)) is { } choice)
                {
                    _options[option.Id] = choice.Id;
                }
            }
        }
    }

    public long? NewFieldOf(long id) => _fields.TryGetValue(id, out var known) ? known : null;

    public long? NewOptionOf(long id) => _options.TryGetValue(id, out var known) ? known : null;

    public bool IsConnect(long id) => _connects.Contains(id);

    /// <summary>There are connections as before, with other ids.</summary>
    public bool IsOfIds(PlanChange change) =>
        _connectNames.Contains(change.Property) && string.IsNullOrEmpty(change.Before) == string.IsNullOrEmpty(change.After);

    private static bool IsSame(string? one, string? other) => string.Equals(one?.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);
}
