using System.Management.Automation;
using Copper.Client;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Cmdlets.Plans;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>Compares two snapshots, or a snapshot with the account as it is now.</summary>
[Cmdlet(VerbsData.Compare, "CopperSnapshot")]
[OutputType(typeof(CopperSnapshotDifference))]
public sealed class CompareCopperSnapshotCommand : WorkCmdlet
{
    private RestoredRecords? _restored;

    /// <summary>The earlier snapshot.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SnapshotPathTransformation]
    [ValidateNotNullOrEmpty]
    [Alias("Path", "LiteralPath")]
    public string ReferencePath { get; set; } = string.Empty;

    /// <summary>The later snapshot; without it the account as it is now.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [SnapshotPathTransformation]
    [ValidateNotNullOrEmpty]
    public string? DifferencePath { get; set; }

    /// <summary>Only these kinds of records.</summary>
    [Parameter]
    [EntityTransformation]
    [ValidateNotNullOrEmpty]
    [ValidateSet("Person", "Company", "Lead", "Opportunity", "Project", "Task", "Activity")]
    [Alias("Type", "EntityType")]
    public string[]? Entity { get; set; }

    /// <summary>Properties that do not count; wildcards are allowed.</summary>
    [Parameter]
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeProperty { get; set; } = [];

    /// <summary>Count what the service sets by itself too.</summary>
    [Parameter]
    public SwitchParameter IncludeComputed { get; set; }

    /// <summary>The journals of restores: records with new ids are compared with those that they were.</summary>
    [Parameter]
    [PathListTransformation]
    [ValidateNotNullOrEmpty]
    public string[]? JournalPath { get; set; }

    /// <summary>Two snapshots are compared without a session. A journal that cannot be used ends the pipeline before anything is
    /// read.</summary>
    protected override void BeginProcessing()
    {
        if (JournalPath is not null)
        {
            _restored = Restored(JournalPath);
        }

        if (DifferencePath is null && !MyInvocation.ExpectingInput)
        {
            base.BeginProcessing();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var patterns = ExcludeProperty.Select(Wildcards.Of).ToArray();
        var options = new CompareOptions
        {
            Entities = Entity?.Select(SnapshotEntities.NameOf).ToArray(),
            Excludes = name => patterns.Any(pattern => pattern.IsMatch(name)),
            IncludeComputed = IncludeComputed,
            Restored = _restored,
        };
        using var reference = OrEnd(() => CopperSnapshot.Open(SnapshotPath.Of(this, ReferencePath)), ReferencePath);
        if (DifferencePath is null)
        {
            WriteAll(CompareWithAccount(reference, options), ReferencePath);
            return;
        }

        using var difference = OrEnd(() => CopperSnapshot.Open(SnapshotPath.Of(this, DifferencePath)), DifferencePath);
        if (reference.Manifest.UserId != difference.Manifest.UserId)
        {
            WriteWarning($"The snapshots were taken by two users, {reference.Manifest.UserEmail} and {difference.Manifest.UserEmail}: what "
                + "one of them cannot see looks added or removed.");
        }

        WriteAll(new SnapshotComparer(options).Compare(reference, difference), DifferencePath);
    }

    private RestoredRecords Restored(string[] paths)
    {
        var path = string.Empty;
        try
        {
            return RestoredRecords.Read(paths.Select(one => path = JournalFilePath.Of(this, one)));
        }
        catch (PlanException exception)
        {
            ThrowTerminatingError(ErrorRecords.NoJournal(exception, path));
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.JournalUnavailable(exception, path));
            throw;
        }
    }

    private IEnumerable<CopperSnapshotDifference> CompareWithAccount(CopperSnapshot reference, CompareOptions options)
    {
        if (CurrentSession.UserId is { } user && user != reference.Manifest.UserId)
        {
            WriteWarning($"The snapshot was taken by {reference.Manifest.UserEmail}, and you are {CurrentSession.UserEmail}: what one "
                + "of you cannot see looks added or removed.");
        }

        var comparer = new AccountComparer(
            Client,
            options,
            CurrentSession.DateFormat.StartsWith("dd", StringComparison.Ordinal),
            new PostedSnapshotProgress(Mailbox, Progress));
        return Stream(comparer.CompareAsync(reference, StopToken));
    }

    private void WriteAll(IEnumerable<CopperSnapshotDifference> differences, string path)
    {
        using var found = differences.GetEnumerator();
        while (OrEnd(found.MoveNext, path))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(found.Current);
        }

        HideProgress();
    }

    /// <summary>Runs a part of the work; a failure ends the pipeline with one error.</summary>
    private T OrEnd<T>(Func<T> part, string path)
    {
        try
        {
            return part();
        }
        catch (Exception exception) when (exception is SnapshotException or CopperException)
        {
            ThrowTerminatingError(RecordOf(exception, path));
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.SnapshotUnavailable(exception, path));
            throw;
        }
    }
}
