using System.Globalization;
using Copper.Client.Models;
using Copper.Client.Json;

namespace Copper.Data.Plans;

/// <summary>
/// Records that a plan creates get new ids. Fields that refer to them by the ids that they had before, or by those that the plan gave
/// them, are sent with the new ones.
/// </summary>
internal sealed class PlanReferences
{
    private readonly Dictionary<(string Entity, long OldId), long?> _ids = [];

    /// <param name="plan">The plan; what it creates with an old id is known, and has no new id yet.</param>
    public PlanReferences(ChangePlan plan)
    {
        foreach (var step in plan.Steps)
        {
            if (step is { Action: PlanAction.Create, OldId: { } oldId })
            {
                _ids[(step.Entity, oldId)] = null;
            }
        }
    }

    /// <summary>The record has been created.</summary>
    public void Add(CopperPlanStep step, long id)
    {
        if (step.OldId is { } oldId)
        {
            _ids[(step.Entity, oldId)] = id;
        }
    }

    /// <summary>The body with new ids.</summary>
    /// <param name="entity">The entity whose record it is.</param>
    /// <param name="body">The fields.</param>
    /// <param name="open">The fields that refer to a record which is not created yet; they are not in the result.</param>
    public JsonBody Map(string entity, JsonBody body, out IReadOnlyList<string> open)
    {
        var mapped = new JsonBody();
        var left = new List<string>();
        foreach (var member in body)
        {
            var target = TargetOf(entity, member.Key, member.Value);
            if (target is not { } key || !_ids.TryGetValue(key, out var id))
            {
                mapped[member.Key] = member.Value;
            }
            else if (id is null)
            {
                left.Add(member.Key);
            }
            else
            {
                mapped[member.Key] = member.Key is "related_resource" or "parent"
                    ? new JsonBody { ["id"] = id, ["type"] = key.Entity }
                    : id;
            }
        }

        open = left;
        return mapped;
    }

    private static (string Entity, long Id)? TargetOf(string entity, string field, object? value) => (field, value) switch
    {
        (_, null) => null,
        ("company_id", _) => (CopperEntityNames.Company, Number(value)),
        ("primary_contact_id", _) => (CopperEntityNames.Person, Number(value)),
        ("related_resource" or "parent", AdditionalMembers members) => (members["type"] as string ?? entity, Number(members["id"])),
        ("related_resource" or "parent", JsonBody members) => (members["type"] as string ?? entity, Number(members["id"])),
        _ => null,
    };

    private static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
