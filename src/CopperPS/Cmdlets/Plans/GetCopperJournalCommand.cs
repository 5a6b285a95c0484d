using System.Management.Automation;
using Copper.Data.Plans;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>Reads what a journal says was changed, also while it is written.</summary>
[Cmdlet(VerbsCommon.Get, "CopperJournal")]
[OutputType(typeof(CopperJournalEntry))]
public sealed class GetCopperJournalCommand : CopperCmdlet
{
    /// <summary>The journals.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PathListTransformation]
    [Alias("PSPath", "FullName", "JournalPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            var entries = Read(JournalFilePath.Of(this, path));
            if (DefaultSession<CopperSession>.Current is { } session)
            {
                // Without a session the ids stay where the journal has no names.
                Await(token => ChangeJournal.LoadNamesAsync(entries, session.Client, session.DateFormat, token));
            }

            foreach (var entry in entries)
            {
                WriteObject(entry);
            }
        }
    }

    private IReadOnlyList<CopperJournalEntry> Read(string path)
    {
        try
        {
            return ChangeJournal.Read(path);
        }
        catch (PlanException exception)
        {
            WriteError(ErrorRecords.NoJournal(exception, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.JournalUnavailable(exception, path));
        }

        return [];
    }
}
