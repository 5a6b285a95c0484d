using System.Management.Automation;
using CopperPS.Pipeline;

namespace CopperPS.Files;

/// <summary>Makes paths of the file system of what a user gives. What is no file becomes an error, and the others go on.</summary>
internal sealed class FilePaths(PSCmdlet cmdlet)
{
    public IReadOnlyList<string> Resolve(IEnumerable<string> paths, bool wildcards) =>
        paths.SelectMany(path => ResolveOne(path, wildcards)).Distinct(StringComparer.Ordinal).ToArray();

    private string[] ResolveOne(string path, bool wildcards)
    {
        try
        {
            ProviderInfo provider;
            IEnumerable<string> found = wildcards
                ? cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider)
                : [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
            return provider.Name == "FileSystem" ? Check(found, path) : throw new ArgumentException($"'{path}' is no file.");
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ArgumentException or IOException)
        {
            cmdlet.WriteError(ErrorRecords.Unreadable(exception, path));
            return [];
        }
    }

    private string[] Check(IEnumerable<string> found, string path)
    {
        var files = new List<string>();
        foreach (var item in found)
        {
            if (File.Exists(item))
            {
                files.Add(item);
            }
            else
            {
                var problem = Directory.Exists(item) ? $"'{item}' is a folder: give the files in it, for example '{Path.Combine(item, "*.pdf")}'." : $"There is no file '{path}'.";
                cmdlet.WriteError(ErrorRecords.Unreadable(new FileNotFoundException(problem, item), item));
            }
        }

        return files.ToArray();
    }
}
