using System.Management.Automation;
using Copper.Data.Plans;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>Takes back what a journal says was changed.</summary>
[Cmdlet(VerbsCommon.Undo, "CopperChange", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPlanResult), typeof(CopperPlanStep))]
public sealed class UndoCopperChangeCommand : PlanCmdlet
{
    private readonly List<CopperJournalEntry> _entries = [];

    /// <summary>The journal: of an import, of a plan, or of Start-CopperJournal.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [JournalPathTransformation]
    [Alias("PSPath", "FullName", "Path", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Entries of a journal, as Get-CopperJournal writes them; only these are taken back.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public CopperJournalEntry[]? InputObject { get; set; }

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
        if (InputObject is { } entries)
        {
            _entries.AddRange(entries);
            InputObject = null;
            return;
        }

        if (JournalPath is null)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                "There is nothing to take back without a journal: name its file with -JournalPath, or pipe entries of Get-CopperJournal.",
                null));
            return;
        }

        var path = JournalFilePath.Of(this, JournalPath);
        Undo(path, OrEnd(() => ChangeJournal.Read(path), path));
    }

    /// <summary>Takes the entries back once all of them are there: the last change first.</summary>
    protected override void EndProcessing()
    {
        foreach (var journal in _entries.GroupBy(static entry => entry.Journal, StringComparer.Ordinal))
        {
            var path = OrEnd(() => journal.Key
                ?? throw new PlanException("An entry does not say which journal it is of. Name the file with -JournalPath."));
            var wanted = new HashSet<(long Request, string Entity, long? Id)>(
                journal.Select(static entry => (entry.Request, entry.Entity, entry.Id)));

            // What was deleted comes back with what the deletion took with it.
            var deletions = new HashSet<long>(
                journal.Where(static entry => entry.Action == PlanAction.Delete).Select(static entry => entry.Request));
            Undo(path, [.. OrEnd(() => ChangeJournal.Read(path), path).Where(entry =>
                wanted.Contains((entry.Request, entry.Entity, entry.Id)) || deletions.Contains(entry.Request))]);
        }
    }

    private void Undo(string path, IReadOnlyList<CopperJournalEntry> entries)
    {
        var suppressed = Suppressed(SuppressionPath);
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
            WriteError(ErrorRecords.Invalid($"The journal '{path}' says nothing of a record {id}.", id, "CopperNotFound"));
        }

        return ids;
    }
}

/// <summary>The path of a journal. An entry of one is none: it binds to -InputObject.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JournalPathTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly PathTransformationAttribute _path = new();

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is CopperJournalEntry or PSObject { BaseObject: CopperJournalEntry }
            ? throw new ArgumentTransformationMetadataException("An entry of a journal is no path.", new PSInvalidCastException())
            : _path.Transform(engineIntrinsics, inputData)!;
}
