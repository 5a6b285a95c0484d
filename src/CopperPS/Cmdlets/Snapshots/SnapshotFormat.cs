using System.ComponentModel;
using Copper.Data.Snapshots;
using CopperPS.Formatting;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>What the views of snapshots compute, also of objects that come out of a job or a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SnapshotFormat
{
    /// <summary>The status of a file, in a colour where it needs a look.</summary>
    public static string Status(object? value) => EnumText.Of<SnapshotFileStatus>(value) switch
    {
        nameof(SnapshotFileStatus.Sound) => Colours.Green(nameof(SnapshotFileStatus.Sound)),
        var word when Enum.TryParse<SnapshotFileStatus>(word, out _) => Colours.Red(word),
        var other => other,
    };

    /// <summary>In what a record differs, in a colour.</summary>
    public static string Change(object? value) => EnumText.Of<SnapshotChange>(value) switch
    {
        nameof(SnapshotChange.Added) => Colours.Green(nameof(SnapshotChange.Added)),
        nameof(SnapshotChange.Removed) => Colours.Red(nameof(SnapshotChange.Removed)),
        var other => other,
    };
}
