using System.Management.Automation;
using System.Reflection;

namespace CopperPS.Core;

/// <summary>
/// How the pipeline of a cmdlet has ended, for a cmdlet that is being disposed, which is when the whole pipeline is over.
/// </summary>
internal static class PipelineOutcome
{
    private const BindingFlags Inner = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>
    /// A command of the pipeline has ended it with an error, at its own end for example. PowerShell tells this to nobody but itself: both
    /// Windows PowerShell 5.1 and PowerShell 7 keep the error in this field. Where an edition to come has none, false.
    /// </summary>
    public static bool HasFailed(Cmdlet cmdlet)
    {
        var runtime = cmdlet.CommandRuntime;
        var processor = runtime?.GetType().GetProperty("PipelineProcessor", Inner)?.GetValue(runtime);
        return processor?.GetType().GetField("_firstTerminatingError", Inner)?.GetValue(processor) is not null;
    }
}
