using System.Management.Automation;
using Copper.Data.Plans;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Plans;

/// <summary>Takes back what a journal says was changed.</summary>
[Cmdlet(VerbsCommon.Undo, "CopperChange", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPlanResult), typeof(CopperPlanStep))]
public sealed class UndoCopperChangeCommand : PlanCmdlet
{
    /// <summary>The journal: of an import, of a plan, or of Start-CopperJournal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PathTransformation]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string JournalPath { get; set; } = string.Empty;

    /// <summary>The ids of the only records to take back.</summary>
    [Parameter]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Take back also what somebody else has changed since.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the steps instead of carrying them out.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>The suppression list of people who were erased; they are left out.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? SuppressionPath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var path = JournalFilePath.Of(this, JournalPath);
        var suppressed = Suppressed(SuppressionPath);
        var entries = OrEnd(() => ChangeJournal.Read(path), path);
        var only = OnlyIds(path, entries);
        var undos = OrEnd(() => new UndoJournals(path), path);
        if (!PlanOnly && OrEnd(undos.FindInterrupted, path) is { } interrupted)
        {
            WriteVerbose($"An earlier undo was interrupted: '{interrupted}' is gone on with first.");
            ResumeRun(interrupted, suppressed);
        }

        var restored = OrEnd(undos.ReadRestored, path);
        var planner = new UndoPlanner(Client, CurrentSession.DateFormat);
        var plan = WithoutUnclear(
            OrEnd(() => Await(token => planner.PlanAsync(entries, Force, only, restored, token))), OrEnd(undos.ReadUnclear, path));
        plan = suppressed?.Apply(plan) ?? plan;
        if (PlanOnly)
        {
            WritePlan(plan);
            return;
        }

        if (plan.Steps.Count == 0)
        {
            WriteWarning($"Nothing is to be taken back: the journal '{path}' says of no change that the account still shows.");
            return;
        }

        var changes = plan.Steps.Any(static step => step.Action is not (PlanAction.Skip or PlanAction.Hold));
        if (changes)
        {
            DiscardUnfinishedJournal(undos.Next);
        }

        Run(plan, changes ? undos.Next : null, isFresh: false);
    }

    /// <summary>What an interrupted undo may have created again is not created a second time.</summary>
    private static ChangePlan WithoutUnclear(ChangePlan plan, ISet<(string Entity, long OldId)> unclear) => unclear.Count == 0
        ? plan
        : new ChangePlan(plan.Steps.Select(step =>
            step is { Action: PlanAction.Create, OldId: { } oldId } && unclear.Contains((step.Entity, oldId))
                ? step.With(
                    PlanAction.Hold,
                    "An undo that was interrupted may have created it again. Look for it, and create it by hand if need be.")
                : step));

    private HashSet<long>? OnlyIds(string path, IReadOnlyList<CopperJournalEntry> entries)
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Id)))
        {
            return null;
        }

        var ids = new HashSet<long>(Id.Select(static reference => reference?.Id ?? 0));
        foreach (var id in ids.Where(id => entries.All(entry => entry.Id != id)))
        {
            WriteError(Core.ErrorRecords.Invalid($"The journal '{path}' says nothing of a record {id}.", id, "CopperNotFound"));
        }

        return ids;
    }
}
