using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>The path of a suppression list as PowerShell gives it, in the file system.</summary>
internal static class SuppressionFilePath
{
    /// <summary>The path; one that is none ends the pipeline with an error.</summary>
    public static string Of(PSCmdlet cmdlet, string path) => LocalFilePath.Of(cmdlet, path, ErrorRecords.Unreadable);
}
