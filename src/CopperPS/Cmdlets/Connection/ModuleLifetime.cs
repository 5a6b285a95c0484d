using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Closes the runspace's default sessions when the module is removed from it. Other runspaces may still use theirs.</summary>
public sealed class ModuleLifetime : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (DefaultSession.Current is { IsShared: false } session)
        {
            session.Dispose();
            DefaultSession.Forget(session);
        }

        Hub.DefaultHubSession.Close();
    }
}
