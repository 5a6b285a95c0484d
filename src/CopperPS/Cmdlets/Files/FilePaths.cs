using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Files;

/// <summary>Makes paths of the file system of what a user gives. What is no file becomes an error, and the others go on.</summary>
/// <param name="cmdlet">Whose paths they are.</param>
/// <param name="reject">Reports what is no file.</param>
internal sealed class FilePaths(PSCmdlet cmdlet, Action<ErrorRecord> reject)
{
    public IReadOnlyList<string> Resolve(IEnumerable<string> paths, bool wildcards) =>
        paths.SelectMany(path => ResolveOne(path, wildcards)).Distinct(StringComparer.Ordinal).ToArray();

    private string[] ResolveOne(string path, bool wildcards)
    {
        try
        {
            ProviderInfo provider;
            var found = wildcards && !IsThereLiterally(path)
                ? cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider)
                : [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
            return provider.Name != "FileSystem" ? throw new ArgumentException($"'{path}' is no file.")
                : found.Count == 0 ? throw NothingMatches(path)
                : Check(found, path);
        }
        catch (Exception exception)
            when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException
                or ProviderNotFoundException or ArgumentException or IOException)
        {
            reject(ErrorRecords.Unreadable(exception, path));
            return [];
        }
    }

    private static ItemNotFoundException NothingMatches(string path) => new(
        $"No file matches '{path}'. In -Path the characters * ? [ ] stand for others: "
            + "give a file that is really named so with -LiteralPath.");

    /// <summary>
    /// A file has the very name, brackets included: it is meant, and not what the brackets stand for as wildcards. A star or a question
    /// mark alone is a wildcard; where a name can have one, the pattern finds that file among others.
    /// </summary>
    private bool IsThereLiterally(string path) =>
        path.Contains('[') && File.Exists(cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path));

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
                var problem = Directory.Exists(item)
                    ? $"'{item}' is a folder: give the files in it, for example '{Path.Combine(item, "*.pdf")}'."
                    : $"There is no file '{path}'.";
                reject(ErrorRecords.Unreadable(new FileNotFoundException(problem, item), item));
            }
        }

        return files.ToArray();
    }
}
