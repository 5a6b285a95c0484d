using System.Management.Automation;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Forgets what the session keeps of lists that seldom change.</summary>
[Cmdlet(VerbsCommon.Clear, "CopperCache")]
[OutputType(typeof(void))]
public sealed class ClearCopperCacheCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WriteVerbose($"Clearing the cache: {Client.Cache.Count} lists.");
        Client.Cache.Clear();
    }
}
