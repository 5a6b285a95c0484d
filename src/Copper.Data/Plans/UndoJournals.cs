using System.Globalization;

namespace Copper.Data.Plans;

/// <summary>
/// The journals of the runs that take another journal back. They lie beside it and are numbered: run.jsonl, run.undo.jsonl,
/// run.undo2.jsonl. An undo that was interrupted is gone on with, and no record is created again twice.
/// </summary>
public sealed class UndoJournals
{
    private readonly string _path;
    private readonly List<string> _undone = [];

    /// <param name="path">The journal that is taken back.</param>
    public UndoJournals(string path)
    {
        _path = path;
        for (var number = 1; File.Exists(PathOf(number)); number++)
        {
            if (ChangeJournal.CanResume(PathOf(number)))
            {
                _undone.Add(PathOf(number));
            }
            else
            {
                // It ended before anything was sent.
                Next = PathOf(number);
                return;
            }
        }

        Next = PathOf(_undone.Count + 1);
    }

    /// <summary>The file of the next run. One that is there holds no whole plan, and is replaced.</summary>
    public string Next { get; }

    /// <summary>
    /// The journal of an undo that was interrupted while it created records again; null when there is none. Updates and deletes need no
    /// resuming: a new plan sees what is left of them.
    /// </summary>
    /// <exception cref="PlanException">A file is no journal.</exception>
    public string? FindInterrupted() => _undone.FirstOrDefault(static path => UnclearOf(path).Count > 0);

    /// <summary>The records of which it is not known whether an undo has created them again: the entity and the old id.</summary>
    /// <exception cref="PlanException">A file is no journal.</exception>
    public ISet<(string Entity, long OldId)> ReadUnclear() => new HashSet<(string, long)>(_undone.SelectMany(UnclearOf));

    /// <summary>The records that earlier undos have created again: the entity and the old id, and the new id.</summary>
    /// <exception cref="PlanException">A file is no journal.</exception>
    public IReadOnlyDictionary<(string Entity, long OldId), long> ReadRestored()
    {
        var restored = new Dictionary<(string, long), long>();
        foreach (var path in _undone)
        {
            using var journal = ChangeJournal.OpenReadOnly(path);
            foreach (var entry in journal.Earlier)
            {
                if (entry is { Action: PlanAction.Create, Status: PlanStatus.Done, Id: { } id, Step: { } number }
                    && journal.Plan.Find(number) is { OldId: { } oldId } step)
                {
                    restored[(step.Entity, oldId)] = id;
                }
            }
        }

        return restored;
    }

    private static List<(string Entity, long OldId)> UnclearOf(string path)
    {
        using var journal = ChangeJournal.OpenReadOnly(path);
        return
        [
            .. journal.Earlier.Where(static entry => entry.Action == PlanAction.Create)
                .GroupBy(static entry => entry.Step)
                .Select(static group => group.Last())
                .Where(static entry => entry.Status is null or PlanStatus.Unknown)
                .Select(entry => (entry.Entity, OldId: entry.Step is { } number ? journal.Plan.Find(number)?.OldId : null))
                .Where(static item => item.OldId is not null)
                .Select(static item => (item.Entity, item.OldId!.Value)),
        ];
    }

    private string PathOf(int number)
    {
        var suffix = number == 1 ? ".undo" : string.Format(CultureInfo.InvariantCulture, ".undo{0}", number);
        var extension = Path.GetExtension(_path);
        return _path.Substring(0, _path.Length - extension.Length) + suffix + extension;
    }
}
