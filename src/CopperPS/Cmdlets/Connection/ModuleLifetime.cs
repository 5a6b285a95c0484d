using System.Management.Automation;
using CopperPS.Cmdlets.Hub;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Closes the runspace's default sessions when the module is removed from it. Other runspaces may still use theirs.</summary>
public sealed class ModuleLifetime : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        DefaultSession<CopperSession>.Close();
        DefaultSession<CopperHubSession>.Close();
    }
}
