using System.Management.Automation;
using Copper.Data.Snapshots;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>The path of a folder as PowerShell gives it, in the file system.</summary>
internal static class SnapshotPath
{
    /// <summary>The path; one that is none ends the pipeline with an error.</summary>
    public static string Of(PSCmdlet cmdlet, string path) => LocalFilePath.Of(cmdlet, path, ErrorRecords.SnapshotUnavailable);
}

/// <summary>The folder of a snapshot: a text, a folder as Get-Item writes it, or a snapshot as Backup-CopperAccount writes it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SnapshotPathTransformationAttribute : RowValueTransformationAttribute
{
    /// <summary>The path of a snapshot, also of one that came out of a job or a file; anything else as it is.</summary>
    internal static object? PathOf(object? value) => value switch
    {
        PSObject { BaseObject: CopperSnapshot snapshot } => snapshot.Path,
        CopperSnapshot snapshot => snapshot.Path,
        PSObject other when other.TypeNames.Contains("Deserialized." + typeof(CopperSnapshot).FullName) =>
            other.Properties["Path"]?.Value,
        _ => PathListTransformationAttribute.PathOf(value),
    };

    private protected override object? Read(object? inputData) => CellValue.Text(PathOf(inputData));
}

/// <summary>The folders of snapshots. One alone is a list of one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SnapshotPathListTransformationAttribute : RowValueTransformationAttribute
{
    /// <summary>Reads several folders.</summary>
    public SnapshotPathListTransformationAttribute()
        : base(takesSeveral: true)
    {
    }

    private protected override object? Read(object? inputData) => CellValue.Texts(CellValue.Bare(inputData) is object?[] list
        ? list.Select(SnapshotPathTransformationAttribute.PathOf).ToArray()
        : SnapshotPathTransformationAttribute.PathOf(inputData));
}
