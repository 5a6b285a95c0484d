using System.Management.Automation;
using CopperPS.Cmdlets.Plans;
using CopperPS.Cmdlets.Snapshots;

namespace CopperPS.Cmdlets.DataSubjects;

/// <summary>The folders of snapshots and the files of journals that are looked at.</summary>
internal static class DataSubjectPaths
{
    /// <summary>The folders; a path that is none ends the pipeline with an error.</summary>
    public static string[] Snapshots(PSCmdlet cmdlet, string[] paths) => [.. paths.Select(path => SnapshotPath.Of(cmdlet, path))];

    /// <summary>The files; a path that is none ends the pipeline with an error.</summary>
    public static string[] Journals(PSCmdlet cmdlet, string[] paths) => [.. paths.Select(path => JournalFilePath.Of(cmdlet, path))];
}
