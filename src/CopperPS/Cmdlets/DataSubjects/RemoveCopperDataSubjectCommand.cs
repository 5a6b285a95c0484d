using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Data.DataSubjects;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using CopperPS.Binding;
using CopperPS.Cmdlets.Plans;
using CopperPS.Cmdlets.Snapshots;
using CopperPS.Core;

namespace CopperPS.Cmdlets.DataSubjects;

/// <summary>Erases a person: in the account, in snapshots and in journals.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperDataSubject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperDataSubjectResult))]
public sealed class RemoveCopperDataSubjectCommand : PlanCmdlet
{
    private readonly SubjectInput _input = new();

    /// <summary>The results have no names, and an interrupted run is begun again.</summary>
    public RemoveCopperDataSubjectCommand()
        : base(DataSubjectErasure.ResultOf, "Nothing is lost: run the same command again, which does what is left.")
    {
    }

    /// <summary>The e-mail addresses of a person.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SubjectEmailTransformation]
    [AllowEmptyCollection]
    public string[] Email { get; set; } = [];

    /// <summary>Snapshots that are written anew without the person.</summary>
    [Parameter]
    [SnapshotPathListTransformation]
    [ValidateNotNullOrEmpty]
    public string[] SnapshotPath { get; set; } = [];

    /// <summary>Journals that are written anew without the person, with those of the runs that took them back.</summary>
    [Parameter]
    [PathListTransformation]
    [ValidateNotNullOrEmpty]
    public string[] JournalPath { get; set; } = [];

    /// <summary>The suppression list that the person is put on.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? SuppressionPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (CurrentSession.Journal is { } running && !IsWhatIf)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                $"The session keeps a journal, '{running.Path}', which would keep what is to be erased. End it with "
                    + "Stop-CopperJournal, and name its file with -JournalPath.",
                running.Path));
        }

        if (SuppressionPath is null)
        {
            WriteWarning("Without -SuppressionPath nothing notes who was erased: a restore of a snapshot that is not named here, an "
                + "undo or an import brings the person back.");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            _input.Add(Email);
        }
        catch (InputRejectedException rejection)
        {
            WriteError(ErrorRecords.From(rejection));
        }
    }

    /// <summary>Reads the account once for all people, and erases one after the other.</summary>
    protected override void EndProcessing()
    {
        if (_input.People.Count == 0)
        {
            return;
        }

        var list = SuppressionPath is null ? null
            : OrEnd(() => SuppressionList.OpenOrCreate(SuppressionFilePath.Of(this, SuppressionPath)), SuppressionPath);
        var reader = new DataSubjectReader(
            Client,
            DataSubjectPaths.Snapshots(this, SnapshotPath),
            DataSubjectPaths.Journals(this, JournalPath),
            new PostedProgress(this));
        var subjects = OrEnd(() => Await(token => reader.FindAsync(_input.People, token)), string.Join(", ", JournalPath));
        foreach (var subject in subjects.Where(subject => !subject.IsKnown && list?.HasAddress(subject.Email) != true))
        {
            WriteWarning(DataSubjectFormat.Unknown(subject));
        }

        OrEnd(
            () =>
            {
                Await(token => reader.ReadAsync(subjects, token));
                return true;
            },
            string.Join(", ", JournalPath));
        HideProgress();
        foreach (var subject in subjects)
        {
            if (subject.Findings.Count == 0)
            {
                if (list?.HasAddress(subject.Email) == true)
                {
                    WriteObject(new CopperDataSubjectResult
                    {
                        Status = PlanStatus.Skipped,
                        Action = DataSubjectAction.Suppress,
                        Place = DataSubjectPlace.SuppressionList,
                        Path = list.Path,
                        Reason = "The person was erased before: nothing of it was found.",
                    });
                }
                else
                {
                    WriteError(ErrorRecords.NothingAbout(subject.Email));
                }

                continue;
            }

            Erase(subject, reader, list);
        }
    }

    private void Erase(CopperDataSubject subject, DataSubjectReader reader, SuppressionList? list)
    {
        var account = OrEnd(() => Await(Client.Metadata.Account.GetAsync))[0].Id;
        var erasure = new DataSubjectErasure(Client, subject, account, CurrentSession.DateFormat);
        var who = subject.Name is { } name ? $"{subject.Email}, {name}" : subject.Email;

        // The list comes first: whatever happens later, nobody who was erased comes back.
        if (list is not null && ShouldProcess(list.Path, $"Put on the suppression list: {who}"))
        {
            var fresh = OrEnd(() => erasure.Suppress(list, DateTimeOffset.UtcNow), list.Path);
            WriteObject(new CopperDataSubjectResult
            {
                Status = fresh > 0 ? PlanStatus.Done : PlanStatus.Skipped,
                Action = DataSubjectAction.Suppress,
                Place = DataSubjectPlace.SuppressionList,
                Path = list.Path,
                Reason = fresh > 0 ? $"{fresh} hashes were added." : "The person is on the list.",
            });
        }

        // What the past holds tells who the person is, as long as the account still has the person: the account comes last.
        foreach (var path in reader.Snapshots)
        {
            Rewrite(subject, DataSubjectPlace.Snapshot, path, who, token => erasure.RewriteSnapshot(path, DateTimeOffset.UtcNow, token));
        }

        foreach (var path in reader.Journals)
        {
            Rewrite(subject, DataSubjectPlace.Journal, path, who, _ => erasure.RewriteJournal(path));
        }

        foreach (var (entity, recordId, fileId, fileName) in erasure.Files)
        {
            if (ShouldProcess($"file {fileId} ({fileName}) of {entity} {recordId}", "Delete for good"))
            {
                WriteResult(OrEnd(() => Await(token => erasure.DeleteFileAsync(entity, recordId, fileId, token))));
            }
        }

        var plan = erasure.Plan();
        if (plan.Steps.Count > 0)
        {
            Run(plan, null, isFresh: true);
        }

        foreach (var kept in erasure.Kept())
        {
            WriteObject(kept);
        }
    }

    private void Rewrite(
        CopperDataSubject subject, DataSubjectPlace place, string path, string who,
        Func<CancellationToken, CopperDataSubjectResult> rewrite)
    {
        var count = subject.Findings.Count(finding => finding.Place == place && finding.Path == path
            && finding.Relation is DataSubjectRelation.Own or DataSubjectRelation.Reference);
        if (count > 0 && !ShouldProcess($"{place.ToString().ToLowerInvariant()} {path}", $"Erase {who} ({count} places)"))
        {
            return;
        }

        if (IsWhatIf)
        {
            return;
        }

        try
        {
            WriteObject(Await(token => Task.Run(() => rewrite(token), token)));
        }
        catch (Exception exception) when (exception is SnapshotException or PlanException)
        {
            Failed(RecordOf(exception, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failed(place == DataSubjectPlace.Snapshot
                ? ErrorRecords.SnapshotUnavailable(exception, path)
                : ErrorRecords.JournalUnavailable(exception, path));
        }

        void Failed(ErrorRecord error)
        {
            WriteObject(new CopperDataSubjectResult
            {
                Status = PlanStatus.Failed,
                Action = DataSubjectAction.Rewrite,
                Place = place,
                Path = path,
                Reason = error.ErrorDetails?.Message ?? error.Exception.Message,
            });
            WriteError(error);
        }
    }

    private void WriteResult(CopperDataSubjectResult result)
    {
        WriteObject(result);
        if (result.Status is PlanStatus.Failed or PlanStatus.Unknown)
        {
            WriteError(ErrorRecords.Invalid($"The file {result.Id} was not deleted. {result.Reason}", result, "CopperStepFailed"));
        }
    }

    /// <summary>Progress that comes from any thread and is shown by the pipeline thread.</summary>
    private sealed class PostedProgress(RemoveCopperDataSubjectCommand cmdlet) : IProgress<SnapshotProgress>
    {
        public void Report(SnapshotProgress value) =>
            cmdlet.Mailbox.Post(() => cmdlet.ShowProgress(value.Activity, value.Completed, value.Total));
    }
}
