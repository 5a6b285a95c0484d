using System.Management.Automation;
using Copper.Data.Configuration;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Configuration;

/// <summary>The file of a configuration, as PowerShell gives its path.</summary>
internal static class ConfigurationPath
{
    /// <summary>The path in the file system; one that is none ends the pipeline with an error.</summary>
    public static string Of(PSCmdlet cmdlet, string path) => LocalFilePath.Of(cmdlet, path, ErrorRecords.Unreadable);

    /// <summary>Reads a file; one that cannot be read, or is no configuration, ends the pipeline with an error.</summary>
    public static CopperConfiguration Load(PSCmdlet cmdlet, string path)
    {
        var file = Of(cmdlet, path);
        try
        {
            return CopperConfiguration.Load(file);
        }
        catch (ConfigurationException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception, file));
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.Unreadable(exception, file));
            throw;
        }
    }
}
