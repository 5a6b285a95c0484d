using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>The path of a journal as PowerShell gives it, in the file system.</summary>
internal static class JournalFilePath
{
    /// <summary>The path; one that is none ends the pipeline with an error.</summary>
    public static string Of(PSCmdlet cmdlet, string path)
    {
        try
        {
            if (path.Contains('\0'))
            {
                throw new ArgumentException("It holds a NUL character, which no path has.");
            }

            var file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? file : throw new ArgumentException($"'{path}' is no file.");
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException
            or ProviderNotFoundException or ArgumentException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.JournalUnavailable(exception, path));
            throw;
        }
    }
}
