using System.Text;
using Copper.Client.Json;

namespace Copper.Data.Plans;

/// <summary>
/// Keeps what a run changes: the plan before the run, what each request is about to do before it is sent, and what came of it. Each line
/// is on the disk before the run goes on, so that a run that was ended at any point can be resumed: nothing is created twice, and
/// nothing is left out. Only the owner of the file may read it: it holds the records' data. It holds no credential.
/// </summary>
public sealed class ChangeJournal : IDisposable
{
    private readonly object _lock = new();
    private readonly FileStream? _file;
    private long _lastRequest;

    private ChangeJournal(string path, FileStream? file, ChangePlan plan, IReadOnlyList<CopperJournalEntry> earlier, long lastRequest)
    {
        Path = path;
        _file = file;
        Plan = plan;
        Earlier = earlier;
        _lastRequest = lastRequest;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The plan that is carried out.</summary>
    public ChangePlan Plan { get; }

    /// <summary>What earlier runs of the plan did.</summary>
    public IReadOnlyList<CopperJournalEntry> Earlier { get; }

    /// <summary>Begins the journal of a plan.</summary>
    /// <exception cref="PlanException">There is such a file already.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static ChangeJournal Create(string path, ChangePlan plan)
    {
        if (File.Exists(path) && new FileInfo(path).Length > 0)
        {
            throw new PlanException($"The journal '{path}' exists already. Resume its run, or name another file.");
        }

        var journal = new ChangeJournal(path, PrivateFile.Create(path, FileMode.OpenOrCreate), plan, [], 0);
        try
        {
            journal.Write([JournalFile.Head(plan.Steps.Count), .. plan.Steps.Select(JournalFile.Line),
                new JsonBody { ["kind"] = JournalFile.StartKind }]);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Opens the journal of a run that was ended, to go on with it.</summary>
    /// <exception cref="PlanException">The file is no journal, or holds no whole plan: nothing was sent, so that the run can begin
    /// anew.</exception>
    /// <exception cref="IOException">The file cannot be opened, for example because the run is still going on.</exception>
    public static ChangeJournal Resume(string path)
    {
        var file = PrivateFile.Create(path, FileMode.Open);
        try
        {
            var content = JournalFile.Read(path);
            if (content.Plan is null)
            {
                throw NoPlan(path);
            }

            // What was being written when the process ended.
            file.SetLength(content.SoundLength);
            file.Seek(0, SeekOrigin.End);
            return new ChangeJournal(path, file, content.Plan, content.Entries, content.LastRequest);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens the journal of a run that was ended, to see how it would go on. Nothing is written to it.</summary>
    /// <exception cref="PlanException">The file is no journal, or holds no whole plan.</exception>
    public static ChangeJournal OpenReadOnly(string path)
    {
        var content = JournalFile.Read(path);
        return new ChangeJournal(path, null, content.Plan ?? throw NoPlan(path), content.Entries, content.LastRequest);
    }

    /// <summary>Reads what a journal says, in the order of the requests; also while it is being written.</summary>
    /// <exception cref="PlanException">The file is no journal, or is damaged.</exception>
    public static IReadOnlyList<CopperJournalEntry> Read(string path) => JournalFile.Read(path).Entries;

    /// <summary>There is a journal with a whole plan, so that a run can be resumed.</summary>
    public static bool CanResume(string path) => File.Exists(path) && JournalFile.Read(path).Plan is not null;

    /// <summary>The journal is of this plan.</summary>
    public bool IsOf(ChangePlan plan) => plan.Steps.Select(static step => step.Fingerprint)
        .SequenceEqual(Plan.Steps.Select(static step => step.Fingerprint), StringComparer.Ordinal);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    /// <summary>Notes what a request is about to do. It is on the disk when this returns.</summary>
    internal IReadOnlyList<CopperJournalEntry> Begin(
        IEnumerable<(CopperPlanStep Step, PlanAction Action, long? Id, JsonBody? Fields, JsonBody? Before)> records) =>
        Begin((request, time) =>
        [
            .. records.Select(record => new CopperJournalEntry
            {
                Time = time,
                Request = request,
                Step = record.Step.Step,
                Action = record.Action,
                Entity = record.Step.Entity,
                Id = record.Id,
                Name = record.Step.Name,
                Fields = record.Fields,
                BeforeImage = record.Before,
            }),
        ]);

    /// <summary>Notes what a request is about to do, in entries that are made with its number and time.</summary>
    internal IReadOnlyList<CopperJournalEntry> Begin(Func<long, DateTimeOffset, IReadOnlyList<CopperJournalEntry>> make)
    {
        lock (_lock)
        {
            var request = ++_lastRequest;
            var time = DateTimeOffset.UtcNow;
            var entries = make(request, time);
            Write([JournalFile.Begin(request, time, entries)]);
            return entries;
        }
    }

    /// <summary>Notes what came of a request, in the entries that Begin gave.</summary>
    internal void End(IReadOnlyList<CopperJournalEntry> entries)
    {
        lock (_lock)
        {
            Write([JournalFile.End(entries[0].Request, entries)]);
        }
    }

    private static PlanException NoPlan(string path) => new(
        $"The journal '{path}' holds no whole plan: its run was ended before anything was sent. Delete the file, and begin anew.");

    private void Write(IEnumerable<JsonBody> lines)
    {
        if (_file is null)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line.ToString() + "\n")));
        _file.Write(bytes, 0, bytes.Length);
        _file.Flush(flushToDisk: true);
    }
}
