using System.Text;
using Copper.Client;

namespace Copper.Data.Plans;

/// <summary>
/// Keeps what a run changes: the plan before the run, what each request is about to do before it is sent, and what came of it. Each line
/// is on the disk before the run goes on, so that a run that was ended at any point can be resumed: nothing is created twice, and
/// nothing is left out. Only the owner of the file may read it: it holds the records' data. It holds no credential.
/// </summary>
public sealed class ChangeJournal : IDisposable
{
    private const int LinesAtOnce = 500;
    private readonly object _lock = new();
    private readonly Stream? _file;
    private long _lastRequest;
    private long _length;
    private bool _isTorn;
    private bool _isClosed;

    private ChangeJournal(string path, Stream? file, ChangePlan plan, IReadOnlyList<CopperJournalEntry> earlier, long lastRequest)
    {
        Path = path;
        _file = file;
        _length = file?.Length ?? 0;
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
    /// <exception cref="IOException">The file cannot be opened or written.</exception>
    public static ChangeJournal Create(string path, ChangePlan plan) =>
        Create(path, plan, static path => PrivateFile.Create(path, FileMode.OpenOrCreate, bufferSize: 1));

    /// <summary>Begins the journal of a plan.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="open">Opens the file; tests give one whose disk is full.</param>
    internal static ChangeJournal Create(string path, ChangePlan plan, Func<string, Stream> open)
    {
        if (File.Exists(path) && new FileInfo(path).Length > 0)
        {
            throw new PlanException($"The journal '{path}' exists already. Resume its run, or name another file.");
        }

        var journal = new ChangeJournal(path, open(path), plan, [], 0);
        try
        {
            journal.Write([JournalFile.Head(plan.Steps.Count)]);
            for (var start = 0; start < plan.Steps.Count; start += LinesAtOnce)
            {
                journal.Write(Enumerable.Range(start, Math.Min(LinesAtOnce, plan.Steps.Count - start))
                    .Select(place => JournalFile.Line(plan.Steps[place])));
            }

            journal.Write([new JsonBody { ["kind"] = JournalFile.StartKind }]);
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
        var file = PrivateFile.Create(path, FileMode.Open, bufferSize: 1);
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
    public static IReadOnlyList<CopperJournalEntry> Read(string path) => JournalFile.Read(path) is { SoundLength: > 0 } journal
        ? journal.Entries
        : throw new PlanException($"'{path}' is empty, and no journal.") { JournalPath = path };

    /// <summary>
    /// Looks up the names that the entries of a journal lack, such as that of a user: the journal has those of the lists that the session
    /// had read. Each list is read at most once; one that cannot be had leaves the ids.
    /// </summary>
    /// <param name="entries">The entries.</param>
    /// <param name="client">The account of the journal.</param>
    /// <param name="dateFormat">How the account writes a close date.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task LoadNamesAsync(
        IReadOnlyList<CopperJournalEntry> entries, CopperClient client, string dateFormat = "MM/dd/yyyy",
        CancellationToken cancellationToken = default) =>
        NotedNames.CompleteAsync(client.Metadata, dateFormat, entries, cancellationToken);

    /// <summary>There is a journal with a whole plan, so that a run can be resumed.</summary>
    public static bool CanResume(string path) => File.Exists(path) && JournalFile.Read(path).Plan is not null;

    /// <summary>The journal is of this plan.</summary>
    public bool IsOf(ChangePlan plan) => plan.Steps.Select(static step => step.Fingerprint)
        .SequenceEqual(Plan.Steps.Select(static step => step.Fingerprint), StringComparer.Ordinal);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _file?.Dispose();
        }
    }

    /// <summary>Notes what a request is about to do. It is on the disk when this returns.</summary>
    internal IReadOnlyList<CopperJournalEntry> Begin(IReadOnlyList<NotedChange> changes) =>
        Begin((request, time) =>
        [
            .. changes.Select(change => new CopperJournalEntry
            {
                Time = time,
                Request = request,
                Step = change.Step,
                Action = change.Action,
                Entity = change.Entity,
                Id = change.Id,
                Name = change.Name,
                Fields = change.Fields,
                BeforeImage = change.Before,
                CanUndo = change.WhyFinal is null,
                Reason = change.WhyFinal,
                ListNames = change.Names,
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

    /// <summary>Writes whole lines, or none: half a line would make what follows unreadable.</summary>
    /// <exception cref="JournalException">The file cannot be written.</exception>
    private void Write(IEnumerable<JsonBody> lines)
    {
        if (_file is null)
        {
            return;
        }

        if (_isClosed)
        {
            throw new JournalException(Path, "it was stopped.");
        }

        // Where open files can be deleted, writing to one succeeds, and nobody will ever read it.
        if (!File.Exists(Path))
        {
            throw new JournalException(Path, "the file is gone.");
        }

        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line.ToString() + "\n")));
        try
        {
            if (_isTorn)
            {
                _file.SetLength(_length);
                _isTorn = false;
            }

            _file.Seek(_length, SeekOrigin.Begin);
            _file.Write(bytes, 0, bytes.Length);
            if (_file is FileStream file)
            {
                file.Flush(flushToDisk: true);
            }

            _length += bytes.Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Mend();
            throw new JournalException(Path, exception.Message, exception);
        }
    }

    /// <summary>Removes what was written of a line. Where that fails, too, it is tried again before the next one.</summary>
    private void Mend()
    {
        try
        {
            _file!.SetLength(_length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _isTorn = true;
        }
    }
}
