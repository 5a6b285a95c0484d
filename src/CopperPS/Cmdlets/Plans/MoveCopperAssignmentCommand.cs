using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Plans;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>Hands a user's records over to another user.</summary>
[Cmdlet(VerbsCommon.Move, "CopperAssignment", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPlanResult), typeof(CopperPlanStep))]
public sealed class MoveCopperAssignmentCommand : PlanCmdlet
{
    private bool _asks;
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>The user whose records are handed over.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(UserCompleter))]
    public CopperReference? From { get; set; }

    /// <summary>The user who gets them.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(UserCompleter))]
    public CopperReference? To { get; set; }

    /// <summary>Only records of these kinds.</summary>
    [Parameter]
    [EntityTransformation]
    [ValidateSet("Person", "Company", "Lead", "Opportunity", "Project", "Task")]
    [Alias("Type", "EntityType")]
    public string[]? Entity { get; set; }

    /// <summary>
    /// Without opportunities that are won, lost or abandoned, and without completed tasks and projects. People, companies and leads, which
    /// are neither open nor closed, are handed over.
    /// </summary>
    [Parameter]
    public SwitchParameter OpenOnly { get; set; }

    /// <summary>Write the steps instead of carrying them out.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>A file that keeps what is changed, to resume the run and to undo it.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (PlanOnly && JournalPath is not null)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                "-PlanOnly changes nothing, so there is nothing to keep in a journal. Give -JournalPath to Invoke-CopperPlan.", null));
        }

        var journal = JournalPath is null ? null : JournalFilePath.Of(this, JournalPath);
        CheckJournal(journal, resumes: false);
        var (from, to) = OrEnd(() => (UserOf(From, mustExist: false), UserOf(To, mustExist: true)));
        if (from.Id == to.Id)
        {
            ThrowTerminatingError(ErrorRecords.Invalid($"-From and -To are both {from.Name}: there is nothing to hand over.", To?.Source));
        }

        var entities = Entity?.Select(static word => CopperEntities.GetPrimary(word).Name).ToArray();
        var progress = new FoundRecords(Mailbox, count => ShowProgress("Records found", count, null));
        var planner = new AssignmentPlanner(Client, progress) { OpenOnly = OpenOnly };
        var plan = OrEnd(() => Await(token => planner.PlanAsync(from, to, entities, token)));
        if (plan.Steps.Count == 0)
        {
            TellNothing($"Nothing to hand over: {VisibleText.Of(from.Name)} owns no "
                + (Entity is not null || OpenOnly ? "records of those that were asked for." : "records."));
            return;
        }

        _asks = journal is null && AsksBeforeLoss;
        if (OpenOnly && Entity is null && (PlanOnly || IsPreview || _asks))
        {
            WarnOfContacts(plan);
        }

        if (PlanOnly)
        {
            WritePlan(plan);
            return;
        }

        // The plan is as old as the reading: of many records the first pages may be out of date.
        Run(plan, journal, isFresh: false);
    }

    /// <summary>-OpenOnly says nothing of the kinds that have no end: who looks before is told so.</summary>
    private void WarnOfContacts(ChangePlan plan)
    {
        var count = plan.Steps.Count(static step =>
            step.Entity is CopperEntityNames.Person or CopperEntityNames.Company or CopperEntityNames.Lead);
        if (count > 0)
        {
            HideProgress();
            WriteWarning($"{count} people, companies and leads are among the records: they are neither open nor closed, so that -OpenOnly "
                + "does not leave them out. Without them: -Entity Opportunity, Project, Task.");
        }
    }

    /// <summary>What no journal keeps cannot be taken back by a command: each record is asked for.</summary>
    private protected override bool Agrees(CopperPlanStep step, string target, string action) =>
        !_asks || ShouldContinue($"{action}: {target}", "Move-CopperAssignment without -JournalPath", ref _yesToAll, ref _noToAll);

    /// <summary>Who has left the account is known by the id only.</summary>
    private (long Id, string Name) UserOf(CopperReference? reference, bool mustExist)
    {
        var id = RequestValueConverter.IdOf(IdentifiedItem(reference, CopperEntityNames.User), CopperEntityNames.User);
        var users = Await(Client.Metadata.Users.GetAsync);
        return users.FirstOrDefault(user => user.Id == id) is { } user
            ? (id, user.Name is { Length: > 0 } name ? name : FormattableString.Invariant($"{id}"))
            : mustExist
                ? throw new InputRejectedException(
                    InputRejection.UnknownName,
                    FormattableString.Invariant($"The account has no user {id}."),
                    reference?.Source ?? id) { ListName = CopperEntityNames.User }
                : (id, FormattableString.Invariant($"{id}"));
    }

    private sealed class FoundRecords(PipelineMailbox mailbox, Action<long> show) : IProgress<long>
    {
        public void Report(long value) => mailbox.Post(() => show(value));
    }
}
