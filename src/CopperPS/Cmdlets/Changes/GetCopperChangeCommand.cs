using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.ChangeFeed;
using Copper.Data.Import;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Changes;

/// <summary>Gets what has changed since the last run: created, updated, converted and, with -IncludeDeleted, deleted records.</summary>
[Cmdlet(VerbsCommon.Get, "CopperChange")]
[OutputType(typeof(CopperChange))]
public sealed class GetCopperChangeCommand : SessionCmdlet
{
    private ChangeFeedState? _state;
    private WorkProgress? _progress;
    private string _path = string.Empty;
    private bool _isTaken;

    /// <summary>The file that keeps how far the last run came. The first run creates it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    [Alias("Path", "LiteralPath")]
    public string StatePath { get; set; } = string.Empty;

    /// <summary>Only records of these kinds.</summary>
    [Parameter]
    [EntityTransformation]
    [ValidateSet("Person", "Company", "Lead", "Opportunity", "Project", "Task", "Activity")]
    [Alias("Type", "EntityType")]
    public string[] Entity { get; set; } = ["Person", "Company", "Lead", "Opportunity", "Project", "Task"];

    /// <summary>Find deleted records, too: for that, all records are read.</summary>
    [Parameter]
    public SwitchParameter IncludeDeleted { get; set; }

    /// <summary>What was modified so long before the last run is looked at once more.</summary>
    [Parameter]
    [OneValueTransformation]
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Read all records and compare them, instead of those that say that they were modified.</summary>
    [Parameter]
    public SwitchParameter Full { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Overlap < TimeSpan.Zero)
        {
            ThrowTerminatingError(ErrorRecords.Invalid("-Overlap is a length of time, which is not negative.", Overlap));
        }

        _path = LocalFilePath.Of(this, StatePath, ErrorRecords.StateUnavailable);
        _progress = new WorkProgress(this, MyInvocation.MyCommand.Name);
        _state = OrEnd(() => ChangeFeedState.Open(_path));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var options = new ChangeFeedOptions
        {
            Entities = [.. Entity.Distinct(StringComparer.OrdinalIgnoreCase).Select(NameOf)],
            IncludesDeleted = IncludeDeleted,
            IsFull = Full,
            Overlap = Overlap,
        };
        var feed = new ChangeFeedReader(Client, _state!, options, new PostedProgress(Mailbox, _progress!));
        using var changes = Stream(feed.ReadAsync(StopToken)).GetEnumerator();
        while (OrEnd(changes.MoveNext))
        {
            Warn(feed);
            LoadNames(changes.Current.Record);
            WriteObject(changes.Current);
        }

        Warn(feed);
    }

    /// <summary>Everything was written to the pipeline: the new state is written beside the former one.</summary>
    protected override void EndProcessing()
    {
        _progress?.Complete();
        OrEnd(() =>
        {
            _state!.Prepare();
            return true;
        });
        _isTaken = true;
    }

    /// <summary>
    /// The whole pipeline has ended, those after this cmdlet included, which may do their work only at their end. The state advances
    /// unless one of them has failed or was stopped.
    /// </summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _state is { } state)
        {
            _state = null;
            try
            {
                if (_isTaken && !Stopping && !StopToken.IsCancellationRequested && !PipelineOutcome.HasFailed(this))
                {
                    state.Commit();
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // No error can be written any more; the next run reports the same changes once more.
                Host?.UI?.WriteWarningLine($"The state '{_path}' could not be replaced, so the next run gets these changes once more. "
                    + exception.Message);
            }
            finally
            {
                state.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private protected override void Deliver(CopperTraceEvent message)
    {
        _progress?.Tell(message);
        base.Deliver(message);
    }

    private static string NameOf(string noun) => CopperEntities.FindPrimary(noun)?.Name ?? CopperEntityNames.Activity;

    private void Warn(ChangeFeedReader feed)
    {
        foreach (var warning in feed.TakeWarnings())
        {
            WriteWarning(warning);
        }
    }

    /// <summary>Runs a part of the work; a failure ends the pipeline, and the state stays as it is.</summary>
    private T OrEnd<T>(Func<T> part)
    {
        try
        {
            return part();
        }
        catch (Exception exception) when (exception is CopperException or ChangeFeedException)
        {
            ThrowTerminatingError(RecordOf(exception, exception is ChangeFeedException ? _path : null));
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.StateUnavailable(exception, _path));
            throw;
        }
    }

    /// <summary>Progress that comes from any thread and is shown by the pipeline thread.</summary>
    private sealed class PostedProgress(PipelineMailbox mailbox, WorkProgress shown) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => mailbox.Post(() => shown.Show(value.Activity, value.Completed, value.Total));
    }
}
