using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Plans;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>Brings back what was deleted or changed since a snapshot, into the same or another account.</summary>
[Cmdlet(VerbsData.Restore, "CopperSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPlanResult), typeof(CopperPlanStep))]
public sealed class RestoreCopperSnapshotCommand : PlanCmdlet
{
    private readonly HashSet<long> _ids = [];
    private string? _journal;

    /// <summary>The folder of the snapshot.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SnapshotPathTransformation]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Only these kinds of records.</summary>
    [Parameter(Position = 1)]
    [EntityTransformation]
    [ValidateNotNullOrEmpty]
    [ValidateSet("Person", "Company", "Lead", "Opportunity", "Project", "Task", "Activity")]
    [Alias("Type", "EntityType")]
    public string[]? Entity { get; set; }

    /// <summary>Only these records, of the one kind that -Entity names.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Only what is missing, or only what was changed.</summary>
    [Parameter]
    [TextTransformation]
    [ValidateSet("Missing", "Changed")]
    public string? Only { get; set; }

    /// <summary>Of changed records only these properties.</summary>
    [Parameter]
    [TextListTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Users of the snapshot and those who take their place; $null for nobody.</summary>
    [Parameter]
    [HashtableTransformation]
    [ValidateNotNull]
    public Hashtable MapUser { get; set; } = [];

    /// <summary>What is done where another record has taken the place of a missing one.</summary>
    [Parameter]
    [OneValueTransformation]
    public RestoreConflict OnConflict { get; set; } = RestoreConflict.Hold;

    /// <summary>Write the steps instead of carrying them out.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>A file that keeps what is changed, to resume the run and to undo it.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Go on with the run of the journal, as it was planned then.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>The suppression list of people who were erased; they are left out.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? SuppressionPath { get; set; }

    private string[]? Entities => Entity?.Select(SnapshotEntities.NameOf).ToArray();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (PlanOnly && (JournalPath is not null || Resume))
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                "-PlanOnly changes nothing, so there is nothing to keep in a journal. Give -JournalPath to Invoke-CopperPlan.", null));
        }

        if (!PlanOnly && JournalPath is null && !IsWhatIf)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                "A restore needs -JournalPath: a file that keeps what is changed, without which it could not be resumed after an "
                    + "interruption. -PlanOnly and -WhatIf need none.",
                null));
        }

        _journal = JournalPath is null ? null : JournalFilePath.Of(this, JournalPath);
        CheckJournal(_journal, Resume);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Id)
        {
            if (Entities is not { Length: 1 } one)
            {
                ThrowTerminatingError(ErrorRecords.Invalid(
                    "Ids are unique only within one kind of records. Name one with -Entity.", reference));
                return;
            }

            try
            {
                _ids.Add(RequestValueConverter.IdOf(
                    reference ?? throw RequestValueConverter.NullId(one[0]), one[0]));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    /// <summary>Plans and runs the restore once all ids are there.</summary>
    protected override void EndProcessing()
    {
        if (Resume && OrEnd(() => ChangeJournal.CanResume(_journal!), _journal))
        {
            ResumeRun(_journal!, OrEnd(() => SuppressedOf(SnapshotPath.Of(this, Path))));
            return;
        }

        var hasIds = MyInvocation.BoundParameters.ContainsKey(nameof(Id)) || MyInvocation.ExpectingInput;
        if (hasIds && _ids.Count == 0)
        {
            WriteWarning("There are no ids: nothing was read or written.");
            return;
        }

        var path = SnapshotPath.Of(this, Path);
        using var snapshot = OrEnd(() => CopperSnapshot.Open(path));
        var suppressed = Suppressed(SuppressionPath, snapshot.Manifest.AccountId);
        var planner = new RestorePlanner(Client, Options(hasIds), new PostedProgress(this));
        var plan = Plan(planner, snapshot);
        if (planner.ConnectFields.Count > 0)
        {
            WriteWarning("The snapshot has no connections (Backup-CopperAccount -Include Connection adds them to a backup), so connect "
                + $"fields such as {VisibleText.Of(planner.ConnectFields.First())} stay as they are.");
        }

        if (planner.UnreadableValues is { Count: > 0 } unreadable)
        {
            WriteWarning("Values that the snapshot holds in a form which this version cannot read are not restored: "
                + $"{string.Join("; ", unreadable.Select(VisibleText.Of))}.");
        }

        plan = Owned(suppressed?.Apply(Owned(plan)) ?? plan);
        HideProgress();
        if (plan.Steps.All(static step => step.Action is PlanAction.Skip or PlanAction.Hold) && (!PlanOnly || plan.Steps.Count == 0))
        {
            Tell(snapshot, plan);
        }

        if (PlanOnly)
        {
            WritePlan(plan);
            return;
        }

        if (plan.Steps.Count == 0)
        {
            return;
        }

        if (Resume)
        {
            DiscardUnfinishedJournal(_journal!);
        }

        if (!snapshot.Manifest.Include.Contains(SnapshotContent.Activity) && plan.Steps.Any(HasActivities))
        {
            WriteWarning("The snapshot has no activities: those of records that are created again do not come back. "
                + "Backup-CopperAccount reads them unless it is told to leave them out.");
        }

        if (!snapshot.Manifest.Include.Contains(SnapshotContent.Relation) && plan.Steps.Any(HasRelations))
        {
            WriteWarning("The snapshot has no relations: those of records that are created again do not come back, but for what the fields "
                + "of the records say. Backup-CopperAccount -Include Relation adds them to a backup.");
        }

        WriteVerbose("Webhooks of the account, and its automations if it has some, react to what is restored as to every other change.");
        Run(plan, _journal, isFresh: true);
    }

    /// <summary>One line says that nothing is restored; nothing is written into the pipeline for it.</summary>
    private void Tell(CopperSnapshot snapshot, ChangePlan plan)
    {
        var held = plan.Steps.Count(static step => step.Action == PlanAction.Hold);
        var difference = Options(false).Scope switch
        {
            RestoreScope.Missing => "is missing from the account",
            RestoreScope.Changed => "differs in the account",
            _ => "is missing from the account or differs in it",
        };
        var text = plan.Steps.Count == 0
            ? $"Nothing to restore: nothing that was asked for in '{snapshot.Path}' {difference}."
            : $"Nothing to restore: {plan.Steps.Count - held} skipped, {held} held. -PlanOnly shows which, and why.";
        TellNothing(text, "CopperSnapshot");
    }

    private Copper.Data.DataSubjects.SuppressedSteps? SuppressedOf(string path)
    {
        using var snapshot = SuppressionPath is null ? null : CopperSnapshot.Open(path);
        return Suppressed(SuppressionPath, snapshot?.Manifest.AccountId);
    }

    /// <summary>The step creates a record again that may have had activities.</summary>
    private static bool HasActivities(CopperPlanStep step) => step is { Action: PlanAction.Create, OldId: not null }
        && Copper.Client.CopperEntities.FindPrimary(step.Entity) is not null;

    /// <summary>The step creates a record again that may have been related to others.</summary>
    private static bool HasRelations(CopperPlanStep step) => step is { Action: PlanAction.Create, OldId: not null }
        && step.Entity is CopperEntityNames.Person or CopperEntityNames.Company or CopperEntityNames.Opportunity
            or CopperEntityNames.Project;

    private ChangePlan Plan(RestorePlanner planner, CopperSnapshot snapshot)
    {
        try
        {
            return OrEnd(() =>
            {
                try
                {
                    return Await(token => planner.PlanAsync(snapshot, token));
                }
                catch (IOException exception)
                {
                    throw new SnapshotException($"The snapshot '{snapshot.Path}' cannot be read. {exception.Message}", exception);
                }
            });
        }
        finally
        {
            HideProgress();
        }
    }

    private RestoreOptions Options(bool hasIds) => new()
    {
        Entities = Entities,
        Ids = hasIds ? _ids : null,
        Scope = Only is null ? RestoreScope.All
            : string.Equals(Only, "Missing", StringComparison.OrdinalIgnoreCase) ? RestoreScope.Missing
            : RestoreScope.Changed,
        Properties = Property,
        Users = Users(),
        Conflict = OnConflict,
        DateFormat = CurrentSession.DateFormat,
    };

    private Dictionary<string, string?> Users()
    {
        var users = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in DictionaryEntries.Of(MapUser))
        {
            users[TextOf(entry.Key)!] = TextOf(entry.Value);
        }

        return users;

        static string? TextOf(object? value) => CellValue.Bare(value) switch
        {
            null => null,
            ICopperRecord record => record.Id.ToString(CultureInfo.InvariantCulture),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Progress that comes from any thread and is shown by the pipeline thread.</summary>
    private sealed class PostedProgress(RestoreCopperSnapshotCommand cmdlet) : IProgress<SnapshotProgress>
    {
        public void Report(SnapshotProgress value) =>
            cmdlet.Mailbox.Post(() => cmdlet.ShowProgress(value.Activity, value.Completed, value.Total));
    }
}
