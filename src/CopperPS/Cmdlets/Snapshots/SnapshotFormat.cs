using System.ComponentModel;
using System.Management.Automation;
using Copper.Data.Snapshots;
using CopperPS.Formatting;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>What the views of snapshots compute, also of objects that come out of a job or a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SnapshotFormat
{
    /// <summary>The status of a file, in a colour where it needs a look.</summary>
    public static string Status(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        SnapshotFileStatus.Sound or "Sound" => Colours.Green("Sound"),
        SnapshotFileStatus status => Colours.Red(status.ToString()),
        int number when Enum.IsDefined(typeof(SnapshotFileStatus), number) => Status((SnapshotFileStatus)number),
        var other => other?.ToString() ?? string.Empty,
    };

    /// <summary>In what a record differs, in a colour.</summary>
    public static string Change(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        SnapshotChange.Added or "Added" => Colours.Green("Added"),
        SnapshotChange.Removed or "Removed" => Colours.Red("Removed"),
        int number when Enum.IsDefined(typeof(SnapshotChange), number) => Change((SnapshotChange)number),
        var other => other?.ToString() ?? string.Empty,
    };
}
