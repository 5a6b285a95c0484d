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
            if (ReferenceFields.TargetOf(member.Key, member.Value) is not { } target
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
}
