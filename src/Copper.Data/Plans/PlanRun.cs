using System.Collections.Concurrent;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>What is known of one run of a plan: what earlier runs did, the new ids, and the journal.</summary>
internal sealed class PlanRun
{
    private readonly ChangeJournal? _journal;
    private readonly Func<string, JsonBody?[], IReadOnlyDictionary<string, string>?> _namesIn;
    private readonly Dictionary<(long Step, PlanAction Action), CopperJournalEntry> _earlier = [];
    private readonly ConcurrentDictionary<long, (string Entity, long Id)> _created = new();
    private readonly List<(CopperPlanStep Step, IReadOnlyList<string> Fields)> _deferred = [];
    private readonly ConcurrentQueue<(CopperPlanStep Step, long Id, JsonBody Given)> _given = new();

    public PlanRun(
        ChangePlan plan, ChangeJournal? journal, GroupGuard guard, Func<string, JsonBody?[], IReadOnlyDictionary<string, string>?> namesIn)
    {
        _namesIn = namesIn;
        _journal = journal;
        Guard = guard;
        Released = UniqueValues.ReleasedBy(plan);
        References = new PlanReferences(plan);
        foreach (var entry in journal?.Earlier ?? [])
        {
            if (plan.Find(entry.Step ?? 0) is not { } about || about.Entity != entry.Entity
                || (about.Id is not null && entry.Id is not null && about.Id != entry.Id))
            {
                // It is about what a deletion took with it.
                continue;
            }

            // The last word on a step counts.
            _earlier[(entry.Step ?? 0, entry.Action)] = entry;
            if (entry is { Action: PlanAction.Create, Status: PlanStatus.Done, Id: { } id, Step: { } step })
            {
                _created[step] = (entry.Entity, id);
            }
        }
    }

    public PlanReferences References { get; }

    /// <summary>Looks after the deletions of groups of steps.</summary>
    public GroupGuard Guard { get; }

    /// <summary>The numbers of the updates that come first, since they give up what another step takes.</summary>
    public ISet<long> Released { get; }

    public bool HasJournal => _journal is not null;

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

    /// <summary>A new record has values in fields that were to be empty, which the service has given to it.</summary>
    public void NoteGiven(CopperPlanStep step, long id, JsonBody given)
    {
        if (given.Count > 0 && !(Earlier(step.Step, PlanAction.Update) is { Status: PlanStatus.Done, Fields: { } cleared }
            && given.Names.All(cleared.Contains)))
        {
            _given.Enqueue((step, id, given));
        }
    }

    /// <summary>What was noted so since it was asked for last.</summary>
    public IReadOnlyList<(CopperPlanStep Step, long Id, JsonBody Given)> TakeGiven()
    {
        var given = new List<(CopperPlanStep Step, long Id, JsonBody Given)>();
        while (_given.TryDequeue(out var item))
        {
            given.Add(item);
        }

        return given;
    }

    /// <summary>Notes what a request is about to do, and what a deletion takes with it.</summary>
    public IReadOnlyList<CopperJournalEntry> Begin(
        PlanAction action, IReadOnlyList<DueStep> group, IReadOnlyList<DependentChange> dependents) =>
        _journal?.Begin(
        [
            .. group.Select(item => new NotedChange(
                item.Step.Step,
                action,
                item.Step.Entity,
                item.Step.Id,
                item.Step.Name,
                action == PlanAction.Delete && !LinkAccess.IsLink(item.Step.Entity) ? null : item.Fields,
                action == PlanAction.Create ? null : item.Before)
            {
                WhyFinal = SettingAccess.WhyFinal(item.Step) ?? LinkAccess.WhyFinal(item.Step),
                Names = _namesIn(item.Step.Entity, [item.Fields, item.Before]),
            }),
            .. dependents.Select(change => new NotedChange(
                group[0].Step.Step, change.Action, change.Entity, change.Id, change.Name, change.Fields, change.Before)
            {
                Names = _namesIn(change.Entity, [change.Fields, change.Before]),
            }),
        ]) ?? [];

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
                References.Add(item.Step, record);
                if (RecordAccess.Order.Contains(item.Step.Entity))
                {
                    NoteGiven(item.Step, record.Id, GivenValues.In(item.Fields, record, dateFormat));
                }
            }

            if (entries.Count > 0)
            {
                entries[i].Status = outcome.Status;
                entries[i].Id = id;
                entries[i].Reason = outcome.Failure?.Message ?? entries[i].Reason;
                entries[i].AfterImage = outcome.Record is null || item.Fields.Count == 0 || LinkAccess.IsLink(item.Step.Entity)
                    ? null
                    : ImageOf(outcome.Record, item.Fields, dateFormat);
            }

            results.Add(new CopperPlanResult(
                item.Step, outcome.Status, id, outcome.Status == PlanStatus.Done ? null : outcome.Failure?.Message, outcome.Failure));
        }

        foreach (var dependent in entries.Skip(group.Count))
        {
            dependent.Status = outcomes[0].Status;
            dependent.AfterImage = LinkAccess.IsLink(dependent.Entity) || dependent.Status != PlanStatus.Done ? null : dependent.Fields;
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
        var entries = _journal!.Begin(
            [new NotedChange(step.Step, PlanAction.Create, step.Entity, record.Id, step.Name, sent, null)
            {
                Names = _namesIn(step.Entity, [sent]),
            }]);
        entries[0].Status = PlanStatus.Done;
        entries[0].AfterImage = ImageOf(record, sent, dateFormat);
        _journal.End(entries);
        NoteGiven(step, record.Id, GivenValues.In(sent, record, dateFormat));
    }

    /// <summary>An update that an interrupted run has begun turned out to be done.</summary>
    public bool NoteDone(CopperJournalEntry earlier, JsonBody image)
    {
        var step = _journal!.Plan.Find(earlier.Step!.Value)!;
        var entries = _journal.Begin(
            [new NotedChange(step.Step, earlier.Action, step.Entity, earlier.Id, step.Name, earlier.Fields, earlier.BeforeImage)
            {
                Names = earlier.ListNames,
            }]);
        entries[0].Status = PlanStatus.Done;
        entries[0].AfterImage = image;
        _journal.End(entries);
        return true;
    }

    private static JsonBody ImageOf(ICopperRecord record, JsonBody like, string dateFormat) =>
        SettingAccess.IsSetting(record.GetEntityType()) ? SettingAccess.ImageOf(record, like)
            : RecordFields.ImageOf(record, like, dateFormat);
}
