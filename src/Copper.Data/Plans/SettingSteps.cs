using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>Carries out the steps of a plan that are about settings of the account, one after the other.</summary>
/// <param name="client">Whose account it is.</param>
internal sealed class SettingSteps(CopperClient client)
{
    private readonly SettingAccess _access = new(client);

    /// <summary>Reads the settings, and decides what can be decided before anything is sent.</summary>
    public async Task<(List<CopperPlanResult> Decided, List<DueStep> Due)> PrepareAsync(
        PlanRun run, PlanAction action, IReadOnlyList<CopperPlanStep> steps, CancellationToken cancellationToken)
    {
        var decided = new List<CopperPlanResult>();
        var due = new List<DueStep>();
        IReadOnlyList<ICopperRecord>? present = null;
        foreach (var step in steps)
        {
            var earlier = run.Earlier(step.Step, action);
            if (earlier is { Status: PlanStatus.Done } && !(action == PlanAction.Create && step.OldId is not null))
            {
                decided.Add(new CopperPlanResult(step, PlanStatus.Done, earlier.Id, "It was done before the run was resumed."));
                continue;
            }

            try
            {
                present ??= await _access.ReadAsync(step.Entity, cancellationToken).ConfigureAwait(false);
            }
            catch (CopperException failure) when (failure is not CopperAuthenticationException)
            {
                decided.Add(PlanRunner.Unread(run, step, action, failure));
                continue;
            }

            if (action == PlanAction.Create && SettingAccess.FindCreated(step, present) is { } created)
            {
                // Records that the plan writes hold values of it.
                run.References.Add(step, created);
            }

            if (earlier is { Status: PlanStatus.Done })
            {
                decided.Add(new CopperPlanResult(step, PlanStatus.Done, earlier.Id, "It was done before the run was resumed."));
            }
            else if (Decide(run, step, present, earlier, out var before) is { } result)
            {
                decided.Add(result);
            }
            else
            {
                due.Add(new DueStep(step, step.Body(), before));
            }
        }

        return (decided, due);
    }

    /// <summary>Sends one step, and notes it in the journal.</summary>
    public async Task<CopperPlanResult> SendAsync(
        PlanRun run, PlanAction action, DueStep item, string dateFormat, CancellationToken cancellationToken)
    {
        var entries = run.Begin(action, [item], []);
        WriteOutcome outcome;
        try
        {
            outcome = new WriteOutcome(
                await _access.SendAsync(
                    action, item.Step.Entity, item.Step.Id, item.Fields, cancellationToken).ConfigureAwait(false),
                null);
        }
        catch (CopperException failure) when (failure is not CopperAuthenticationException)
        {
            outcome = new WriteOutcome(null, failure);
        }

        return run.End(entries, [item], [outcome], dateFormat)[0];
    }

    private static CopperPlanResult? Decide(
        PlanRun run, CopperPlanStep step, IReadOnlyList<ICopperRecord> present, CopperJournalEntry? earlier, out JsonBody? before)
    {
        before = null;
        CopperPlanResult Settled(string reason, long? id) => earlier is not null
            ? new CopperPlanResult(step, PlanStatus.Done, id, "It had been done when the run was interrupted.")
            : new CopperPlanResult(step, PlanStatus.Skipped, id, reason);
        if (step.Action == PlanAction.Create)
        {
            if (SettingAccess.FindCreated(step, present) is not { } created)
            {
                return null;
            }

            if (earlier is not null)
            {
                run.NoteFound(step, created, step.Body(), string.Empty);
            }

            return Settled($"The {step.Entity} is there already.", created.Id);
        }

        if (present.FirstOrDefault(setting => setting.Id == step.Id) is not { } setting)
        {
            return step.Action == PlanAction.Delete ? Settled($"The {step.Entity} is not there any more.", null)
                : new CopperPlanResult(step, PlanStatus.Failed, null, $"There is no {step.Entity} {step.Id} any more.");
        }

        var wanted = step.Body();
        before = SettingAccess.ImageOf(setting, step.Action == PlanAction.Delete ? SettingAccess.BodyOf(setting) : wanted);
        if (step.Action == PlanAction.Update && SettingAccess.Holds(wanted, before))
        {
            if (earlier is not null)
            {
                run.NoteDone(earlier, before);
            }

            return Settled($"The {step.Entity} holds this already.", null);
        }

        return step.BeforeBody() is { } planned && !SettingAccess.Holds(planned, SettingAccess.ImageOf(setting, planned))
            ? new CopperPlanResult(
                step,
                PlanStatus.Held,
                null,
                $"The {step.Entity} '{step.Name}' has been changed since the plan was made. Plan again, and look at the change.")
            : null;
    }
}
