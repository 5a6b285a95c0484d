using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// Makes the plan that takes back what a journal says was changed: created records are deleted, updated ones get what they held before,
/// deleted ones are created again, with new ids. What somebody else has changed since is held.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="dateFormat">How the account writes a close date.</param>
public sealed class UndoPlanner(CopperClient client, string dateFormat = "MM/dd/yyyy")
{
    private const int ChunkSize = 200;

    /// <summary>For so long a search may show a record as it was before the journal.</summary>
    private static readonly TimeSpan SearchLag = TimeSpan.FromMinutes(5);

    private readonly RecordNames _names = new(client);
    private readonly Dictionary<RecordEnd, string> _recordNames = [];
    private CustomFieldCatalog _fields = new([]);
    private ChangeNames? _shown;
    private IReadOnlyDictionary<long, string> _taskTypes = new Dictionary<long, string>();
    private Dictionary<RecordEnd, int> _keptActivities = [];

    /// <summary>Makes the plan. It reads the records, 200 in a request, and writes nothing.</summary>
    /// <param name="entries">What the journal says, in its order.</param>
    /// <param name="force">Take back also what somebody else has changed since.</param>
    /// <param name="only">The ids of the only records to take back; null for all.</param>
    /// <param name="restored">Records that an earlier undo has created again: the entity and the old id, and the new id.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ChangePlan> PlanAsync(
        IReadOnlyList<CopperJournalEntry> entries,
        bool force = false,
        ISet<long>? only = null,
        IReadOnlyDictionary<(string Entity, long OldId), long>? restored = null,
        CancellationToken cancellationToken = default)
    {
        // A create whose outcome was unknown, and that was found or repeated later, has its last word there.
        var told = new HashSet<long?>(entries.Where(static entry => entry is { Action: PlanAction.Create, Id: not null })
            .Select(static entry => entry.Step));

        // What was deleted comes back with what the deletion took with it.
        var deletions = new HashSet<long>(entries
            .Where(entry => entry is { Action: PlanAction.Delete, Id: { } id } && only?.Contains(id) == true)
            .Select(static entry => entry.Request));
        var wanted = entries
            .Where(entry => only is null || (entry.Id is { } id && only.Contains(id)) || deletions.Contains(entry.Request))
            .ToArray();
        var histories = wanted
            .Where(static entry => !entry.CanUndo || !LinkAccess.IsLink(entry.Entity))
            .Where(entry => entry.Id is not null || !told.Contains(entry.Step))
            .Select(static (entry, place) => (Entry: entry, Place: place))
            .GroupBy(static item => item.Entry.Id is { } id ? $"{item.Entry.Entity} {id}" : $"step {item.Entry.Step}")
            .Select(static group => new RecordHistory([.. group.Select(static item => item.Entry)], group.Max(static item => item.Place)))
            .OrderByDescending(static history => history.Place)
            .ToArray();
        var deleted = new HashSet<RecordEnd>(histories
            .Where(static history => history is { WasDeleted: true, WasCreated: false, Id: not null })
            .Select(static history => new RecordEnd(history.Entity, history.Id!.Value)));
        await LoadNamesAsync(histories, cancellationToken).ConfigureAwait(false);
        await LoadRecordNamesAsync(entries, histories, cancellationToken).ConfigureAwait(false);
        _keptActivities = ActivitiesIn(histories);
        _shown = new LiveNames(_names, _fields, _recordNames, dateFormat);
        var steps = new List<CopperPlanStep>();
        steps.AddRange(histories.Where(static history => history.WhyFinal is not null)
            .Select(static history => Hold(history, history.WhyFinal!)));
        foreach (var byEntity in histories
            .Where(static history => history.WhyFinal is null && RecordAccess.Order.Contains(history.Entity))
            .GroupBy(static history => history.Entity))
        {
            var access = RecordAccess.Of(client, byEntity.Key);
            var present = await ReadAsync(access, byEntity.Where(history => !IsGone(history)), FindAsync).ConfigureAwait(false);
            var gone = await ReadAsync(access, byEntity.Where(IsGone), FindGoneAsync).ConfigureAwait(false);
            foreach (var history in byEntity)
            {
                ICopperRecord? record = null;
                if (CurrentId(history) is { } id && !present.TryGetValue(id, out record) && gone.TryGetValue(id, out record))
                {
                    // A search that lags shows for a while what is deleted.
                    record = await access.ConfirmAsync(id, cancellationToken).ConfigureAwait(false);
                }
                else if (record is not null && MayBeOld(history, record))
                {
                    record = await access.ConfirmAsync(record.Id, cancellationToken).ConfigureAwait(false);
                }

                if (StepOf(history, record, restored, deleted, force) is { } step)
                {
                    steps.Add(await WritableAsync(step, cancellationToken).ConfigureAwait(false));
                }
            }
        }

        steps.AddRange(await new SettingUndo(client, force).PlanAsync(histories, cancellationToken).ConfigureAwait(false));
        steps.AddRange(LinkHistory.Of(wanted).Select(link => link.UndoStep(restored)).OfType<CopperPlanStep>());
        return new ChangePlan(steps.Select(static (step, place) => step.With(step: place + 1).Sealed()));

        // A deleted record that was created again has another id now.
        long? CurrentId(RecordHistory history) => history.Id is { } id && history.WasDeleted && restored is not null
            && restored.TryGetValue((history.Entity, id), out var newId) ? newId : history.Id;

        // The service has said that it deleted the record: whether somebody has brought it back is all that a search must tell.
        bool IsGone(RecordHistory history) => history.WasDeleted && CurrentId(history) == history.Id;

        async Task<IReadOnlyDictionary<long, ICopperRecord>> ReadAsync(
            RecordAccess access,
            IEnumerable<RecordHistory> some,
            Func<RecordAccess, IReadOnlyList<long>, Task<IReadOnlyDictionary<long, ICopperRecord>>> find)
        {
            var all = some.Select(CurrentId).OfType<long>().Distinct().ToArray();
            var records = new Dictionary<long, ICopperRecord>();
            for (var start = 0; start < all.Length; start += ChunkSize)
            {
                foreach (var record in await find(access, [.. all.Skip(start).Take(ChunkSize)]).ConfigureAwait(false))
                {
                    // Of a deleted activity the service still tells that it was one.
                    if (record.Value is not CopperActivity { IsDeleted: true })
                    {
                        records[record.Key] = record.Value;
                    }
                }
            }

            return records;
        }

        Task<IReadOnlyDictionary<long, ICopperRecord>> FindAsync(RecordAccess access, IReadOnlyList<long> ids) =>
            access.FindAsync(ids, cancellationToken);

        async Task<IReadOnlyDictionary<long, ICopperRecord>> FindGoneAsync(RecordAccess access, IReadOnlyList<long> ids) =>
            await access.FindInSearchAsync(ids, cancellationToken).ConfigureAwait(false)
                ?? await access.FindAsync(ids, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The record does not hold what a journal of a moment ago says it holds: a search may show it as it was before.</summary>
    private bool MayBeOld(RecordHistory history, ICopperRecord record)
    {
        var after = history.After;
        return DateTimeOffset.UtcNow - history.Time < SearchLag
            && !RecordFields.AreEqual(after, RecordFields.ImageOf(record, after, dateFormat));
    }

    /// <summary>The lists by which the steps show names instead of ids.</summary>
    private async Task LoadNamesAsync(RecordHistory[] histories, CancellationToken cancellationToken)
    {
        var fields = new HashSet<(string Entity, string Field)>(
            histories.SelectMany(static history => history.Before.Names.Select(name => (history.Entity, name))));
        foreach (var list in fields
            .Select(static field => ColumnMap.Of(field.Entity)?.Columns.FirstOrDefault(column => column.Field == field.Field)?.List)
            .OfType<NameList>()
            .Where(static list => list != default)
            .Distinct())
        {
            await _names.LoadListAsync(list, cancellationToken).ConfigureAwait(false);
        }

        if (fields.Any(static field => field.Field == GivenValues.TaskType))
        {
            _taskTypes = await GivenValues.TaskTypesAsync(client.Metadata, cancellationToken).ConfigureAwait(false);
        }

        if (fields.Any(static field => field.Field == RecordFields.CustomFields))
        {
            try
            {
                _fields = new CustomFieldCatalog(
                    await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (CopperException exception) when (exception is not CopperAuthenticationException)
            {
                // The steps show ids then.
            }
        }
    }

    /// <summary>
    /// The names of the records that fields point to: the journal knows some of them, and a search shows 200 of the others in a request.
    /// </summary>
    private async Task LoadRecordNamesAsync(
        IReadOnlyList<CopperJournalEntry> entries, RecordHistory[] histories, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            if (entry is { Id: { } id, Name: { Length: > 0 } name })
            {
                _recordNames[new RecordEnd(entry.Entity, id)] = name;
            }
        }

        var targets = histories.Where(static history => history.WhyFinal is null)
            .SelectMany(static history => history.Before.Concat(history.After))
            .Select(static member => ReferenceFields.TargetOf(member.Key, RecordFields.Plain(member.Value)))
            .OfType<RecordEnd>().Distinct()
            .Where(end => !_recordNames.ContainsKey(end) && end.Id > 0 && RecordAccess.Order.Contains(end.Type))
            .GroupBy(static end => end.Type);
        foreach (var byEntity in targets)
        {
            var ids = byEntity.Select(static end => end.Id).ToArray();
            for (var start = 0; start < ids.Length; start += ChunkSize)
            {
                try
                {
                    var found = await RecordAccess.Of(client, byEntity.Key)
                        .FindInSearchAsync([.. ids.Skip(start).Take(ChunkSize)], cancellationToken).ConfigureAwait(false);
                    foreach (var record in found?.Values ?? [])
                    {
                        _recordNames[new RecordEnd(byEntity.Key, record.Id)] = record.ToString() ?? string.Empty;
                    }
                }
                catch (CopperException exception) when (exception is not CopperAuthenticationException)
                {
                    // The steps show ids then.
                }
            }
        }
    }

    private string? OfType(object? type) => RecordEnd.IdOf(type) is { } id && _taskTypes.TryGetValue(id, out var name)
        ? $"It comes back without its type '{name}': the service gives new tasks the default one, and lets nobody write it."
        : null;

    /// <summary>What a deletion takes with it and no journal has.</summary>
    private string? LeftOutOf(RecordHistory history)
    {
        if (history.Entity == CopperEntityNames.Activity || history.Id is not { } id)
        {
            return null;
        }

        var kept = _keptActivities.TryGetValue(new RecordEnd(history.Entity, id), out var count) ? count : 0;
        var left = kept switch
        {
            0 => "Activities and files that it had do not come back with it: no journal has them.",
            1 => "The activity that the journal has comes back with it; other activities and files do not.",
            _ => FormattableString.Invariant($"The {kept} activities that the journal has come back with it; others and files do not."),
        };
        return $"{left} {Advice.Give(Advice.Restore, "A restore")} brings activities back from a snapshot.";
    }

    /// <summary>How many deleted activities of each record the histories can create again.</summary>
    private static Dictionary<RecordEnd, int> ActivitiesIn(IEnumerable<RecordHistory> histories) => histories
        .Where(static history => history is { Entity: CopperEntityNames.Activity, WasDeleted: true, WasCreated: false, WhyFinal: null })
        .Select(static history => history.Before)
        .Where(static before => before.Contains("parent"))
        .Select(static before => RecordEnd.From(RecordFields.Plain(before["parent"])))
        .OfType<RecordEnd>()
        .GroupBy(static end => end)
        .ToDictionary(static group => group.Key, static group => group.Count());

    /// <summary>
    /// A record that is created again takes no connections in its fields, which are made on their own, and no fields that are gone.
    /// </summary>
    private async Task<CopperPlanStep> WritableAsync(CopperPlanStep step, CancellationToken cancellationToken)
    {
        if (step.Action != PlanAction.Create || step.Body() is not { } body || !body.Contains(RecordFields.CustomFields))
        {
            return step;
        }

        var definitions = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        var items = RecordFields.Items(body[RecordFields.CustomFields]);
        var connections = items.Where(item => definitions.Any(
            definition => definition.Id == item.Id && definition.DataType == CustomFieldTypes.Connect)).ToArray();
        var lost = items.Where(item => !definitions.Any(
            definition => definition.Id == item.Id && definition.IsAvailableOn(step.Entity))).Except(connections).ToArray();
        if (connections.Length + lost.Length == 0)
        {
            return step;
        }

        body[RecordFields.CustomFields] = items.Except(connections).Except(lost).Select(
            static item => RecordFields.Item(item.Id, item.Value)).ToArray();
        var reason = lost.Length == 0 ? step.Reason
            : string.Join(" ", new[]
            {
                step.Reason,
                $"It comes back without the custom fields {string.Join(", ", lost.Select(static item => item.Id))}, which are gone.",
            }.Where(static part => part is not null));
        return step.With(reason: reason, fields: body.ToString());
    }

    private CopperPlanStep? StepOf(
        RecordHistory history,
        ICopperRecord? present,
        IReadOnlyDictionary<(string Entity, long OldId), long>? restored,
        HashSet<RecordEnd> deleted,
        bool force)
    {
        if (history.IsUncertain)
        {
            return Hold(history, $"Whether the {history.Entity} was changed is not known: resume the run first, or look at the record.");
        }

        if (!history.HasChange)
        {
            return null;
        }

        if (history.WasCreated)
        {
            return history.WasDeleted ? null
                : present is null ? Skip(history, $"The {history.Entity} is not there any more: nothing of it is left to undo.")
                : UndoCreate(history, present, force);
        }

        return history.WasDeleted ? UndoDelete(history, present, restored)
            : present is null ? Hold(history, $"There is no {history.Entity} {history.Id} any more.")
            : UndoUpdate(history, present, restored, deleted, force);
    }

    private CopperPlanStep UndoCreate(RecordHistory history, ICopperRecord present, bool force)
    {
        return !force && StrangerOf(history, present) is { } field ? HoldChanged(history, present, field)
            : Step(history, PlanAction.Delete, present, null, null);
    }

    private CopperPlanStep UndoDelete(
        RecordHistory history, ICopperRecord? present, IReadOnlyDictionary<(string Entity, long OldId), long>? restored)
    {
        if (present is not null)
        {
            return Skip(history, present.Id == history.Id ? "The record is there."
                : FormattableString.Invariant($"The record was created again as {history.Entity} {present.Id}."));
        }

        var before = ReferenceFields.Mapped(history.Before, restored);
        var type = before.Contains(GivenValues.TaskType) ? before[GivenValues.TaskType] : null;
        before.Remove(GivenValues.TaskType);

        // Of a record that could not be read before it was deleted, nothing is known to have been empty.
        var isWhole = before.Contains("name") || history.Entity == CopperEntityNames.Activity;
        var fields = isWhole ? GivenValues.Completed(history.Entity, before) : before;
        return new CopperPlanStep
        {
            Action = PlanAction.Create,
            Entity = history.Entity,
            OldId = history.Id,
            Name = history.Name ?? (fields.Contains("name") ? fields["name"] as string : null),
            Fields = fields.ToString(),
            Changes = FieldWords.Changes(history.Entity, null, before, _shown),
            Reason = string.Join(" ", new[] { OfType(type), LeftOutOf(history) }.OfType<string>()) is { Length: > 0 } reason
                ? reason
                : null,
        };
    }

    private CopperPlanStep? UndoUpdate(
        RecordHistory history,
        ICopperRecord present,
        IReadOnlyDictionary<(string Entity, long OldId), long>? restored,
        HashSet<RecordEnd> deleted,
        bool force)
    {
        var before = ReferenceFields.Mapped(history.Before, restored);
        if (!force && StrangerOf(history, present, before) is { } stranger)
        {
            return HoldChanged(history, present, stranger);
        }

        var image = RecordFields.ImageOf(present, before, dateFormat);
        var fields = new JsonBody();
        foreach (var member in before)
        {
            // A pointer to a record that comes back with a new id is written again, even where the service has kept the old id.
            if (!RecordFields.AreEqual(member.Key, member.Value, image[member.Key])
                || (ReferenceFields.TargetOf(member.Key, member.Value) is { } target && deleted.Contains(target)))
            {
                fields[member.Key] = member.Value;
            }
        }

        return fields.Count == 0 ? Skip(history, "The record holds what it held before.")
            : Step(history, PlanAction.Update, present, fields, image);
    }

    /// <summary>A field that holds neither what the run wrote nor what it held before the run.</summary>
    private string? StrangerOf(RecordHistory history, ICopperRecord present, JsonBody? before = null)
    {
        var after = history.After;
        var image = RecordFields.ImageOf(present, after, dateFormat);
        return after.Names.FirstOrDefault(name => !RecordFields.AreEqual(name, after[name], image[name])
            && (before is null || !before.Contains(name) || !RecordFields.AreEqual(name, before[name], image[name]))
            && !history.MayHaveLeft(name, image[name]));
    }

    private CopperPlanStep Step(RecordHistory history, PlanAction action, ICopperRecord present, JsonBody? fields, JsonBody? before)
    {
        var kept = new JsonBody();
        foreach (var name in fields?.Names ?? [])
        {
            kept[name] = before![name];
        }

        return new CopperPlanStep
        {
            Action = action,
            Entity = history.Entity,
            Id = history.Id,
            Name = history.Name ?? present.ToString(),
            Modified = CopperPlanStep.TextOf(present.GetType().GetProperty("DateModified")?.GetValue(present) as DateTimeOffset?),
            Fields = fields?.ToString(),
            Before = fields is null ? null : kept.ToString(),
            Changes = fields is null ? [] : FieldWords.Changes(history.Entity, kept, fields, _shown),
        };
    }

    private static CopperPlanStep HoldChanged(RecordHistory history, ICopperRecord present, string field) => Hold(
        history,
        $"Somebody has changed {FieldWords.LabelOf(history.Entity, field)} of {history.Entity} {present.Id} since. "
            + $"{Advice.Give(Advice.Force, "With force")} it is taken back all the same.");

    private static CopperPlanStep Hold(RecordHistory history, string reason) => Idle(history, PlanAction.Hold, reason);

    private static CopperPlanStep Skip(RecordHistory history, string reason) => Idle(history, PlanAction.Skip, reason);

    private static CopperPlanStep Idle(RecordHistory history, PlanAction action, string reason) =>
        new() { Action = action, Entity = history.Entity, Id = history.Id, Name = history.Name, Reason = reason };

    /// <summary>The names that the account has now.</summary>
    private sealed class LiveNames(
        RecordNames names, CustomFieldCatalog fields, IReadOnlyDictionary<RecordEnd, string> records, string dateFormat) : ChangeNames
    {
        public override string? DateFormat => dateFormat;

        public override string? OfField(long field) => fields.Find(field)?.Name;

        public override string? OfValue(long field, object? value) => value is null || fields.Find(field) is null ? null
            : CellText.Of(CellText.Normal(fields.ValueOf(new CopperCustomFieldValue { DefinitionId = field, Value = value })));

        public override string? OfItem(Column column, long id) => column.List == default ? null : names.NameOf(column.List, id);

        public override string? OfRecord(RecordEnd end) => records.TryGetValue(end, out var name) ? name : null;
    }
}
