using System.Management.Automation;

namespace CopperPS.Core;

/// <summary>A path as PowerShell gives it, in the file system.</summary>
internal static class LocalFilePath
{
    /// <summary>The path of a file, which need not exist; one that is no path of a file ends the pipeline with an error.</summary>
    /// <param name="cmdlet">Whose drives and location count.</param>
    /// <param name="path">The path.</param>
    /// <param name="describe">Describes the error.</param>
    public static string Of(PSCmdlet cmdlet, string path, Func<Exception, string, ErrorRecord> describe)
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
            cmdlet.ThrowTerminatingError(describe(exception, path));
            throw;
        }
    }
}
