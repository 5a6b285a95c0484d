using System.Globalization;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// Makes the plan that brings records of a snapshot back: those that are missing are created again, with new ids to which the records
/// that refer to them are mapped, and those that were changed get the values that they had. It works for the account of the snapshot and
/// for another one, where users, lists and custom fields are found by their names.
/// </summary>
/// <param name="client">The account that the records are restored into.</param>
/// <param name="options">What is restored; null for all.</param>
/// <param name="progress">Is told how far the reading has come; null for nobody.</param>
public sealed class RestorePlanner(CopperClient client, RestoreOptions? options = null, IProgress<SnapshotProgress>? progress = null)
{
    /// <summary>For so few records it is cheaper to look for each of them than to read all.</summary>
    private const int Few = 50;

    private const string Doubt = "The service may reject it";

    private static readonly string[] References = ["company_id", "primary_contact_id", "related_resource", "parent"];

    private readonly RestoreOptions _options = options ?? new RestoreOptions();
    private readonly Dictionary<(string Entity, long OldId), long> _ids = [];
    private readonly HashSet<(string Entity, long OldId)> _created = [];
    private readonly HashSet<(string Entity, long Id)> _claimed = [];
    private readonly HashSet<string> _matched = [];
    private readonly Dictionary<string, long> _keys = new(StringComparer.Ordinal);
    private readonly List<CopperPlanStep> _steps = [];
    private readonly SortedSet<string> _connectFields = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Count, string First)> _unreadable = new(StringComparer.Ordinal);
    private readonly HashSet<(string Entity, long Id, string Field)> _noted = [];
    private bool _isSame;
    private bool _hasConnections;
    private PropertyFilter? _properties;
    private RestoreLists? _lists;
    private SnapshotNames? _names;

    /// <summary>
    /// The names of connect fields that had more in the snapshot than now, and stay as they are, since the snapshot has no connections;
    /// known once the plan is made.
    /// </summary>
    public IReadOnlyCollection<string> ConnectFields => _connectFields;

    /// <summary>
    /// What the snapshot holds in a form that this version cannot read, and that is not restored, a sentence part for each field: its
    /// name, how many records, and the first of them. Known once the plan is made.
    /// </summary>
    public IReadOnlyList<string> UnreadableValues => [.. _unreadable.Select(static item => item.Value.Count == 1
        ? $"{item.Key} of {item.Value.First}"
        : FormattableString.Invariant($"{item.Key} of {item.Value.Count} records (the first is {item.Value.First})"))];

    /// <summary>Makes the plan. It reads the account, and writes nothing.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SnapshotException">The snapshot lacks what is to be restored, a file of it is not as the backup wrote it, or an
    /// option is not valid for it.</exception>
    public async Task<ChangePlan> PlanAsync(CopperSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        var entities = EntitiesOf(snapshot);
        snapshot.CheckFiles(entities);
        _names = snapshot.Names;
        var account = await client.Metadata.Account.GetAsync(cancellationToken).ConfigureAwait(false);
        _isSame = account[0].Id == snapshot.Manifest.AccountId;
        _lists = await RestoreLists.ReadAsync(
            snapshot.Names.Metadata, client.Metadata, _isSame, _options.Users, cancellationToken).ConfigureAwait(false);
        _hasConnections = snapshot.Manifest.Include.Contains(SnapshotContent.Connection);
        var properties = _properties = PropertyFilter.Of(_options.Properties, entities, snapshot.Names.Metadata);

        // First what stands for which record is found out for all, since records refer to each other in both directions.
        var work = new List<(CopperEntity Entity, List<Pair> Changed, List<ICopperRecord> Missing)>();
        foreach (var entity in entities)
        {
            var (changed, missing) = await MatchAsync(snapshot, entity, cancellationToken).ConfigureAwait(false);
            work.Add((entity, changed, missing));
            _matched.Add(entity.Name);
        }

        await FindTargetsAsync(entities, work.SelectMany(static item => item.Missing
            .Concat(item.Changed.Select(static pair => pair.Kept))), cancellationToken).ConfigureAwait(false);
        foreach (var (entity, changed, missing) in work)
        {
            _steps.AddRange(missing.Select(record => CreateStep(entity, record)));
            _steps.AddRange(changed.Select(pair => UpdateStep(entity, pair, properties)).OfType<CopperPlanStep>());
        }

        if (_options.Scope != RestoreScope.Changed)
        {
            await AddPointersAsync(snapshot, cancellationToken).ConfigureAwait(false);
        }

        AnnounceFollowers();
        _steps.InsertRange(0, _lists.FieldSteps());
        if (_options.Scope != RestoreScope.Changed)
        {
            _steps.AddRange(await new RestoreLinks(client, snapshot, _lists, FindEnd).PlanAsync(cancellationToken).ConfigureAwait(false));
        }

        return new ChangePlan(_steps.Select(static (step, place) => step.With(step: place + 1).Sealed()));
    }

    /// <summary>
    /// Records that are there and not restored themselves pointed to some that come back: they point to them again. In another account
    /// nobody knows which records they are.
    /// </summary>
    private async Task AddPointersAsync(CopperSnapshot snapshot, CancellationToken cancellationToken)
    {
        var ids = _options.Ids is null ? null : new HashSet<long>(_options.Ids);
        bool IsRestored(CopperEntity entity, long id) => _matched.Contains(entity.Name) && ids?.Contains(id) != false;
        var targets = _created.Select(key => (Old: key, Id: OldIdOf(key.OldId)))
            .Concat(_ids.Where(item => item.Value != item.Key.OldId).Select(static item => (Old: item.Key, Id: item.Value)))
            .Where(item => IsRestored(CopperSnapshot.EntityOf(item.Old.Entity), item.Old.OldId))
            .ToDictionary(
                static item => new RecordEnd(item.Old.Entity, item.Old.OldId), static item => new RecordEnd(item.Old.Entity, item.Id));
        if (!_isSame || targets.Count == 0 || (ids is null && CopperEntities.Primary.Append(CopperEntities.Activity)
            .All(entity => _matched.Contains(entity.Name) || !snapshot.Contains(entity))))
        {
            return;
        }

        var names = new Dictionary<RecordEnd, string>();
        foreach (var step in _steps.Where(static step => step.OldId is not null && step.Name is not null))
        {
            names[new RecordEnd(step.Entity, step.OldId!.Value)] = step.Name!;
        }

        var pointers = new RestorePointers(client, snapshot, _options.DateFormat);
        var steps = await pointers.PlanAsync(targets, names, IsRestored, cancellationToken).ConfigureAwait(false);
        for (var place = 0; place < _steps.Count; place++)
        {
            if (_steps[place] is { Action: PlanAction.Create, OldId: { } oldId } step
                && pointers.LeftOut(new RecordEnd(step.Entity, oldId)) is { } leftOut)
            {
                _steps[place] = step.With(reason: Joined(step.Reason, leftOut));
            }
        }

        _steps.AddRange(steps);
    }

    private CopperEntity[] EntitiesOf(CopperSnapshot snapshot)
    {
        if (_options.Ids is not null && _options.Entities is not { Count: 1 })
        {
            throw new SnapshotException(
                $"Ids are unique only within one kind of records. {Advice.Give(Advice.NameEntity, "Name one in Entities.")}");
        }

        var wanted = RecordAccess.Order.Select(CopperSnapshot.EntityOf)
            .Where(entity => _options.Entities?.Contains(entity.Name) ?? snapshot.Contains(entity)).ToArray();
        foreach (var entity in wanted)
        {
            // Throws when the snapshot has none.
            snapshot.FilesOf(entity);
        }

        return wanted;
    }

    /// <summary>Finds out which records of the snapshot are missing, and which are there and differ.</summary>
    private async Task<(List<Pair> Changed, List<ICopperRecord> Missing)> MatchAsync(
        CopperSnapshot snapshot, CopperEntity entity, CancellationToken cancellationToken)
    {
        var ids = _options.Ids is null ? null : new HashSet<long>(_options.Ids);
        var some = ids is null ? null : snapshot.ReadRecords(entity.Name).Where(record => ids.Contains(record.Id)).ToArray();
        var found = new HashSet<long>((some ?? []).Select(static record => record.Id));
        if (some is not null && ids!.FirstOrDefault(id => !found.Contains(id)) is var unknown and not 0)
        {
            throw new SnapshotException($"The snapshot '{snapshot.Path}' has no {entity.Name} with the id {unknown}.");
        }

        using var live = some is { Length: <= Few }
            ? await LiveRecords.ReadSomeAsync(client, entity, some, _isSame, cancellationToken).ConfigureAwait(false)
            : await LiveRecords.ReadAllAsync(
                client,
                entity,
                (count, total) => progress?.Report(new SnapshotProgress($"Reading {entity.Plural}", count, total)),
                cancellationToken).ConfigureAwait(false);
        var known = _isSame ? new HashSet<long>(snapshot.ReadRaw(entity).Select(static record => record.Id)) : [];
        var changed = new List<Pair>();
        var missing = new List<ICopperRecord>();
        foreach (var kept in some ?? snapshot.ReadRecords(entity.Name))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_isSame && live.Has(kept.Id))
            {
                _ids[(entity.Name, kept.Id)] = kept.Id;
                if (live.HasAsIs(kept))
                {
                    NoteUnreadable(entity, kept, _options.Scope == RestoreScope.Missing ? [] : UnreadableIn(kept));
                }
                else
                {
                    MatchPresent(entity, kept, live.Find(kept.Id)!, live, changed);
                }
            }
            else
            {
                MatchMissing(snapshot, entity, kept, live, known, changed, missing);
            }
        }

        return (changed, missing);
    }

    private void MatchPresent(CopperEntity entity, ICopperRecord kept, ICopperRecord present, LiveRecords live, List<Pair> changed)
    {
        if (present is CopperLead { ConvertedAt: not null })
        {
            if (kept is CopperLead { ConvertedAt: null })
            {
                _steps.Add(Idle(PlanAction.Skip, entity, kept, present.Id, "The lead was converted since; a conversion stays."));
            }

            return;
        }

        if (_options.Scope == RestoreScope.Missing || (kept is CopperActivity activity && !IsWritable(activity)))
        {
            return;
        }

        var image = ImageOf(kept);
        var now = ImageOf(present);
        var lost = LostConnections(kept, present);
        var unreadable = UnreadableIn(kept);
        NoteUnreadable(entity, kept, unreadable);
        if (AreEqual(image, now, unreadable))
        {
            if (lost.Count > 0)
            {
                _steps.Add(Idle(PlanAction.Skip, entity, kept, present.Id, $"Only {string.Join(", ", lost)} "
                    + $"{(lost.Count == 1 ? "differs, and stays as it is" : "differ, and stay as they are")}: the snapshot has no "
                    + "connections."));
            }

            return;
        }

        var owner = live.Owner(kept, out var key);
        changed.Add(new Pair(kept, present, owner is not null && owner.Id != present.Id
            ? $"{key} belongs to {entity.Name} {owner.Id} ({owner}) by now"
            : null));
    }

    /// <summary>
    /// The fields that the record of the snapshot has in a form which cannot be read. They look empty, and must clear nothing.
    /// </summary>
    private static string[] UnreadableIn(ICopperRecord kept) => FlatTable.MembersOf(kept) is not { Count: > 0 } members ? []
        : [.. RecordFields.Writable(kept.GetEntityType()).Where(name => members.TryGetValue(name, out var value) && value is not null)];

    private void NoteUnreadable(CopperEntity entity, ICopperRecord kept, string[] fields)
    {
        foreach (var name in fields.Where(name => _properties!.Has(name) && _noted.Add((entity.Name, kept.Id, name))))
        {
            var label = FieldWords.LabelOf(entity.Name, name);
            _unreadable[label] = _unreadable.TryGetValue(label, out var known) ? (known.Count + 1, known.First)
                : (1, FormattableString.Invariant($"{entity.Name} {kept.Id} ({kept})"));
        }
    }

    /// <summary>The connect fields that had connections in the snapshot that are gone; none where the snapshot has them itself.</summary>
    private List<string> LostConnections(ICopperRecord kept, ICopperRecord? present)
    {
        var lost = new List<string>();
        if (_hasConnections || kept is not ICustomFieldRecord { CustomFields: var old })
        {
            return lost;
        }

        foreach (var field in old.Where(field =>
            field.DefinitionId is { } id && _lists!.IsConnect(id) && _properties!.HasField(field.Name)))
        {
            var now = (present as ICustomFieldRecord)?.CustomFields.Find(other => other.DefinitionId == field.DefinitionId);
            if (CountOf(field) > CountOf(now))
            {
                lost.Add(field.Name ?? field.GetIdText());
            }
        }

        _connectFields.UnionWith(lost);
        return lost;

        static int CountOf(CopperCustomFieldValue? field) => (field?.Value as JsonArray)?.Count ?? 0;
    }

    private void MatchMissing(
        CopperSnapshot snapshot,
        CopperEntity entity,
        ICopperRecord kept,
        LiveRecords live,
        HashSet<long> known,
        List<Pair> changed,
        List<ICopperRecord> missing)
    {
        if (_options.Scope == RestoreScope.Changed || kept is CopperLead { ConvertedAt: not null })
        {
            return;
        }

        if (kept is CopperActivity activity && !IsWritable(activity))
        {
            _steps.Add(Idle(PlanAction.Skip, entity, kept, null, activity.Type?.Category == CopperActivityType.UserCategory
                ? $"The account has no type '{activity.Type.Name}' of activities that can be written."
                : "The service alone writes activities of this type."));
            return;
        }

        var image = _lists!.Map(entity.Name, ImageOf(kept), []);
        var owner = live.Owner(kept, out var key);
        var candidates = live.Namesakes(kept, known).Concat(owner is null ? [] : [owner])
            .Where(record => !_claimed.Contains((entity.Name, record.Id))).Distinct().ToArray();
        if ((candidates.FirstOrDefault(record => IsRestored(image, kept, record))
            ?? WithAuthorInText(image, kept, live, known)) is { } restored)
        {
            Stand(entity, kept, restored);
            _steps.Add(Idle(PlanAction.Skip, entity, kept, restored.Id, $"It is there already, as {entity.Name} {restored.Id}."));
            return;
        }

        var namesake = owner ?? candidates.FirstOrDefault(record => IsLikely(snapshot, entity, kept, record));
        if (namesake is null)
        {
            // What others refer to must not be counted on when it is held.
            if ((RestoreCheck.WhyHeld(entity.Name, image) ?? FirstWith(entity, kept)) is { } held)
            {
                _steps.Add(Idle(PlanAction.Hold, entity, kept, null, held));
                return;
            }

            _created.Add((entity.Name, kept.Id));
            LostConnections(kept, null);
            missing.Add(kept);
            return;
        }

        var reason = owner is not null
            ? $"{key} belongs to {entity.Name} {owner.Id} ({owner}) by now"
            : $"{entity.Name} {namesake.Id} has the same name, and may be the same";
        switch (_options.Conflict)
        {
            case RestoreConflict.Skip:
                Stand(entity, kept, namesake);
                _steps.Add(Idle(PlanAction.Skip, entity, kept, namesake.Id, reason + ": it stays as it is."));
                break;
            case RestoreConflict.Overwrite:
                Stand(entity, kept, namesake);
                changed.Add(new Pair(kept, namesake, null, IsOverwritten: true));
                break;
            default:
                _steps.Add(Idle(PlanAction.Hold, entity, kept, null,
                    $"{reason}. {Advice.Give(Advice.RestoreConflict, "The option Conflict")} says what to do with it."));
                break;
        }
    }

    /// <summary>A record of the account stands for one of the snapshot.</summary>
    private void Stand(CopperEntity entity, ICopperRecord kept, ICopperRecord present)
    {
        _ids[(entity.Name, kept.Id)] = present.Id;
        _claimed.Add((entity.Name, present.Id));
    }

    /// <summary>An activity that was restored before with its author in the details, since the service does not take another one.</summary>
    private ICopperRecord? WithAuthorInText(JsonBody image, ICopperRecord kept, LiveRecords live, HashSet<long> known)
    {
        if (kept is not CopperActivity activity || InText(activity) is not { } text)
        {
            return null;
        }

        var told = image.Copy();
        told.Remove("user_id");
        told["details"] = text;
        return live.Namesakes(LiveRecords.NameOf(activity.ActivityDate, text), known).FirstOrDefault(record =>
            !_claimed.Contains((CopperEntityNames.Activity, record.Id)) && IsRestored(told, kept, record));
    }

    /// <summary>The details with author and date before them; null when nobody knows the author.</summary>
    private string? InText(CopperActivity activity) => _lists!.AuthorOf(activity.UserId) is { } author
        ? ActivityAuthors.TextOf(author, activity.ActivityDate?.ToUnixTimeSeconds(), activity.Details as string)
        : null;

    /// <summary>The record was restored before: it has the same values, and refers to what the other one refers to.</summary>
    private bool IsRestored(JsonBody image, ICopperRecord kept, ICopperRecord present)
    {
        var now = ImageOf(present);
        var whole = ImageOf(kept);
        if (kept is CopperActivity { Type: var type } && present is CopperActivity other)
        {
            if (_lists!.TypeOf(type) is not { } mapped || !RecordFields.AreEqual("type", mapped, new JsonBody
            {
                ["category"] = other.Type?.Category, ["id"] = other.Type?.Id,
            }))
            {
                return false;
            }
        }

        // What the account does not have was left out when it was restored.
        var leftOut = whole.Names.Where(name => !image.Contains(name)).Append("type").ToArray();
        return AreEqual(image, now, [.. References, .. leftOut])
            && References.Where(static name => name != "primary_contact_id").All(name => TargetOf(whole, name) is not { } target
                ? TargetOf(now, name) is null
                : TargetOf(now, name) is not { } present
                    ? !_ids.ContainsKey(target)
                    : _ids.TryGetValue(target, out var id) && present == (target.Entity, id));
    }

    /// <summary>The record has the name and came after the snapshot: it may be the same one, restored and changed since.</summary>
    private static bool IsLikely(CopperSnapshot snapshot, CopperEntity entity, ICopperRecord kept, ICopperRecord present)
    {
        if (entity == CopperEntities.Activity || LiveRecords.NameOf(kept).Length == 0)
        {
            return false;
        }

        if (kept is CopperTask task && present is CopperTask other
            && (task.DueDate != other.DueDate || task.RelatedResource?.Type != other.RelatedResource?.Type))
        {
            return false;
        }

        return entity.DatesOf(present).Created is { } created
            && created.ToUnixTimeSeconds() >= snapshot.Manifest.Started.ToUnixTimeSeconds();
    }

    /// <summary>Records that are not restored themselves may be referred to: whether the account has them is looked up.</summary>
    private async Task FindTargetsAsync(
        IReadOnlyList<CopperEntity> entities, IEnumerable<ICopperRecord> records, CancellationToken cancellationToken)
    {
        if (!_isSame)
        {
            return;
        }

        var isPartial = _options.Ids is not null;
        var targets = records
            .SelectMany(record => ImageOf(record) is var image ? References.Select(name => TargetOf(image, name)) : [])
            .OfType<(string Entity, long Id)>()
            .Where(target => !_ids.ContainsKey(target) && !_created.Contains(target))
            .Where(target => isPartial || entities.All(entity => entity.Name != target.Entity))
            .Distinct().ToArray();
        foreach (var group in targets.GroupBy(static target => target.Entity))
        {
            var existing = await LiveRecords.ExistingAsync(
                client, CopperEntities.GetPrimary(group.Key), [.. group.Select(static target => target.Id)], cancellationToken)
                .ConfigureAwait(false);
            foreach (var id in existing)
            {
                _ids[(group.Key, id)] = id;
            }
        }
    }

    private RestoredEnd? FindEnd(RecordEnd end)
    {
        if (end.Type == CopperEntityNames.User)
        {
            return _lists!.UserOf(end.Id) is { } user ? new RestoredEnd(end with { Id = user }, false, true) : null;
        }

        var key = (end.Type, end.Id);
        return _created.Contains(key) ? new RestoredEnd(end with { Id = OldIdOf(end.Id) }, true, false)
            : _ids.TryGetValue(key, out var id) ? new RestoredEnd(end with { Id = id }, !_isSame || id != end.Id, true)
            : _isSame && (_options.Ids is not null || !_matched.Contains(end.Type)) ? new RestoredEnd(end, false, true, IsUnsure: true)
            : null;
    }

    private CopperPlanStep CreateStep(CopperEntity entity, ICopperRecord kept)
    {
        var lost = new List<string>();
        var unreadable = UnreadableIn(kept);
        NoteUnreadable(entity, kept, unreadable);
        var fields = MapReferences(_lists!.Map(entity.Name, ImageOf(kept), lost, createsFields: true), lost);
        if (kept is CopperActivity activity)
        {
            if (!fields.Contains("user_id") && InText(activity) is { } text)
            {
                fields["details"] = text;
            }

            fields["type"] = _lists.TypeOf(activity.Type);
            if (!fields.Contains("parent"))
            {
                return Idle(PlanAction.Skip, entity, kept, null, $"The {activity.Parent?.Type} that it is about is not there.");
            }
        }
        else if (kept is CopperTask task && _lists.LostTaskType(task) is { } type)
        {
            lost.Add(type);
        }

        return new CopperPlanStep
        {
            Action = PlanAction.Create,
            Entity = entity.Name,
            OldId = OldIdOf(kept.Id),
            Name = kept.ToString(),
            Fields = GivenValues.Completed(entity.Name, fields).ToString(),
            Changes = new PlanChangeList(fields.Where(static member => member.Value is not null)
                .Select(member => RecordDifference.Created(member.Key, kept, member.Value, _names!))),
            Reason = Joined(ReasonOf(entity, fields, lost), unreadable.Length == 0 ? null
                : $"Without {string.Join(", ", unreadable.Select(name => FieldWords.LabelOf(entity.Name, name)))}: what the snapshot holds "
                    + "there cannot be read."),
        };
    }

    private CopperPlanStep? UpdateStep(CopperEntity entity, Pair pair, PropertyFilter properties)
    {
        var lost = new List<string>();
        var wanted = new JsonBody();
        var unreadable = UnreadableIn(pair.Kept);
        NoteUnreadable(entity, pair.Kept, unreadable);
        foreach (var field in RecordFields.Writable(entity.Name).Where(static field => field != RecordFields.CustomFields))
        {
            if (properties.Has(field) && !unreadable.Contains(field))
            {
                wanted[field] = RecordFields.ValueOf(pair.Kept, field, _options.DateFormat);
            }
        }

        wanted = MapReferences(_lists!.Map(entity.Name, wanted, lost, createsFields: true), lost);
        if (pair.Kept is CopperActivity activity && wanted.Contains("type"))
        {
            wanted["type"] = _lists.TypeOf(activity.Type);
        }

        var fields = new JsonBody();
        foreach (var member in wanted)
        {
            if (!RecordFields.MeanSame(member.Key, member.Value, RecordFields.ValueOf(pair.Present, member.Key, _options.DateFormat)))
            {
                fields[member.Key] = member.Value;
            }
        }

        var items = unreadable.Contains(RecordFields.CustomFields) ? [] : FieldItems(entity, pair, properties, lost);
        if (items.Length > 0)
        {
            fields[RecordFields.CustomFields] = items;
        }

        if (fields.Count == 0)
        {
            return lost.Count > 0 && !pair.IsOverwritten ? null
                : pair.IsOverwritten ? Idle(PlanAction.Skip, entity, pair.Kept, pair.Present.Id, "It has these values already.") : null;
        }

        if (pair.Taken is not null && (fields.Contains("emails") || fields.Contains("email_domain")))
        {
            if (_options.Conflict != RestoreConflict.Skip)
            {
                return Idle(
                    PlanAction.Hold, entity, pair.Kept, pair.Present.Id,
                    $"{pair.Taken}. {Advice.Give(Advice.RestoreConflictSkip, "RestoreConflict.Skip")} restores the rest.");
            }

            fields.Remove("emails");
            fields.Remove("email_domain");
            lost.Add(pair.Taken);
            if (fields.Count == 0)
            {
                return Idle(PlanAction.Skip, entity, pair.Kept, pair.Present.Id, pair.Taken + ".");
            }
        }

        var before = RecordFields.ImageOf(pair.Present, fields, _options.DateFormat);
        return new CopperPlanStep
        {
            Action = PlanAction.Update,
            Entity = entity.Name,
            Id = pair.Present.Id,
            OldId = pair.IsOverwritten ? OldIdOf(pair.Kept.Id) : null,
            Name = pair.Present.ToString(),
            MatchedBy = pair.IsOverwritten ? "OnConflict" : "Id",
            Modified = CopperPlanStep.TextOf(entity.DatesOf(pair.Present).Modified),
            Fields = fields.ToString(),
            Before = before.ToString(),
            Changes = new PlanChangeList(fields.SelectMany(member =>
                RecordDifference.Restored(
                member.Key, pair.Present, pair.Kept, before[member.Key], member.Value, _names!, _isSame))),
            Reason = ReasonOf(entity, WithStage(fields, pair.Present), lost),
        };
    }

    /// <summary>The custom fields that differ, with the values of the snapshot.</summary>
    private JsonBody[] FieldItems(CopperEntity entity, Pair pair, PropertyFilter properties, List<string> lost)
    {
        if (pair.Kept is not ICustomFieldRecord { CustomFields: var old }
            || pair.Present is not ICustomFieldRecord { CustomFields: var now })
        {
            return [];
        }

        var wanted = new JsonBody
        {
            [RecordFields.CustomFields] = old.Where(field => field.DefinitionId is not null && properties.HasField(field.Name))
                .Select(static field => RecordFields.Item(field.DefinitionId!.Value, field.IsEmpty ? null : field.Value)).ToArray(),
        };
        var unknown = new List<string>();
        var mapped = RecordFields.Items(
            _lists!.Map(entity.Name, wanted, unknown, createsFields: true)[RecordFields.CustomFields]);
        lost.AddRange(unknown.Where(text => old.Any(field => !field.IsEmpty && text.Contains($"field '{field.Name}'"))));
        return
        [
            .. mapped.Where(item =>
            {
                var value = now.Find(field => field.DefinitionId == item.Id)?.Value;
                JsonBody[] one = [RecordFields.Item(item.Id, item.Value)];
                JsonBody[] other = [RecordFields.Item(item.Id, value)];
                return !RecordFields.AreEqual(RecordFields.CustomFields, one, other);
            }).Select(static item => RecordFields.Item(item.Id, item.Value)),
        ];
    }

    /// <summary>The fields with the ids by which records are known now, or will be created.</summary>
    private JsonBody MapReferences(JsonBody fields, List<string> lost)
    {
        var mapped = new JsonBody();
        foreach (var member in fields)
        {
            if (TargetOf(fields, member.Key) is not { } target)
            {
                mapped[member.Key] = member.Value;
                continue;
            }

            var id = _ids.TryGetValue(target, out var known) ? known
                : _created.Contains(target) ? OldIdOf(target.Id)
                : (long?)null;
            if (id is null)
            {
                lost.Add(FormattableString.Invariant($"{target.Entity} {target.Id}"));
            }
            else
            {
                mapped[member.Key] = member.Key is "related_resource" or "parent"
                    ? new JsonBody { ["id"] = id, ["type"] = target.Entity }
                    : id;
            }
        }

        return mapped;
    }

    /// <summary>What the record has in fields that can be written. Connections show among the custom fields, and are no values.</summary>
    private JsonBody ImageOf(ICopperRecord record)
    {
        var image = RecordFields.WholeImageOf(record, _options.DateFormat);
        if (image.Contains(RecordFields.CustomFields))
        {
            var items = RecordFields.Items(image[RecordFields.CustomFields]).Where(item => !_lists!.IsConnect(item.Id)).ToArray();
            image.Remove(RecordFields.CustomFields);
            if (items.Length > 0)
            {
                image[RecordFields.CustomFields] = items.Select(static item => RecordFields.Item(item.Id, item.Value)).ToArray();
            }
        }

        return image;
    }

    private static (string Entity, long Id)? TargetOf(JsonBody fields, string name)
    {
        if (!fields.Contains(name) || fields[name] is not { } value)
        {
            return null;
        }

        return name switch
        {
            "company_id" => (CopperEntityNames.Company, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            "primary_contact_id" => (CopperEntityNames.Person, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            "related_resource" or "parent" when value is JsonBody pointer && pointer["type"] is string type =>
                (type, Convert.ToInt64(pointer["id"], CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    private static bool AreEqual(JsonBody one, JsonBody other, string[] except) => one.Names.Union(other.Names)
        .Where(name => !except.Contains(name))
        .All(name => RecordFields.MeanSame(
            name, one.Contains(name) ? one[name] : null, other.Contains(name) ? other[name] : null));

    /// <summary>In another account an id of the snapshot may be that of some other record: the plan marks those of the snapshot.</summary>
    private long OldIdOf(long id) => _isSame ? id : -id;

    private bool IsWritable(CopperActivity activity) => _lists!.TypeOf(activity.Type) is not null;

    /// <summary>What is left out of a step, and what the service may reject in the rest.</summary>
    private string? ReasonOf(CopperEntity entity, JsonBody fields, List<string> lost)
    {
        var problems = RestoreCheck.ProblemsOf(entity.Name, fields, _lists!.LiveField, _options.DateFormat, _lists!.IsStageOf);
        var warning = problems.Count == 0 ? null : $"{Doubt}: {string.Join("; ", problems)}.";
        return Without(lost) is not { } without ? warning : warning is null ? without : $"{without} {warning}";
    }

    /// <summary>What points to a record that the service may reject waits with it.</summary>
    private void AnnounceFollowers()
    {
        for (var start = new HashSet<RecordEnd>(); ; )
        {
            var count = start.Count;
            foreach (var step in _steps.Where(static step => step is { Action: PlanAction.Create, OldId: not null }
                && step.Reason?.Contains(Doubt) == true))
            {
                start.Add(new RecordEnd(step.Entity, step.OldId!.Value));
            }

            if (start.Count == count)
            {
                return;
            }

            for (var place = 0; place < _steps.Count; place++)
            {
                var step = _steps[place];
                if (step is { Action: PlanAction.Create or PlanAction.Update, Fields: not null } && step.Reason?.Contains(Doubt) != true
                    && step.Body().Select(static member => ReferenceFields.TargetOf(member.Key, member.Value))
                        .FirstOrDefault(end => end is not null && start.Contains(end)) is { } target)
                {
                    _steps[place] = step.With(reason: (step.Reason is { } reason ? reason + " " : string.Empty)
                        + $"{Doubt}: it points to {target}, which it may reject.");
                }
            }
        }
    }

    /// <summary>Of an update the fields with those that they are judged with: a stage with its pipeline, a loss reason with the
    /// status.</summary>
    private static JsonBody WithStage(JsonBody fields, ICopperRecord present)
    {
        var all = fields.Copy();
        if (present is CopperOpportunity deal)
        {
            foreach (var (name, value) in new (string, object?)[]
            {
                ("pipeline_id", deal.PipelineId), ("pipeline_stage_id", deal.PipelineStageId), ("status", deal.Status),
            })
            {
                if (!all.Contains(name) && value is not null)
                {
                    all[name] = value;
                }
            }
        }

        return all;
    }

    /// <summary>Why a record must wait whose unique value another one of the snapshot gets; null when none does.</summary>
    private string? FirstWith(CopperEntity entity, ICopperRecord kept)
    {
        foreach (var key in LiveRecords.KeysOf(kept).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var place = $"{entity.Name} {key}".ToLowerInvariant();
            if (_keys.TryGetValue(place, out var first))
            {
                return $"{key} belongs to {entity.Name} {first} of the snapshot too, which is created with it.";
            }

            _keys.Add(place, kept.Id);
        }

        return null;
    }

    private static string? Joined(string? one, string? other) => one is null ? other : other is null ? one : $"{one} {other}";

    private static string? Without(List<string> lost) =>
        lost.Count == 0 ? null : $"Without {string.Join(", ", lost.Distinct())}: the account does not have it, or it cannot be written.";

    private CopperPlanStep Idle(PlanAction action, CopperEntity entity, ICopperRecord kept, long? id, string reason) => new()
    {
        Action = action,
        Entity = entity.Name,
        Id = id,
        OldId = OldIdOf(kept.Id),
        Name = kept.ToString(),
        Reason = reason,
    };

    /// <summary>A record of the snapshot and the one of the account.</summary>
    /// <param name="Kept">As the snapshot has it.</param>
    /// <param name="Present">As the account has it.</param>
    /// <param name="Taken">Who has its unique value by now; null for nobody.</param>
    /// <param name="IsOverwritten">The record of the account is another one, which gets the values all the same.</param>
    private sealed record Pair(ICopperRecord Kept, ICopperRecord Present, string? Taken, bool IsOverwritten = false);
}
