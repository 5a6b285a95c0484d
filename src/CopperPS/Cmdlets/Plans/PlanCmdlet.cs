using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Data.Configuration;
using Copper.Data.DataSubjects;
using Copper.Data.Import;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>
/// The base of cmdlets that run a plan: what -WhatIf and -Confirm show of it, its journal, its results one by one, and the totals.
/// </summary>
public abstract class PlanCmdlet : WorkCmdlet
{
    private const int LongestText = 400;
    private readonly Func<CopperPlanResult, object> _outputOf;
    private readonly string _advice;
    private readonly List<IDisposable> _owned = [];

    /// <param name="outputOf">What is written about the result of a step; null for the result itself.</param>
    /// <param name="advice">What to do after an interruption where there is no journal; null to make the plan again.</param>
    private protected PlanCmdlet(Func<CopperPlanResult, object>? outputOf = null, string? advice = null)
    {
        _outputOf = outputOf ?? (static result => result);
        _advice = advice ?? "There is no journal: make the plan again to see what is left.";
    }

    /// <summary>The number of requests in flight at once, 1 to 32.</summary>
    [Parameter]
    [ValidateRange(1, MostAtOnce)]
    [Binding.WholeNumberTransformation]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>Takes away temporary files, however the pipeline ended.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _owned.ForEach(static item => item.Dispose());
        }

        base.Dispose(disposing);
    }

    /// <summary>A plan whose temporary file is deleted with the cmdlet.</summary>
    private protected ChangePlan Owned(ChangePlan plan)
    {
        _owned.Add(plan);
        return plan;
    }

    /// <summary>What the user gave and the result is about: a row, or a step. An error about the result has it as its target.</summary>
    private protected virtual object SourceOf(CopperPlanResult result) => result;

    /// <summary>The user agrees to a step about which the preferences ask no question.</summary>
    private protected virtual bool Agrees(CopperPlanStep step, string target, string action) => true;

    /// <summary>Shows how far the making of a plan has come; called from any thread.</summary>
    private protected IProgress<ImportProgress> PlanningProgress() => new PostedProgress(Mailbox, Progress);

    /// <summary>Shows how far a part of the work has come.</summary>
    private protected void ShowProgress(string part, long completed, long? total) => Progress.Show(part, completed, total);

    /// <summary>Runs a part of the work; a failure that concerns all of it ends the pipeline with one error.</summary>
    private protected T OrEnd<T>(Func<T> part, string? journal = null)
    {
        try
        {
            return part();
        }
        catch (Exception exception) when (exception is CopperException or PlanException or ImportException or SnapshotException
            or ConfigurationException or SuppressionListException or InputRejectedException)
        {
            ThrowTerminatingError(RecordOf(exception, null));
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && journal is not null)
        {
            ThrowTerminatingError(ErrorRecords.JournalUnavailable(exception, journal));
            throw;
        }
    }

    /// <summary>Ends the pipeline before anything is read when the journal cannot be begun, or cannot be resumed.</summary>
    private protected void CheckJournal(string? journal, bool resumes)
    {
        if (resumes && journal is null)
        {
            ThrowTerminatingError(ErrorRecords.Invalid("-Resume needs -JournalPath: the journal of the run that is to go on.", null));
        }

        if (journal is not null && Directory.Exists(journal))
        {
            ThrowTerminatingError(ErrorRecords.JournalUnavailable(new IOException($"'{journal}' is a folder."), journal));
        }

        if (journal is not null && Path.GetDirectoryName(journal) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            ThrowTerminatingError(ErrorRecords.JournalUnavailable(
                new DirectoryNotFoundException($"The folder '{folder}' does not exist."), journal));
        }

        if (!resumes && journal is not null && File.Exists(journal) && new FileInfo(journal).Length > 0)
        {
            ThrowTerminatingError(ErrorRecords.JournalExists(
                new PlanException($"The journal '{journal}' exists already. Add -Resume to go on with its run, or name another file."),
                journal));
        }
    }

    /// <summary>A journal without a whole plan: its run was ended before anything was sent, so it begins anew.</summary>
    private protected void DiscardUnfinishedJournal(string journal) => OrEnd(
        () =>
        {
            if (!IsWhatIf && File.Exists(journal))
            {
                File.Delete(journal);
            }

            return true;
        },
        journal);

    /// <summary>One line says that there is nothing to do, and why; nothing is written into the pipeline for it.</summary>
    private protected void TellNothing(string text, string tag = "CopperPlan")
    {
        HideProgress();
        WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST", tag]);
    }

    /// <summary>Writes the steps of a plan instead of carrying them out.</summary>
    private protected void WritePlan(ChangePlan plan)
    {
        HideProgress();
        foreach (var step in plan.Steps)
        {
            WriteObject(step);
        }
    }

    /// <summary>Runs a plan that was made a moment ago, or that was looked at.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="journal">The file of a new journal; null for none.</param>
    /// <param name="isFresh">It was made a moment ago: its records need not be read again.</param>
    private protected void Run(ChangePlan plan, string? journal, bool isFresh)
    {
        var declined = Confirm(plan, null, isFresh, out var totals);
        if (IsWhatIf)
        {
            WarnOfOpenSteps(totals);
            return;
        }

        if (declined.Count > 0)
        {
            plan = Owned(Without(plan, declined));
        }

        if (journal is null || plan.Steps.All(static step => step.Action is PlanAction.Skip or PlanAction.Hold))
        {
            // A journal of nothing would only be in the way of the next run.
            Run(plan, null, Options(plan, isFresh));
            return;
        }

        using var file = OrEnd(() => ChangeJournal.Create(journal, plan), journal);
        Run(plan, file, Options(plan, isFresh));
    }

    /// <summary>
    /// The plan without the steps that were declined. What a group of steps deletes stays where one of them was declined.
    /// </summary>
    private static ChangePlan Without(ChangePlan plan, HashSet<long> declined)
    {
        var groups = new HashSet<long?>(plan.Steps.Where(step => declined.Contains(step.Step)).Select(static step => step.Group));
        return new ChangePlan(plan.Steps.Where(step => !declined.Contains(step.Step)).Select(step =>
            step.Action == PlanAction.Delete && step.Group is not null && groups.Contains(step.Group)
                ? step.With(PlanAction.Hold, "It stays, since another step of its group was declined.")
                : step));
    }

    /// <summary>What leaves out the people of a suppression list; null when none was given.</summary>
    /// <param name="path">The file as it was given; null for none.</param>
    /// <param name="snapshotAccount">The id of the account of the snapshot that is restored; null for none.</param>
    private protected SuppressedSteps? Suppressed(string? path, long? snapshotAccount = null)
    {
        if (path is null)
        {
            return null;
        }

        var file = SuppressionFilePath.Of(this, path);
        var list = OrEnd(() => SuppressionList.Open(file), file);
        var account = OrEnd(() => Await(Client.Metadata.Account.GetAsync))[0].Id;
        return new SuppressedSteps(list, account, snapshotAccount == account ? null : snapshotAccount);
    }

    /// <summary>Goes on with the run of a journal.</summary>
    /// <param name="journal">The file.</param>
    /// <param name="suppressed">Whose steps are left out; null for nobody's.</param>
    private protected void ResumeRun(string journal, SuppressedSteps? suppressed = null)
    {
        HashSet<long> declined;
        CopperPlanTotals totals;
        using (var file = OrEnd(() => ChangeJournal.OpenReadOnly(journal), journal))
        {
            var left = suppressed?.Find(file.Plan) ?? new HashSet<long>();
            if (left.Count > 0)
            {
                WriteWarning($"{left.Count} {(left.Count == 1 ? "step is" : "steps are")} left out: about a person on the "
                    + "suppression list.");
            }

            declined = Confirm(file.Plan, file, false, out totals, left);
        }

        if (IsWhatIf)
        {
            WarnOfOpenSteps(totals);
            return;
        }

        using var resumed = OrEnd(() => ChangeJournal.Resume(journal), journal);
        Run(Owned(resumed.Plan), resumed, Options(resumed.Plan, false, declined));
    }

    /// <summary>
    /// Shows each step that would be carried out, and asks. With -WhatIf or -Confirm the records are read first, so that what is shown is
    /// what the run would do. The numbers of the steps that must not be carried out.
    /// </summary>
    private HashSet<long> Confirm(
        ChangePlan plan, ChangeJournal? journal, bool isFresh, out CopperPlanTotals totals, IEnumerable<long>? leftOut = null)
    {
        var declined = new HashSet<long>(leftOut ?? []);
        totals = new CopperPlanTotals();
        if (!IsPreview)
        {
            foreach (var step in plan.Steps.Where(step => step.Action is not (PlanAction.Skip or PlanAction.Hold)
                && !declined.Contains(step.Step)))
            {
                Ask(step);
            }

            return declined;
        }

        var runner = new PlanRunner(Client, Options(plan, isFresh, new HashSet<long>(declined)));
        foreach (var check in Pull(runner.CheckAsync(plan, journal, StopToken), journal?.Path))
        {
            if (check.Result is { } result)
            {
                totals.Add(result);
                if (result.Status is not (PlanStatus.Done or PlanStatus.Skipped))
                {
                    WriteVerbose($"{result}: {result.Reason}");
                }
            }
            else
            {
                Ask(check.Step);
            }
        }

        return declined;

        void Ask(CopperPlanStep step)
        {
            var (target, action) = (TargetOf(step), ActionOf(step));
            if (!ShouldProcess(target, action) || (!IsWhatIf && !Agrees(step, target, action)))
            {
                declined.Add(step.Step);
            }
        }
    }

    private void Run(ChangePlan plan, ChangeJournal? journal, PlanRunnerOptions options)
    {
        var totals = new CopperPlanTotals();
        var count = plan.Steps.Count - options.Except.Count;
        var done = 0;
        var isComplete = false;
        try
        {
            foreach (var result in Pull(new PlanRunner(Client, options).RunAsync(plan, journal, StopToken), journal?.Path))
            {
                totals.Add(result);
                Progress.Show("Running the plan", ++done, count);
                WriteObject(_outputOf(result));
                if (result.Status is PlanStatus.Failed or PlanStatus.Unknown)
                {
                    WriteError(ErrorRecords.OfStep(result, SourceOf(result)));
                }
            }

            isComplete = true;
        }
        finally
        {
            Progress.Complete();
            if (!isComplete && done < count)
            {
                WarnOfLoss($"The pipeline ended before the plan was complete: {done} of {count} steps have a result ({totals}). "
                    + (journal is null
                        ? _advice
                        : $"Go on with -Resume -JournalPath '{journal.Path}'."));
            }
        }

        WriteTotals(totals);
    }

    private void WriteTotals(CopperPlanTotals totals)
    {
        WriteInformation(new InformationRecord(totals, MyInvocation.MyCommand.Name) { Tags = { "CopperPlanTotals" } });
        if (totals.Held + totals.Failed + totals.Unknown > 0)
        {
            WriteWarning($"{totals}. Status and Reason of the results say which, and why.");
        }
        else
        {
            WriteVerbose($"{totals}.");
        }
    }

    /// <summary>-WhatIf prints the steps that would be carried out; the others are counted.</summary>
    private void WarnOfOpenSteps(CopperPlanTotals totals)
    {
        var open = totals.Held + totals.Failed + totals.Unknown;
        if (open > 0)
        {
            WriteWarning($"{open} {(open == 1 ? "step" : "steps")} would not be carried out: held, or its record cannot be found. -Verbose "
                + "shows which, and why.");
        }
    }

    private PlanRunnerOptions Options(ChangePlan plan, bool isFresh, ISet<long>? except = null) => new()
    {
        DateFormat = CurrentSession.DateFormat,
        ThrottleLimit = ThrottleLimit,
        IsFresh = isFresh,
        Except = except ?? new HashSet<long>(),
        Replan = this is IRowPlanner planner ? (step, token) => planner.ReplanAsync(plan, step, token) : null,
    };

    /// <summary>Reads a stream whose failure ends the pipeline. What the consumer throws passes.</summary>
    private IEnumerable<T> Pull<T>(IAsyncEnumerable<T> source, string? journal)
    {
        using var items = Stream(source).GetEnumerator();
        while (OrEnd(items.MoveNext, journal))
        {
            yield return items.Current;
        }
    }

    private static string TargetOf(CopperPlanStep step) => step.Id is { } id
        ? (step.Name is { Length: > 0 } known ? $"{step.Entity} {id} ({known})" : $"{step.Entity} {id}")
        : step.Name is { Length: > 0 } name ? $"{step.Entity} '{name}'" : $"new {step.Entity}";

    /// <summary>What a step does. Of one whose fields were edited, the plan's own words are out of date.</summary>
    private string ActionOf(CopperPlanStep step)
    {
        if (step.IsLink())
        {
            return step.Action == PlanAction.Delete ? "Remove" : step.Action.ToString();
        }

        if (step.Action == PlanAction.Delete)
        {
            // Whole, however long: it says what is lost with the record.
            return "Delete for good" + NoteOf(step);
        }

        var isCreate = step.Action == PlanAction.Create;
        if (!step.ShowsWhatItDoes() && !step.IsSetting())
        {
            var description = new ChangeDescription(Client, Related);
            return isCreate ? description.OfNew(step.Body()) : description.OfUpdate(step.Body(), []);
        }

        var text = isCreate && step.Changes.Count > 0
            ? string.Join(", ", step.Changes.Select(static change => $"{change.Property} '{change.After}'"))
            : step.Changes.ToString();
        if (step.IsSetting())
        {
            text = step.ShowsWhatItDoes() ? text : step.Fields ?? string.Empty;
        }

        var shown = VisibleText.Of(text.Length > LongestText ? text.Substring(0, LongestText - 1) + "…" : text);
        return (isCreate ? $"Create with {shown}" : $"Update {shown}") + NoteOf(step);
    }

    /// <summary>What a plan says of a step beside its values: why it is there, what does not come back, what is lost.</summary>
    private static string NoteOf(CopperPlanStep step) =>
        step.Reason is { Length: > 0 } reason ? $" ({VisibleText.Of(reason).TrimEnd('.')})" : string.Empty;

    /// <summary>Progress that comes from any thread and is shown by the pipeline thread.</summary>
    private sealed class PostedProgress(PipelineMailbox mailbox, WorkProgress shown) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => mailbox.Post(() => shown.Show(value.Activity, value.Completed, value.Total));
    }
}
