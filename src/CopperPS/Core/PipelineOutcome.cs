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
    /// A command of the pipeline has ended it with an error, at its own end for example. PowerShell tells this to nobody but itself:
    /// PowerShell 7 keeps the error in a field, seen in 7.6, whose name may lack the underscore in older editions. Where there is none,
    /// false.
    /// </summary>
    public static bool HasFailed(Cmdlet cmdlet)
    {
        var runtime = cmdlet.CommandRuntime;
        var processor = runtime?.GetType().GetProperty("PipelineProcessor", Inner)?.GetValue(runtime);
        var type = processor?.GetType();
        var field = type?.GetField("_firstTerminatingError", Inner) ?? type?.GetField("firstTerminatingError", Inner);
        return field?.GetValue(processor) is not null;
    }
}
