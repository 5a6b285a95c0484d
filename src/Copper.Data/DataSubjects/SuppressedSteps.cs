using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.DataSubjects;

/// <summary>
/// Leaves those out of a plan who are on a suppression list: steps about them are skipped, and records of others get neither their
/// addresses nor pointers to them.
/// </summary>
/// <param name="list">The list.</param>
/// <param name="account">The id of the account in which the plan is carried out.</param>
/// <param name="restored">
/// The id of the account of the snapshot that the plan restores, when it is another one: there the ids of the snapshot are negative.
/// </param>
public sealed class SuppressedSteps(SuppressionList list, long account, long? restored = null)
{
    private const string Reason = "Left out: it is about a person who is on the suppression list.";

    private static readonly string[] Pointers =
        ["company_id", "primary_contact_id", "related_resource", "parent", "from", "to", "source", "target"];

    /// <summary>The plan without them; the same plan when there is none.</summary>
    public ChangePlan Apply(ChangePlan plan)
    {
        var suppressed = Find(plan, out var created);
        var isChanged = false;
        var changed = new ChangePlan(plan.Steps.Select(step =>
        {
            var kept = suppressed.Contains(step.Step) ? Skipped(step) : Without(step, created);
            isChanged |= !ReferenceEquals(kept, step);
            return kept;
        }));
        if (isChanged)
        {
            return changed;
        }

        changed.Dispose();
        return plan;
    }

    /// <summary>The numbers of the steps that must not be carried out.</summary>
    public ISet<long> Find(ChangePlan plan) => Find(plan, out _);

    /// <param name="plan">The plan.</param>
    /// <param name="created">The records that such steps create, as other steps know them: by a former id, or a negative one.</param>
    private HashSet<long> Find(ChangePlan plan, out HashSet<RecordEnd> created)
    {
        var found = new HashSet<long>(plan.Steps.Where(IsAboutThem).Select(static step => step.Step));
        var ends = created = new HashSet<RecordEnd>(plan.Steps
            .Where(step => step.OldId is not null && found.Contains(step.Step))
            .Select(static step => new RecordEnd(step.Entity, step.OldId!.Value)));
        found.UnionWith(plan.Steps.Where(step => IsBound(step, ends)).Select(static step => step.Step));
        return found;
    }

    private bool IsAboutThem(CopperPlanStep step)
    {
        if (step.Action is PlanAction.Delete)
        {
            // Deleting them again is what everybody wants.
            return false;
        }

        if (HasRecord(step.Entity, step.Id) || HasRecord(step.Entity, step.OldId))
        {
            return true;
        }

        var body = step.Fields is null ? null : step.Body();
        return body is not null && step.Entity is CopperEntityNames.Person or CopperEntityNames.Lead
            && step.Action == PlanAction.Create && AddressesOf(body!).Any(list.HasAddress);
    }

    /// <summary>An activity, relation or connection of one of them cannot be without them.</summary>
    private bool IsBound(CopperPlanStep step, HashSet<RecordEnd> created) => step.Action is PlanAction.Create && step.Fields is not null
        && (step.IsLink() || step.Entity == CopperEntityNames.Activity)
        && Pointers.Any(name => TargetOf(step.Body(), name) is { } target
            && (HasRecord(target.Type, target.Id) || created.Contains(target)));

    private static CopperPlanStep Skipped(CopperPlanStep step) => new CopperPlanStep
    {
        Step = step.Step,
        Action = PlanAction.Skip,
        Entity = step.Entity,
        Id = step.Id,
        OldId = step.OldId,
        Row = step.Row,
        Group = step.Group,
        Reason = Reason,
    }.Sealed();

    /// <summary>The step of somebody else without what belongs to them.</summary>
    private CopperPlanStep Without(CopperPlanStep step, HashSet<RecordEnd> created)
    {
        if (step.Action is not (PlanAction.Create or PlanAction.Update) || step.Fields is null || step.IsSetting() || step.IsLink())
        {
            return step;
        }

        var body = step.Body();
        var edited = body.Copy();
        if (step.Entity == CopperEntityNames.Person && body.Contains("emails") && body["emails"] is JsonArray emails)
        {
            // An address that the record has already was given to it since.
            var present = new HashSet<string>(
                (step.BeforeBody() is { } before ? AddressesOf(before) : []).Select(EmailText.Normalize), StringComparer.Ordinal);
            bool IsForeign(object? item) => AddressOf(item) is { } address && list.HasAddress(address)
                && !present.Contains(EmailText.Normalize(address));
            if (emails.Any(IsForeign))
            {
                edited["emails"] = emails.Where(item => !IsForeign(item)).ToArray();
            }
        }

        foreach (var name in Pointers)
        {
            if (TargetOf(body, name) is { } target && (HasRecord(target.Type, target.Id) || created.Contains(target)))
            {
                edited.Remove(name);
            }
        }

        if (edited.Count == body.Count && (!edited.Contains("emails") || ReferenceEquals(edited["emails"], body["emails"])))
        {
            return step;
        }

        if (edited.Count == 0)
        {
            return Skipped(step);
        }

        var kept = step.BeforeBody();
        return new CopperPlanStep
        {
            Step = step.Step,
            Action = step.Action,
            Entity = step.Entity,
            Id = step.Id,
            OldId = step.OldId,
            Name = step.Name,
            Row = step.Row,
            MatchedBy = step.MatchedBy,
            Changes = FieldWords.Changes(step.Entity, kept, edited),
            Group = step.Group,
            Reason = $"{step.Reason} Without what belongs to a person who is on the suppression list.".Trim(),
            Modified = step.Modified,
            Fields = edited.ToString(),
            Before = kept?.ToString(),
        }.Sealed();
    }

    private bool HasRecord(string entity, long? id) => id is { } number && (number > 0
        ? list.HasRecord(account, entity, number)
        : restored is { } other && list.HasRecord(other, entity, -number));

    private static RecordEnd? TargetOf(JsonBody body, string name) =>
        body.Contains(name) ? ReferenceFields.TargetOf(name, body[name]) : null;

    private static IEnumerable<string> AddressesOf(JsonBody body) =>
        (body.Contains("emails") && body["emails"] is JsonArray emails ? emails : Enumerable.Empty<object?>())
            .Concat(body.Contains("email") ? [body["email"]] : [])
            .Select(AddressOf).OfType<string>();

    private static string? AddressOf(object? item) =>
        item is AdditionalMembers members && members.TryGetValue("email", out var address) ? address as string : item as string;
}
