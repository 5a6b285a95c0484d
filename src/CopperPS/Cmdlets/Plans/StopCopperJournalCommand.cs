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
        if (!CurrentSession.StopJournal())
        {
            WriteWarning("The session keeps no journal.");
        }
    }
}
