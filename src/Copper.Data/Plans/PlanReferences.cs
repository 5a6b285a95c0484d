using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// Records that a plan creates get new ids. Fields that refer to them by the ids that they had before, or by those that the plan gave
/// them, are sent with the new ones.
/// </summary>
internal sealed class PlanReferences
{
    private readonly Dictionary<(string Entity, long OldId), long?> _ids = [];

    /// <summary>The custom fields that the plan creates, by the ids that its steps know them by.</summary>
    private readonly Dictionary<long, CopperCustomFieldDefinition?> _fields = [];

    /// <param name="plan">The plan; what it creates with an old id is known, and has no new id yet.</param>
    public PlanReferences(ChangePlan plan)
    {
        foreach (var step in plan.StepsOf(static head => head is { Action: PlanAction.Create, HasOldId: true }))
        {
            if (step is { Action: PlanAction.Create, Entity: SettingAccess.Field, OldId: { } field })
            {
                _fields[field] = null;
            }
            else if (step is { Action: PlanAction.Create, OldId: { } oldId })
            {
                _ids[(step.Entity, oldId)] = null;
            }
        }
    }

    /// <summary>The record has been created.</summary>
    public void Add(CopperPlanStep step, long id)
    {
        if (step is { Entity: SettingAccess.Field, OldId: { } field })
        {
            _fields[field] = new CopperCustomFieldDefinition { Id = id };
        }
        else if (step.OldId is { } oldId)
        {
            _ids[(step.Entity, oldId)] = id;
        }
    }

    /// <summary>The record, or the custom field with its choices, has been created.</summary>
    public void Add(CopperPlanStep step, ICopperRecord record)
    {
        if (record is CopperCustomFieldDefinition field && step.OldId is { } oldId)
        {
            _fields[oldId] = field;
        }
        else
        {
            Add(step, record.Id);
        }
    }

    /// <summary>
    /// The record would be created by a run that sends nothing: what refers to it would get an id that nobody knows yet, and that no
    /// record has.
    /// </summary>
    public void Promise(CopperPlanStep step) => Add(step, -step.Step);

    /// <summary>The body refers to a record that a run would create.</summary>
    public bool HasPromised(JsonBody body) => body.Any(member => ReferenceFields.TargetOf(member.Key, member.Value) is { } target
        && _ids.TryGetValue((target.Type, target.Id), out var id) && id < 0);

    /// <summary>The body with new ids.</summary>
    /// <param name="body">The fields.</param>
    /// <param name="open">The fields that refer to a record which is not created yet; they are not in the result.</param>
    public JsonBody Map(JsonBody body, out IReadOnlyList<string> open)
    {
        var mapped = new JsonBody();
        var left = new List<string>();
        foreach (var member in body)
        {
            if (member.Key == RecordFields.CustomFields && _fields.Count > 0)
            {
                if (MapFields(member.Value, out var isOpen) is { Length: > 0 } items)
                {
                    mapped[member.Key] = items;
                }

                if (isOpen)
                {
                    left.Add(member.Key);
                }
            }
            else if (ReferenceFields.TargetOf(member.Key, member.Value) is not { } target
                || !_ids.TryGetValue((target.Type, target.Id), out var id))
            {
                mapped[member.Key] = member.Value;
            }
            else if (id is { } known)
            {
                mapped[member.Key] = ReferenceFields.ValueOf(member.Key, target with { Id = known });
            }
            else
            {
                left.Add(member.Key);
            }
        }

        open = left;
        return mapped;
    }

    /// <summary>What a record held, with the ids of the custom fields that the plan has created.</summary>
    public JsonBody? MapFields(JsonBody? before)
    {
        if (before is null || _fields.Count == 0 || !before.Contains(RecordFields.CustomFields))
        {
            return before;
        }

        var mapped = before.Copy();
        mapped[RecordFields.CustomFields] = MapFields(before[RecordFields.CustomFields], out _);
        return mapped;
    }

    private JsonBody[] MapFields(object? value, out bool isOpen)
    {
        var items = new List<JsonBody>();
        isOpen = false;
        foreach (var (id, content) in RecordFields.Items(value))
        {
            if (!_fields.TryGetValue(id, out var field))
            {
                items.Add(RecordFields.Item(id, content));
            }
            else if (field is null)
            {
                isOpen = true;
            }
            else
            {
                items.Add(RecordFields.Item(field.Id, ValueIn(field, content)));
            }
        }

        return [.. items];
    }

    /// <summary>A plan names the choices of a field that it creates by their labels: they have no ids before.</summary>
    private static object? ValueIn(CopperCustomFieldDefinition field, object? value)
    {
        object? IdOf(object? label) => field.Options.Find(option =>
            string.Equals(option.Name, label as string, StringComparison.OrdinalIgnoreCase))?.Id ?? label;
        return field.Options.Count == 0 ? value
            : value is JsonArray labels ? labels.Select(IdOf).ToArray()
            : IdOf(value);
    }
}
