using System.Management.Automation;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Shows the session in use.</summary>
[Cmdlet(VerbsCommon.Get, "CopperSession")]
[OutputType(typeof(CopperSession))]
public sealed class GetCopperSessionCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // From now on a variable may hold it: a new default must not close it.
        CurrentSession.IsShared = true;
        WriteObject(CurrentSession);
    }
}
