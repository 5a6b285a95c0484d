using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>One kind of records, or of lists, that a backup reads into a spool.</summary>
internal abstract class SnapshotStream : IDisposable
{
    private const string PhaseMember = "phase";
    private const string Done = "done";
    private bool _hasRun;

    private protected SnapshotStream(string name, string spool)
    {
        Name = name;
        Spool = Spool.Open(spool);
    }

    /// <summary>What is read, in the words of a message: people, or the files of people.</summary>
    public string Name { get; }

    public Spool Spool { get; }

    /// <summary>So much was read.</summary>
    public long Completed => Spool.Lines;

    /// <summary>There is so much to read, as far as that is known.</summary>
    public long? Total { get; private protected set; }

    /// <summary>What could not be read, a sentence each.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>What was noticed, a sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>All of it was read.</summary>
    public bool IsDone => Spool.State is { } state && (string?)state[PhaseMember] == Done;

    /// <summary>Told after each page.</summary>
    public Action? Moved { get; set; }

    /// <summary>Reads what is left to read, but for what was changed meanwhile: that is read when all others are here.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => RunAsync(false, cancellationToken);

    /// <summary>Reads what is left to read.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => RunAsync(true, cancellationToken);

    private async Task RunAsync(bool completes, CancellationToken cancellationToken)
    {
        if (Spool.State is { } state && !_hasRun)
        {
            // What an interrupted backup has noticed.
            Missing.AddRange(TextsOf(state["missing"]));
            Notes.AddRange(TextsOf(state["notes"]));
            Total = NumberOf(state, "all");
        }

        _hasRun = true;
        if (!IsDone && await ReadAsync(completes, cancellationToken).ConfigureAwait(false))
        {
            Append([], StateOf(Done));
        }
    }

    public void Dispose() => Spool.Dispose();

    /// <summary>Reads on. True when nothing is left to read.</summary>
    /// <param name="completes">Read also what was changed meanwhile.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    private protected abstract Task<bool> ReadAsync(bool completes, CancellationToken cancellationToken);

    /// <summary>Adds a page, and how the reading goes on.</summary>
    private protected void Append(IReadOnlyList<byte[]> records, JsonBody state)
    {
        Spool.Append(records, Keep(state));
        Moved?.Invoke();
    }

    /// <summary>Notes records that were deleted while the account was read.</summary>
    private protected void AppendDeleted(IReadOnlyCollection<long> ids, JsonBody state) => Spool.AppendDeleted(ids, Keep(state));

    /// <summary>Notes something once.</summary>
    private protected static void Add(List<string> list, string sentence)
    {
        if (!list.Contains(sentence))
        {
            list.Add(sentence);
        }
    }

    /// <summary>What was noticed so far is kept with the state: a backup that is resumed knows it too.</summary>
    private JsonBody Keep(JsonBody state)
    {
        state["missing"] = Missing.ToArray();
        state["notes"] = Notes.ToArray();
        state["all"] = Total;
        return state;
    }

    private protected static JsonBody StateOf(string phase) => new() { [PhaseMember] = phase };

    private protected static string PhaseOf(JsonBody state) => (string)state[PhaseMember]!;

    private protected static long? NumberOf(JsonBody state, string name) => state.Contains(name)
        ? state[name] switch
        {
            long number => number,
            int number => number,
            _ => null,
        }
        : null;

    private static IEnumerable<string> TextsOf(object? list) =>
        list is System.Collections.IEnumerable items ? items.OfType<string>() : [];
}
