using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Data.DataSubjects;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Cmdlets.Snapshots;
using CopperPS.Core;

namespace CopperPS.Cmdlets.DataSubjects;

/// <summary>Writes all that an account has about a person into a folder.</summary>
[Cmdlet(VerbsData.Export, "CopperDataSubject", SupportsShouldProcess = true)]
[OutputType(typeof(CopperDataSubject))]
public sealed class ExportCopperDataSubjectCommand : WorkCmdlet
{
    private readonly SubjectInput _input = new();
    private string _path = string.Empty;

    /// <summary>The e-mail addresses of a person.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SubjectEmailTransformation]
    [AllowEmptyCollection]
    public string[] Email { get; set; } = [];

    /// <summary>The folder in which each person gets a folder.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Snapshots in which the person is looked for, too.</summary>
    [Parameter]
    [SnapshotPathListTransformation]
    [ValidateNotNullOrEmpty]
    public string[] SnapshotPath { get; set; } = [];

    /// <summary>Journals in which the person is looked for, too.</summary>
    [Parameter]
    [PathListTransformation]
    [ValidateNotNullOrEmpty]
    public string[] JournalPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _path = LocalFilePath.Of(this, Path, ErrorRecords.NotWritable);
        if (File.Exists(_path))
        {
            ThrowTerminatingError(ErrorRecords.Invalid($"'{_path}' is a file. Name a folder.", Path));
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

    /// <summary>Reads the account once, for all people.</summary>
    protected override void EndProcessing()
    {
        var people = _input.People.Where(addresses => ShouldProcess(addresses[0], "Write what the account has about the person")).ToArray();
        if (people.Length == 0)
        {
            return;
        }

        var reader = new DataSubjectReader(
            Client,
            DataSubjectPaths.Snapshots(this, SnapshotPath),
            DataSubjectPaths.Journals(this, JournalPath),
            new PostedSnapshotProgress(Mailbox, Progress));
        var subjects = OrEnd(() => Await(token => reader.FindAsync(people, token)));
        foreach (var subject in subjects.Where(static subject => !subject.IsKnown))
        {
            WriteWarning(DataSubjectFormat.Unknown(subject));
        }

        OrEnd(() =>
        {
            Await(token => reader.ReadAsync(subjects, token));
            return true;
        });
        HideProgress();
        foreach (var subject in subjects)
        {
            if (subject.Findings.Count == 0)
            {
                WriteError(ErrorRecords.NothingAbout(subject.Email));
                continue;
            }

            foreach (var missing in subject.NotLookedAt.Take(subject.NotLookedAt.Count - DataSubjectReader.AlwaysMissing))
            {
                WriteWarning(missing);
            }

            Write(subject);
        }
    }

    private void Write(CopperDataSubject subject)
    {
        var folder = System.IO.Path.Combine(_path, DataSubjectExport.FolderName(subject));
        try
        {
            OrEnd(() =>
            {
                Await(token => new DataSubjectExport(Client).WriteAsync(subject, folder, token));
                return true;
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.FolderNotWritable(exception, folder));
            return;
        }

        WriteObject(subject);
    }

    /// <summary>Runs a part of the work; a failure that concerns all of it ends the pipeline with one error.</summary>
    private T OrEnd<T>(Func<T> part)
    {
        try
        {
            return part();
        }
        catch (Exception exception) when (exception is CopperException or SnapshotException or PlanException)
        {
            ThrowTerminatingError(RecordOf(exception, null));
            throw;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            ThrowTerminatingError(ErrorRecords.Unreadable(exception, string.Join(", ", JournalPath)));
            throw;
        }
    }
}
