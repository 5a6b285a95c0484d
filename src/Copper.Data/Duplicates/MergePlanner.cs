using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Relations;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Duplicates;

/// <summary>
/// Makes the plan that merges records into one of them, which the service itself does not offer to programs: the record to keep gets the
/// values that it lacks, and everything that belongs to the others, which are deleted last. A record with something that no program can
/// move, such as a file, is held.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="prefer">From which record a missing value is taken.</param>
/// <param name="dateFormat">How the account writes a close date.</param>
/// <param name="progress">Is told how many groups were read; null for nobody.</param>
public sealed class MergePlanner(
    CopperClient client, MergePreference prefer = MergePreference.MostComplete, string dateFormat = "MM/dd/yyyy",
    IProgress<DuplicateProgress>? progress = null)
{
    private CopperClient Client => client;

    private string DateFormat => dateFormat;

    private const string InWebApp = "merge it in the web app";

    private readonly List<CopperPlanStep> _steps = [];
    private readonly List<long> _missing = [];
    private readonly RecordNameLoader _names = new(client.Metadata);
    private ISet<long> _connectFields = new HashSet<long>();
    private IReadOnlyList<CopperActivityType> _types = [];

    /// <summary>The ids that no record has; complete when the plan is made.</summary>
    public IReadOnlyList<long> Missing => _missing;

    /// <summary>Makes the plan. It reads the records and what belongs to them, and writes nothing.</summary>
    /// <param name="groups">The groups, all of one entity.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputRejectedException">The entity cannot be merged, or the groups are of several.</exception>
    public async Task<ChangePlan> PlanAsync(IReadOnlyList<MergeGroup> groups, CancellationToken cancellationToken = default)
    {
        _steps.Clear();
        _missing.Clear();
        if (groups.Count == 0)
        {
            return new ChangePlan([]);
        }

        var entity = CheckEntity(groups);
        var fields = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        _types = await client.Metadata.ActivityTypes.GetAsync(cancellationToken).ConfigureAwait(false);
        _connectFields = new HashSet<long>(fields.Where(static field => field.DataType == CustomFieldTypes.Connect)
            .Select(static field => field.Id));
        var records = await ReadAsync(entity, groups, cancellationToken).ConfigureAwait(false);
        var claimed = new HashSet<long>();
        for (var number = 1; number <= groups.Count; number++)
        {
            await AddGroupAsync(number, groups[number - 1], records, claimed, cancellationToken).ConfigureAwait(false);
            progress?.Report(new DuplicateProgress("Reading what belongs to the records", number, groups.Count));
        }

        return new ChangePlan(_steps.Select(static (step, place) => step.With(step: place + 1).Sealed()));
    }

    private static string CheckEntity(IReadOnlyList<MergeGroup> groups)
    {
        var entity = groups[0].Entity;
        DuplicateIndex.CheckEntity(entity);
        return groups.FirstOrDefault(group => group.Entity != entity) is { } other
            ? throw new InputRejectedException(
                InputRejection.EntityMismatch,
                $"A group of {other.Entity} records cannot be merged together with groups of {entity} records: merge them one kind after "
                    + "the other.",
                other)
            : entity;
    }

    private async Task<Dictionary<long, ICopperRecord>> ReadAsync(
        string entity, IReadOnlyList<MergeGroup> groups, CancellationToken cancellationToken)
    {
        var access = RecordAccess.Of(client, entity);
        var ids = groups.SelectMany(IdsOf).Distinct().ToArray();
        var records = new Dictionary<long, ICopperRecord>();
        for (var start = 0; start < ids.Length; start += SearchQuery.LargestPage)
        {
            var part = ids.Skip(start).Take(SearchQuery.LargestPage).ToArray();
            foreach (var record in await access.FindAsync(part, cancellationToken).ConfigureAwait(false))
            {
                records[record.Key] = record.Value;
            }
        }

        _missing.AddRange(ids.Where(id => !records.ContainsKey(id)));
        var all = records.Values.ToArray();
        if (_names.NeedsLoading(all))
        {
            await _names.LoadAsync(all, cancellationToken).ConfigureAwait(false);
        }

        return records;
    }

    private static IEnumerable<long> IdsOf(MergeGroup group) => group.Keep is { } keep ? group.Ids.Prepend(keep) : group.Ids;

    private async Task AddGroupAsync(
        int number, MergeGroup group, Dictionary<long, ICopperRecord> records, HashSet<long> claimed, CancellationToken cancellationToken)
    {
        var ids = IdsOf(group).Distinct().ToArray();
        foreach (var id in ids.Where(id => !records.ContainsKey(id)))
        {
            _steps.Add(Held(group.Entity, id, null, $"There is no {group.Entity} {id} any more."));
        }

        var present = ids.Where(records.ContainsKey).Select(id => records[id]).ToArray();
        foreach (var record in present.Where(record => claimed.Contains(record.Id)))
        {
            _steps.Add(Held(group.Entity, record.Id, record.ToString(), "It is in a group before this one, too: merge again afterwards."));
        }

        present = [.. Ordered(present.Where(record => claimed.Add(record.Id)))];
        var keep = group.Keep is null ? present.FirstOrDefault() : present.FirstOrDefault(record => record.Id == group.Keep);
        if (keep is null || present.Length < 2)
        {
            _steps.AddRange(present.Where(record => record != keep).Select(record =>
                Held(group.Entity, record.Id, record.ToString(), $"The {group.Entity} to keep is not there.")));
            return;
        }

        var merged = new MergedRecord(this, number, keep);
        foreach (var other in present.Where(record => record != keep))
        {
            var (reason, activities) = await WhyHeldAsync(other, cancellationToken).ConfigureAwait(false);
            if (reason is not null)
            {
                _steps.Add(Held(group.Entity, other.Id, other.ToString(), reason));
            }
            else
            {
                merged.Add(other, activities);
            }
        }

        _steps.AddRange(await merged.StepsAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The records in the order in which values are taken from them.</summary>
    private IEnumerable<ICopperRecord> Ordered(IEnumerable<ICopperRecord> records)
    {
        var dated = records.Select(static record => (
            Record: record,
            Created: CopperEntities.GetPrimary(record.GetEntityType()).DatesOf(record).Created ?? DateTimeOffset.MaxValue));
        var sorted = prefer switch
        {
            MergePreference.Oldest => dated.OrderBy(static item => item.Created),
            MergePreference.Newest => dated.OrderByDescending(static item => item.Created),
            _ => dated.OrderByDescending(static item => RecordChoice.ValuesIn(item.Record)).ThenBy(static item => item.Created),
        };
        return sorted.ThenBy(static item => item.Record.Id).Select(static item => item.Record);
    }

    /// <summary>What of a record no program can move; null for nothing. Its activities come with the response.</summary>
    private async Task<(string? Reason, IReadOnlyList<CopperActivity> Activities)> WhyHeldAsync(
        ICopperRecord record, CancellationToken cancellationToken)
    {
        if (record is CopperLead { ConvertedAt: not null })
        {
            return ("The lead was converted, and has become other records.", []);
        }

        var entity = CopperEntities.GetPrimary(record.GetEntityType());
        try
        {
            var files = (await client.Files.GetAsync(entity, record.Id, cancellationToken).ConfigureAwait(false))
                .Where(static file => file.IsDeleted is not true).ToArray();
            if (files.Length > 0)
            {
                return ($"It has {Count(files.Length, "file")} ({files[0].Name}{(files.Length > 1 ? ", …" : string.Empty)}), which no "
                    + $"program can move: {InWebApp}.", []);
            }

            var filter = new JsonBody { ["parent"] = new RecordEnd(entity.Name, record.Id).ToBody() };
            var activities = new List<CopperActivity>();
            await foreach (var activity in client.Activities.Search(new SearchQuery { Filter = filter, ReadsAll = true })
                .WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                activities.Add(activity);
            }

            return (WhyHeld(record, activities), activities);
        }
        catch (CopperPermissionException refusal)
        {
            return ($"Whether it has files or e-mails cannot be read ({refusal.Message}): {InWebApp}.", []);
        }
    }

    private string? WhyHeld(ICopperRecord record, List<CopperActivity> activities)
    {
        var written = activities.Where(static activity => activity.Type?.Category == CopperActivityType.UserCategory).ToArray();
        var history = activities.Count - written.Length;
        if (history > 0)
        {
            return $"It has {Count(history, "e-mail or other entry", "e-mails or other entries")} of the service's own history, which no "
                + $"program can move: {InWebApp}.";
        }

        var interactions = record switch
        {
            CopperPerson person => person.InteractionCount,
            CopperCompany company => company.InteractionCount,
            _ => (record as CopperLead)?.InteractionCount,
        } ?? 0;
        if (interactions > written.Length)
        {
            return $"It has {Count(interactions, "interaction")}, of which a program sees {written.Length} only: {InWebApp}.";
        }

        return written.FirstOrDefault(activity => !IsWritable(activity)) is { } fixedActivity
            ? $"It has an activity of the type '{_types.FirstOrDefault(type => IsOf(type, fixedActivity))?.Name ?? "unknown"}', which is "
                + $"disabled, so that no program can move it: {InWebApp}."
            : null;
    }

    private bool IsWritable(CopperActivity activity) => activity.Details is string { Length: > 0 }
        && _types.Any(type => IsOf(type, activity) && type.IsDisabled is not true);

    private static bool IsOf(CopperActivityType type, CopperActivity activity) =>
        type.Category == activity.Type?.Category && type.Id == activity.Type?.Id;

    private static string Count(long count, string one, string? several = null) =>
        FormattableString.Invariant($"{count} {(count == 1 ? one : several ?? one + "s")}");

    private static CopperPlanStep Held(string entity, long id, string? name, string reason) =>
        new() { Action = PlanAction.Hold, Entity = entity, Id = id, Name = name, Reason = reason };

    /// <summary>A record to keep, and those that are merged into it.</summary>
    private sealed class MergedRecord(MergePlanner planner, long number, ICopperRecord keep)
    {
        private readonly CopperClient _client = planner.Client;
        private readonly RecordEnd _keep = new(keep.GetEntityType(), keep.Id);
        private readonly MergedFields _fields = new(keep, planner.DateFormat, planner._connectFields);
        private readonly List<(ICopperRecord Record, IReadOnlyList<CopperActivity> Activities, IReadOnlyList<string> Lost)> _others = [];
        private readonly HashSet<string> _links = new(StringComparer.Ordinal);

        public void Add(ICopperRecord other, IReadOnlyList<CopperActivity> activities) =>
            _others.Add((other, activities, _fields.Add(other)));

        /// <summary>The steps: what is unique is given up first, and the records are deleted last.</summary>
        public async Task<IReadOnlyList<CopperPlanStep>> StepsAsync(CancellationToken cancellationToken)
        {
            var steps = new List<CopperPlanStep>();
            if (_others.Count == 0)
            {
                return steps;
            }

            foreach (var (other, _, _) in _others)
            {
                if (_fields.ReleaseOf(other) is { } release)
                {
                    steps.Add(Update(other, release, reason: $"{_keep} gets what only one record may have."));
                }
            }

            if (_fields.Fields is { Count: > 0 } fields)
            {
                steps.Add(Update(keep, fields, _fields.Changes));
            }

            await NoteLinksAsync(cancellationToken).ConfigureAwait(false);
            foreach (var (other, activities, lost) in _others)
            {
                var dependents = await new DependentRecords(_client, planner.DateFormat).ReadAsync(other, cancellationToken)
                    .ConfigureAwait(false);
                steps.AddRange(dependents.SelectMany(change => Moved(new RecordEnd(_keep.Type, other.Id), change)));
                steps.AddRange(activities.SelectMany(Moved));
                steps.Add(Delete(other, lost));
            }

            return steps;
        }

        private CopperPlanStep Update(ICopperRecord record, JsonBody fields, PlanChangeList? changes = null, string? reason = null)
        {
            var before = RecordFields.ImageOf(record, fields, planner.DateFormat);
            return new CopperPlanStep
            {
                Action = PlanAction.Update,
                Entity = _keep.Type,
                Id = record.Id,
                Name = record.ToString(),
                Group = number,
                Modified = CopperPlanStep.TextOf(CopperEntities.GetPrimary(_keep.Type).DatesOf(record).Modified),
                Fields = fields.ToString(),
                Before = before.ToString(),
                Changes = changes ?? new PlanChangeList(fields.Select(member => new PlanChange(
                    Snapshots.RecordDifference.Pascal(member.Key), RecordFields.Shown(before[member.Key]),
                    RecordFields.Shown(member.Value)))),
                Reason = reason,
            };
        }

        /// <summary>What the record to keep is joined with already is not joined again.</summary>
        private async Task NoteLinksAsync(CancellationToken cancellationToken)
        {
            var entity = CopperEntities.GetPrimary(_keep.Type);
            if (entity.RelatedEntities.Count > 0)
            {
                foreach (var item in await _client.RelatedItems.GetAsync(entity, keep.Id, null, cancellationToken).ConfigureAwait(false))
                {
                    _links.Add($"{new RecordEnd(item.Type ?? string.Empty, item.Id)}");
                }
            }

            if (planner._connectFields.Count > 0 && ConnectionEndpoint.Entities.Contains(_keep.Type))
            {
                foreach (var connection in await _client.Connections.GetAsync(keep, null, cancellationToken)
                    .ConfigureAwait(false))
                {
                    _links.Add(KeyOf(LinkAccess.BodyOf(connection)));
                }
            }
        }

        /// <summary>What hung on a record hangs on the one to keep afterwards.</summary>
        private IEnumerable<CopperPlanStep> Moved(RecordEnd other, DependentChange change)
        {
            if (change.Action == PlanAction.Update)
            {
                var fields = new JsonBody();
                foreach (var name in change.Fields.Names)
                {
                    fields[name] = ReferenceFields.ValueOf(name, _keep);
                }

                yield return new CopperPlanStep
                {
                    Action = PlanAction.Update,
                    Entity = change.Entity,
                    Id = change.Id,
                    Name = change.Name,
                    Group = number,
                    Fields = fields.ToString(),
                    Before = change.Before?.ToString(),
                    Changes = new PlanChangeList(fields.Names.Select(name =>
                        new PlanChange(Snapshots.RecordDifference.Pascal(name), other.ToString(), _keep.ToString()))),
                };
                yield break;
            }

            var moved = new JsonBody();
            foreach (var member in change.Fields)
            {
                moved[member.Key] = RecordEnd.From(member.Value) == other ? _keep.ToBody() : member.Value;
            }

            if (!JoinsItself(moved) && _links.Add(KeyOf(moved)))
            {
                yield return Link(PlanAction.Create, change.Entity, null, moved);
            }

            yield return Link(PlanAction.Delete, change.Entity, change.Id, change.Fields);
        }

        private CopperPlanStep Link(PlanAction action, string entity, long? id, JsonBody fields) => new()
        {
            Action = action,
            Entity = entity,
            Id = id,
            Name = LinkAccess.ShownOf(entity, fields),
            Group = number,
            Fields = fields.ToString(),
        };

        /// <summary>An activity says only once what it belongs to: it is created again, and the former one deleted.</summary>
        private IEnumerable<CopperPlanStep> Moved(CopperActivity activity)
        {
            var fields = RecordFields.WholeImageOf(activity, planner.DateFormat);
            fields["parent"] = _keep.ToBody();
            yield return new CopperPlanStep
            {
                Action = PlanAction.Create,
                Entity = CopperEntityNames.Activity,
                Name = activity.ToString(),
                Group = number,
                Fields = fields.ToString(),
                Changes = [new PlanChange("Parent", activity.Parent?.ToString(), _keep.ToString())],
            };
            yield return new CopperPlanStep
            {
                Action = PlanAction.Delete,
                Entity = CopperEntityNames.Activity,
                Id = activity.Id,
                Name = activity.ToString(),
                Group = number,
                Modified = CopperPlanStep.TextOf(activity.DateModified),
                Reason = $"It is created again for {_keep}.",
            };
        }

        /// <summary>The steps before change the record; what they leave alone must be as it was.</summary>
        private CopperPlanStep Delete(ICopperRecord other, IReadOnlyList<string> lost)
        {
            var before = RecordFields.WholeImageOf(other, planner.DateFormat);
            before.Remove(MergedFields.Emails);
            before.Remove(MergedFields.Domain);
            if (before.Contains(RecordFields.CustomFields))
            {
                before[RecordFields.CustomFields] = RecordFields.Items(before[RecordFields.CustomFields])
                    .Where(item => !planner._connectFields.Contains(item.Id))
                    .Select(static item => RecordFields.Item(item.Id, item.Value)).ToArray();
            }

            return new CopperPlanStep
            {
                Action = PlanAction.Delete,
                Entity = _keep.Type,
                Id = other.Id,
                Name = other.ToString(),
                Group = number,
                Before = before.ToString(),
                Reason = $"Merged into {_keep}."
                    + (lost.Count == 0 ? string.Empty : $" Not kept: {string.Join(", ", lost)}."),
            };
        }

        private static bool JoinsItself(JsonBody link) =>
            link.Select(static member => RecordEnd.From(member.Value)).OfType<RecordEnd>().GroupBy(static end => end).Any(
                static group => group.Skip(1).Any());

        /// <summary>A text for each link of the record to keep: its other end, and of a connection the field.</summary>
        private string KeyOf(JsonBody? link)
        {
            var ends = (link ?? []).Select(static member => RecordEnd.From(member.Value)).OfType<RecordEnd>()
                .Where(end => end != _keep).Select(static end => end.ToString()).ToArray();
            return link?.Contains(LinkAccess.Definition) == true
                ? FormattableString.Invariant($"{RecordEnd.IdOf(link[LinkAccess.Definition])} {string.Join(" ", ends)}")
                : string.Join(" ", ends);
        }
    }
}
