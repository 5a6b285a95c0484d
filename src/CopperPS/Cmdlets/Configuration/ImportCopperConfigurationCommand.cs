using System.Management.Automation;
using Copper.Data.Configuration;
using Copper.Data.Plans;
using CopperPS.Binding;
using CopperPS.Cmdlets.Plans;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Configuration;

/// <summary>Brings the configuration of an account in line with a file.</summary>
[Cmdlet(VerbsData.Import, "CopperConfiguration", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPlanResult), typeof(CopperPlanStep))]
public sealed class ImportCopperConfigurationCommand : PlanCmdlet
{
    private bool _asks;
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PathTransformation]
    [Alias("PSPath", "FullName", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Delete what the file does not have.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

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

        _asks = AsksBeforeLoss;
        var journal = JournalPath is null ? null : JournalFilePath.Of(this, JournalPath);
        CheckJournal(journal, resumes: false);
        var wanted = ConfigurationPath.Load(this, Path);
        var planner = new ConfigurationPlanner(Client, new PostedConfigurationProgress(this));
        var plan = OrEnd(() => Await(token => planner.PlanAsync(wanted, Prune, token)));
        HideProgress();
        if (planner.Kept > 0)
        {
            WriteVerbose($"{planner.Kept} {(planner.Kept == 1 ? "difference stays: it is" : "differences stay: they are")} something that "
                + "only the account has. -Prune deletes it, and Compare-CopperConfiguration lists it.");
        }

        if (plan.Steps.Count == 0)
        {
            TellNothing("Nothing to change: the account is as the file says.");
        }
        else if (PlanOnly)
        {
            WritePlan(plan);
        }
        else
        {
            Run(plan, journal, isFresh: true);
        }
    }

    /// <summary>What deletes something, or a value in a record, is asked for, however it is.</summary>
    private protected override bool Agrees(CopperPlanStep step, string target, string action)
    {
        var deletes = step.Action == PlanAction.Delete || (step.Action == PlanAction.Update && step.Reason is not null);
        return !_asks || !deletes
            || ShouldContinue($"{action}: {target}", "Import-CopperConfiguration -Prune", ref _yesToAll, ref _noToAll);
    }

    /// <summary>Progress that comes from any thread and is shown by the pipeline thread.</summary>
    private sealed class PostedConfigurationProgress(ImportCopperConfigurationCommand cmdlet) : IProgress<ConfigurationProgress>
    {
        public void Report(ConfigurationProgress value) =>
            cmdlet.Mailbox.Post(() => cmdlet.ShowProgress(value.Activity, value.Completed, value.Total));
    }
}
