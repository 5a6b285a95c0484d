using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>
/// What only one record may have: the e-mail addresses of people, and the domains of companies. A step that gives one up comes before the
/// step that takes it, which the service would reject otherwise.
/// </summary>
internal static class UniqueValues
{
    private const string Emails = "emails";
    private const string Domain = "email_domain";

    /// <summary>The numbers of the updates that give up what another step of the plan takes.</summary>
    public static ISet<long> ReleasedBy(ChangePlan plan)
    {
        // Most plans take no value from anybody: nothing more is to be found out then.
        if (Changes(plan).All(static change => change.Step.Action != PlanAction.Update || !Lost(change).Any()))
        {
            return new HashSet<long>();
        }

        var taken = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (step, before, after) in Changes(plan))
        {
            foreach (var value in after.Except(before, StringComparer.OrdinalIgnoreCase))
            {
                taken[step.Entity + " " + value] = step.Step;
            }
        }

        // What refers to a record that the plan creates has to come after it.
        var references = new PlanReferences(plan);
        bool IsFree(JsonBody body)
        {
            references.Map(body, out var open);
            return open.Count == 0;
        }

        return new HashSet<long>(Changes(plan)
            .Where(change => change.Step.Action == PlanAction.Update
                && Lost(change).Any(value =>
                    taken.TryGetValue(change.Step.Entity + " " + value, out var taker) && taker != change.Step.Step)
                && IsFree(change.Step.Body()))
            .Select(static change => change.Step.Step));
    }

    private static IEnumerable<(CopperPlanStep Step, string[] Before, string[] After)> Changes(ChangePlan plan)
    {
        foreach (var step in plan.StepsOf(static head => head.Action is PlanAction.Create or PlanAction.Update
            && head.Entity is CopperEntityNames.Person or CopperEntityNames.Company))
        {
            if (step.Fields is not null && Of(step.Body()) is { } after)
            {
                yield return (step, Of(step.BeforeBody()) ?? [], after);
            }
        }
    }

    private static IEnumerable<string> Lost((CopperPlanStep Step, string[] Before, string[] After) change) =>
        change.Before.Except(change.After, StringComparer.OrdinalIgnoreCase);

    /// <summary>The values in a body; null when it says nothing of them.</summary>
    public static string[]? Of(JsonBody? body) => body is null ? null
        : body.Contains(Emails) ? EmailsIn(body[Emails])
        : !body.Contains(Domain) ? null
        : body[Domain] is string { Length: > 0 } domain ? [domain.Trim()] : [];

    private static string[] EmailsIn(object? value) =>
        JsonBody.Parse(new JsonBody { ["value"] = value }.ToString())["value"] is JsonArray list
            ? [.. list.OfType<AdditionalMembers>()
                .Select(static item => item.TryGetValue("email", out var address) ? address as string : null)
                .OfType<string>().Select(static address => address.Trim())]
            : [];
}
