using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Relations;

/// <summary>
/// Records are piped, and the first place of the command is taken too: PowerShell can bind the record of the pipeline to nothing then,
/// and says so of each record in words that help nobody.
/// </summary>
internal static class PipedFrom
{
    /// <summary>Ends the pipeline with what to type.</summary>
    /// <param name="cmdlet">A cmdlet whose -From stands first, and takes the pipeline.</param>
    /// <param name="missing">What the cmdlet needs besides, and was not given: -To, -Field.</param>
    public static void Check(PSCmdlet cmdlet, params string[] missing)
    {
        var invocation = cmdlet.MyInvocation;
        var name = invocation.MyCommand.Name;
        if (invocation.ExpectingInput && invocation.BoundParameters.TryGetValue("From", out var given))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.Invalid(
                "-From is the record of the pipeline, and it is given by the command as well: there can be only one. Nothing was sent. "
                    + $"Say by its name what the other record is: … | {name} -To …",
                given));
        }

        if (missing.FirstOrDefault(parameter => !invocation.BoundParameters.ContainsKey(parameter)) is { } lacking)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.Invalid($"-{lacking} is missing: {name} needs it.", null));
        }
    }
}
