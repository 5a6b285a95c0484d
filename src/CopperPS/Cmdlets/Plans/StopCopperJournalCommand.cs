using System.Management.Automation;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Plans;

/// <summary>Ends the journal of the session.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CopperJournal")]
public sealed class StopCopperJournalCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var journal = CurrentSession.Journal;
        if (!CurrentSession.StopJournal())
        {
            WriteWarning("The session keeps no journal.");
        }
        else if (journal is { IsEmpty: true })
        {
            WriteVerbose($"Nothing was changed since Start-CopperJournal, so there is no journal '{journal.Path}'.");
        }
    }
}
