using System.Management.Automation;

namespace CopperPS.Cmdlets.Hub.Connection;

/// <summary>Shows the CopperHub session in use.</summary>
[Cmdlet(VerbsCommon.Get, "CopperHubSession")]
[OutputType(typeof(CopperHubSession))]
public sealed class GetCopperHubSessionCommand : HubSessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // From now on a variable may hold it: a new default must not close it.
        CurrentSession.IsShared = true;
        WriteObject(CurrentSession);
    }
}
