using System.Management.Automation;
using Copper.Data.Plans;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>From now on, keeps in a file what every cmdlet of the session changes.</summary>
[Cmdlet(VerbsLifecycle.Start, "CopperJournal")]
public sealed class StartCopperJournalCommand : SessionCmdlet
{
    /// <summary>The file, which must not exist yet.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [PathTransformation]
    [Alias("JournalPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var path = JournalFilePath.Of(this, Path);
        if (CurrentSession.Journal is { } running)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                $"The session keeps a journal already: '{running.Path}'. Stop-CopperJournal ends it.", path));
        }

        try
        {
            CurrentSession.Start(new SessionJournal(CurrentSession.Client, path, CurrentSession.DateFormat));
        }
        catch (PlanException exception)
        {
            ThrowTerminatingError(ErrorRecords.JournalExists(
                new PlanException($"The journal '{path}' exists already. Name another file.", exception), path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.JournalUnavailable(exception, path));
        }
    }
}
