using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>
/// Looks after the deletions of groups of steps: a record whose values and relations were to be moved first is not deleted as long as
/// anything still hangs on it, whoever left it there.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="plan">The plan.</param>
/// <param name="except">The numbers of steps that are left out.</param>
/// <param name="dateFormat">How the account writes a close date.</param>
internal sealed class GroupGuard(CopperClient client, ChangePlan plan, ISet<long> except, string dateFormat)
{
    private readonly Dictionary<long, CopperPlanStep> _steps = plan.StepsOf(static head => head.IsGrouped)
        .ToDictionary(static step => step.Step);

    private readonly Dictionary<long, string> _broken = plan
        .StepsOf(head => head.IsGrouped && except.Contains(head.Step))
        .GroupBy(static step => step.Group!.Value)
        .ToDictionary(static group => group.Key, static group => $"step {group.First().Step} was left out");

    /// <summary>Notes what became of a step. One that was not carried out keeps the records of its group.</summary>
    public void Note(CopperPlanResult result)
    {
        if (_steps.TryGetValue(result.Step, out var step) && step.Group is { } group
            && result.Status is not (PlanStatus.Done or PlanStatus.Skipped) && !_broken.ContainsKey(group))
        {
            _broken[group] = $"step {step.Step} ({step}) was not carried out";
        }
    }

    /// <summary>Why a record of a group is not deleted now; null when nothing keeps it.</summary>
    public string? WhyKept(CopperPlanStep step) => step.Group is { } group && _broken.TryGetValue(group, out var reason)
        ? $"It stays, since {reason}: nothing must be lost. Resume the run, plan again, or take it back with "
            + Advice.Give(Advice.Undo, "an undo") + "."
        : null;

    /// <summary>What still hangs on a record of a group; null for nothing.</summary>
    public async Task<string?> FindLeftAsync(CopperPlanStep step, ICopperRecord record, CancellationToken cancellationToken)
    {
        if (step.Group is null || record is CopperActivity)
        {
            return null;
        }

        try
        {
            var dependents = await new DependentRecords(client, dateFormat).ReadAsync(record, cancellationToken).ConfigureAwait(false);
            var left = dependents.Select(static change => change.Id is { } id && !LinkAccess.IsLink(change.Entity)
                ? FormattableString.Invariant($"{change.Entity} {id}") : $"the {change.Entity} of {change.Name}").FirstOrDefault()
                ?? (await FindActivityAsync(record, cancellationToken).ConfigureAwait(false) is { } activity
                    ? FormattableString.Invariant($"activity {activity.Id}") : null);
            return left is null ? null
                : $"It stays, since {left} still belongs to it, and is not in the plan: nothing must be lost. Plan again.";
        }
        catch (CopperException failure) when (failure is not CopperAuthenticationException)
        {
            return $"It stays, since what belongs to it cannot be read. {failure.Message}";
        }
    }

    /// <summary>A search may still show activities that were deleted a moment ago; reading one by its id tells.</summary>
    private async Task<CopperActivity?> FindActivityAsync(ICopperRecord record, CancellationToken cancellationToken)
    {
        var filter = new JsonBody { ["parent"] = new RecordEnd(record.GetEntityType(), record.Id).ToBody() };
        await foreach (var activity in client.Activities.Search(new SearchQuery { Filter = filter })
            .WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (activity.Type?.Category == CopperActivityType.UserCategory)
            {
                var present = await client.Activities.GetAsync(activity.Id, cancellationToken).ConfigureAwait(false);
                if (present.IsDeleted is not true)
                {
                    return present;
                }
            }
        }

        return null;
    }
}
