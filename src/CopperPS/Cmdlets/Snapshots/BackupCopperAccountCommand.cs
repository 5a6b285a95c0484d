using System.Management.Automation;
using Copper.Client;
using Copper.Data.Snapshots;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>Writes the account into a folder as the service sends it.</summary>
[Cmdlet(VerbsData.Backup, "CopperAccount")]
[OutputType(typeof(CopperSnapshot))]
public sealed class BackupCopperAccountCommand : WorkCmdlet
{

    /// <summary>The folder of the snapshot: new or empty, or that of a backup that was interrupted.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Only these kinds of records; all six without it.</summary>
    [Parameter]
    [EntityTransformation]
    [ValidateNotNullOrEmpty]
    [ValidateSet("Person", "Company", "Lead", "Opportunity", "Project", "Task")]
    [Alias("Type", "EntityType")]
    public string[]? Entity { get; set; }

    /// <summary>What is read beside the records and the activities; an empty list for the records alone.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public SnapshotContent[]? Include { get; set; }

    /// <summary>What is not read: the activities, for example.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public SnapshotContent[]? Exclude { get; set; }

    /// <summary>An earlier snapshot, from which is taken what has not changed since.</summary>
    [Parameter]
    [SnapshotPathTransformation]
    [ValidateNotNullOrEmpty]
    public string? Previous { get; set; }

    /// <summary>Go on with a backup that was interrupted.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Write the snapshot as an object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var path = SnapshotPath.Of(this, Path);
        var defaults = new BackupOptions();
        var options = new BackupOptions
        {
            Entities = Entity is null ? defaults.Entities : [.. Entity.Select(SnapshotEntities.NameOf)],
            Include = Contents(defaults.Include),
            Previous = Previous is null ? null : SnapshotPath.Of(this, Previous),
            Resumes = Resume,
            DayFirstDates = CurrentSession.DateFormat.StartsWith("dd", StringComparison.Ordinal),
        };
        using var snapshot = Run(new SnapshotBackup(Client, options, new PostedSnapshotProgress(Mailbox, Progress)), path);
        HideProgress();
        if (!snapshot.IsComplete)
        {
            WriteWarning($"The snapshot '{path}' is not complete: {string.Join(" ", snapshot.NotIncluded)}");
        }

        foreach (var note in snapshot.Notes)
        {
            WriteWarning(note);
        }

        if (PassThru)
        {
            WriteObject(snapshot);
        }
        else
        {
            Tell(snapshot);
        }
    }

    /// <summary>What is named comes on top of the activities: a snapshot must not lack them because somebody wanted more.</summary>
    private IReadOnlyCollection<SnapshotContent> Contents(IReadOnlyCollection<SnapshotContent> usual)
    {
        IEnumerable<SnapshotContent> wanted = Include is null ? usual : Include.Length == 0 ? [] : usual.Union(Include);
        return [.. wanted.Except(Exclude ?? []).OrderBy(static content => content)];
    }

    /// <summary>One line at the end says what the snapshot has, and what it has not; nothing is written into the pipeline.</summary>
    private void Tell(CopperSnapshot snapshot)
    {
        var all = new[] { SnapshotContent.Activity, SnapshotContent.Relation, SnapshotContent.Connection, SnapshotContent.FileList };
        var missing = all.Except(snapshot.Contents).ToArray();
        var text = $"{snapshot.Records} records are in '{snapshot.Path}'"
            + (snapshot.Contents.Count > 0 ? $", with {string.Join(", ", snapshot.Contents)}" : string.Empty)
            + (missing.Length > 0 ? $"; without {string.Join(", ", missing)} (-Include adds them)." : ".");
        WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST", "CopperSnapshot"]);
    }

    private CopperSnapshot Run(SnapshotBackup backup, string path)
    {
        try
        {
            return Await(token => backup.RunAsync(path, token));
        }
        catch (Exception exception) when (exception is CopperException or SnapshotException)
        {
            var error = RecordOf(exception, path);
            ThrowTerminatingError(exception is SnapshotException ? error : ErrorRecords.WithSuffix(
                error, "What was read is kept: run the command again with -Resume."));
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.SnapshotUnavailable(exception, path));
            throw;
        }
    }
}
