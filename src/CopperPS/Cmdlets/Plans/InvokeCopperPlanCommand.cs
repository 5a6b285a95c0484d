using System.Management.Automation;
using Copper.Data.Plans;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>Runs the steps of a plan that was looked at, and maybe edited.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CopperPlan", SupportsShouldProcess = true, DefaultParameterSetName = StepSet)]
[OutputType(typeof(CopperPlanResult))]
public sealed class InvokeCopperPlanCommand : PlanCmdlet
{
    private const string StepSet = "Step";
    private const string ResumeSet = "Resume";
    private readonly List<CopperPlanStep> _steps = [];
    private readonly Dictionary<long, PSObject> _sources = [];
    private string? _journal;

    /// <summary>The steps: as -PlanOnly writes them, or rows of a file of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = StepSet)]
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ResumeSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>A file that keeps what is changed, to resume the run and to undo it.</summary>
    [Parameter(ParameterSetName = StepSet)]
    [Parameter(Mandatory = true, ParameterSetName = ResumeSet)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Go on with the run of the journal.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResumeSet)]
    public SwitchParameter Resume { get; set; }

    /// <summary>The suppression list of people who were erased; they are left out.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? SuppressionPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _journal = JournalPath is null ? null : JournalFilePath.Of(this, JournalPath);
        CheckJournal(_journal, Resume);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [null])
        {
            foreach (var step in OrEnd(() => PlanSteps.AllFrom(item).ToArray()))
            {
                _steps.Add(step);
                _sources[step.Step] = item!;
            }
        }
    }

    /// <summary>Runs the plan once all of its steps are there.</summary>
    protected override void EndProcessing()
    {
        if (Resume && OrEnd(() => ChangeJournal.CanResume(_journal!), _journal))
        {
            if (_steps.Count > 0)
            {
                CheckSamePlan();
            }

            ResumeRun(_journal!, Suppressed(SuppressionPath));
            return;
        }

        if (Resume && _steps.Count == 0)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                $"There is no run to resume: '{_journal}' does not exist, or its run was ended before anything was sent. Give the steps.",
                _journal));
        }

        if (_steps.Count == 0)
        {
            TellNothing("Nothing to carry out: there are no steps.");
            return;
        }

        if (Resume)
        {
            DiscardUnfinishedJournal(_journal!);
        }

        var plan = OrEnd(() => new ChangePlan(_steps));
        Run(Suppressed(SuppressionPath)?.Apply(plan) ?? plan, _journal, isFresh: false);
    }

    private protected override object SourceOf(CopperPlanResult result) =>
        _sources.TryGetValue(result.Step, out var source) ? source : result;

    private void CheckSamePlan() => OrEnd(
        () =>
        {
            using var journal = ChangeJournal.OpenReadOnly(_journal!);
            return journal.IsOf(new ChangePlan(_steps))
                ? true
                : throw new PlanException(
                    $"The journal '{_journal}' is of another plan than these steps. Leave out the steps to go on with its run, or name "
                        + "another file.");
        },
        _journal);
}
