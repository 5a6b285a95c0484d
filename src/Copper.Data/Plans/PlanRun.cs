using System.Collections.Concurrent;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>What is known of one run of a plan: what earlier runs did, the new ids, and the journal.</summary>
internal sealed class PlanRun
{
    private readonly ChangeJournal? _journal;
    private readonly Dictionary<(long Step, PlanAction Action), CopperJournalEntry> _earlier = [];
    private readonly ConcurrentDictionary<long, (string Entity, long Id)> _created = new();
    private readonly List<(CopperPlanStep Step, IReadOnlyList<string> Fields)> _deferred = [];

    public PlanRun(ChangePlan plan, ChangeJournal? journal)
    {
        _journal = journal;
        References = new PlanReferences(plan);
        foreach (var entry in journal?.Earlier ?? [])
        {
            // The last word on a step counts.
            _earlier[(entry.Step ?? 0, entry.Action)] = entry;
            if (entry is { Action: PlanAction.Create, Status: PlanStatus.Done, Id: { } id, Step: { } step })
            {
                _created[step] = (entry.Entity, id);
            }
        }
    }

    public PlanReferences References { get; }

    /// <summary>Created records whose references to other created ones are still to be set.</summary>
    public IReadOnlyList<(CopperPlanStep Step, IReadOnlyList<string> Fields)> Deferred => _deferred;

    /// <summary>What an earlier run did about a step; null for nothing.</summary>
    public CopperJournalEntry? Earlier(long step, PlanAction action) => _earlier.TryGetValue((step, action), out var entry) ? entry : null;

    /// <summary>The records that steps of the plan are known to have created.</summary>
    public ISet<long> CreatedIds(string entity) =>
        new HashSet<long>(_created.Values.Where(record => record.Entity == entity).Select(static record => record.Id));

    /// <summary>The record that a step has created; null when there is none.</summary>
    public long? IdOf(CopperPlanStep step) => _created.TryGetValue(step.Step, out var record) ? record.Id : null;

    public void Defer(CopperPlanStep step, IReadOnlyList<string> fields)
    {
        if (fields.Count > 0)
        {
            _deferred.Add((step, fields));
        }
    }

    public IReadOnlyList<CopperJournalEntry> Begin(PlanAction action, IReadOnlyList<DueStep> group) =>
        _journal?.Begin(group.Select(item => (
        item.Step, action, item.Step.Id, action == PlanAction.Delete ? null : (JsonBody?)item.Fields, action == PlanAction.Create ? null
            : item.Before))) ?? [];

    /// <summary>Notes what came of a request, and returns the results of its steps.</summary>
    public IReadOnlyList<CopperPlanResult> End(
        IReadOnlyList<CopperJournalEntry> entries, IReadOnlyList<DueStep> group, IReadOnlyList<WriteOutcome> outcomes, string dateFormat)
    {
        var results = new List<CopperPlanResult>();
        for (var i = 0; i < group.Count; i++)
        {
            var item = group[i];
            var outcome = outcomes[i];
            var id = outcome.Record?.Id ?? item.Step.Id;
            if (item.Step.Action == PlanAction.Create && outcome is { Status: PlanStatus.Done, Record: { } record })
            {
                _created[item.Step.Step] = (item.Step.Entity, record.Id);
                References.Add(item.Step, record.Id);
            }

            if (entries.Count > 0)
            {
                entries[i].Status = outcome.Status;
                entries[i].Id = id;
                entries[i].Reason = outcome.Failure?.Message;
                entries[i].AfterImage = outcome.Record is null
                    || item.Fields.Count == 0 ? null : RecordFields.ImageOf(outcome.Record, item.Fields, dateFormat);
            }

            results.Add(new CopperPlanResult(
                item.Step, outcome.Status, id, outcome.Status == PlanStatus.Done ? null : outcome.Failure?.Message, outcome.Failure));
        }

        if (entries.Count > 0)
        {
            _journal!.End(entries);
        }

        return results;
    }

    /// <summary>A record that an interrupted run has created was found.</summary>
    public void NoteFound(CopperPlanStep step, ICopperRecord record, JsonBody sent, string dateFormat)
    {
        _created[step.Step] = (step.Entity, record.Id);
        var entries = _journal!.Begin([(step, PlanAction.Create, record.Id, sent, null)]);
        entries[0].Status = PlanStatus.Done;
        entries[0].AfterImage = RecordFields.ImageOf(record, sent, dateFormat);
        _journal.End(entries);
    }

    /// <summary>An update that an interrupted run has begun turned out to be done.</summary>
    public bool NoteDone(CopperJournalEntry earlier, JsonBody image)
    {
        var step = _journal!.Plan.Steps.First(step => step.Step == earlier.Step);
        var entries = _journal.Begin([(step, earlier.Action, earlier.Id, earlier.Fields, earlier.BeforeImage)]);
        entries[0].Status = PlanStatus.Done;
        entries[0].AfterImage = image;
        _journal.End(entries);
        return true;
    }
}
