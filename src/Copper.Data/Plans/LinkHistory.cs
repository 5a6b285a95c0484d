using Copper.Client;

namespace Copper.Data.Plans;

/// <summary>All that a journal says of one relation, connection or subscription.</summary>
internal sealed class LinkHistory
{
    private readonly IReadOnlyList<CopperJournalEntry> _entries;

    private LinkHistory(IReadOnlyList<CopperJournalEntry> entries) => _entries = entries;

    private CopperJournalEntry First => _entries[0];

    private CopperJournalEntry Last => _entries[_entries.Count - 1];

    /// <summary>It was there before the first change.</summary>
    private bool WasThere => First.Action != PlanAction.Create;

    /// <summary>It is there after the last change.</summary>
    private bool IsThere => Last.Action != PlanAction.Delete;

    /// <summary>The histories, the last change first. What changed nothing, or may not be taken back, is in none of them.</summary>
    public static IReadOnlyList<LinkHistory> Of(IEnumerable<CopperJournalEntry> entries) =>
    [
        .. entries
            .Where(static entry => entry.CanUndo && LinkAccess.IsLink(entry.Entity))
            .Where(static entry => entry.Status != PlanStatus.Failed && HadEffect(entry))
            .GroupBy(KeyOf, StringComparer.Ordinal)
            .Select(static group => new LinkHistory([.. group]))
            .Reverse(),
    ];

    /// <summary>
    /// The step that takes it back; null when nothing is to be done. Whether it is there now is looked at when the step is carried out, so
    /// that a change whose outcome is unknown is taken back, too.
    /// </summary>
    public CopperPlanStep? UndoStep(IReadOnlyDictionary<(string Entity, long OldId), long>? restored)
    {
        if (!WasThere)
        {
            return IsThere || Last.Status != PlanStatus.Done ? Step(PlanAction.Delete, FieldsOf(First), Last.Id, restored) : null;
        }

        if (!IsThere)
        {
            return Step(PlanAction.Create, Original(FieldsOf(Last)), null, restored);
        }

        return First.BeforeImage is { } before && First.Action == PlanAction.Update
            ? Step(PlanAction.Update, Original(before), First.Id, restored)
            : null;
    }

    /// <summary>A relation that was there already was not created, and one that was not there was not removed.</summary>
    private static bool HadEffect(CopperJournalEntry entry) => entry.Entity != LinkAccess.Relation
        || entry.BeforeImage is not { } before
        || !before.Contains("related")
        || before["related"] is true == (entry.Action == PlanAction.Delete);

    private static string KeyOf(CopperJournalEntry entry)
    {
        var fields = FieldsOf(entry);
        return entry.Entity switch
        {
            LinkAccess.Relation => "r " + Pair(fields, "from", "to"),
            LinkAccess.Connection when fields.Count > 0 =>
                $"c {RecordEnd.IdOf(fields[LinkAccess.Definition])} {Pair(fields, "source", LinkAccess.Target)}",
            _ => $"{entry.Entity} {entry.Id?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? fields.ToString()}",
        };
    }

    private static string Pair(JsonBody fields, string one, string other) => string.Join(
        " ",
        new[] { $"{RecordEnd.From(fields[one])}", $"{RecordEnd.From(fields[other])}" }.OrderBy(static end => end, StringComparer.Ordinal));

    private static JsonBody FieldsOf(CopperJournalEntry entry) => entry.Fields ?? [];

    /// <summary>The fields as they were before the first change.</summary>
    private JsonBody Original(JsonBody fields)
    {
        var original = fields.Copy();
        foreach (var entry in _entries.Where(static entry => entry.Action == PlanAction.Update).Reverse())
        {
            foreach (var member in entry.BeforeImage ?? [])
            {
                original[member.Key] = member.Value;
            }
        }

        return original;
    }

    private CopperPlanStep Step(
        PlanAction action, JsonBody fields, long? id, IReadOnlyDictionary<(string Entity, long OldId), long>? restored) => new()
    {
        Action = action,
        Entity = First.Entity,
        Id = id,
        Name = Last.Name,
        Fields = fields.Count == 0 ? null : ReferenceFields.Mapped(fields, restored).ToString(),
        Before = action == PlanAction.Update ? Last.Fields?.ToString() : null,
    };
}
