using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// The lists of a snapshot and those of the account: an id stays where the list still has it and the account is the same, else the item of
/// the same name takes its place.
/// </summary>
internal sealed class RestoreLists
{
    private const string User = CopperEntityNames.User;

    private readonly bool _isSame;
    private readonly Dictionary<string, Dictionary<long, long>> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<long, string>> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Category, long Id), CopperActivityType> _types = [];
    private readonly Dictionary<(string? Category, long Id), string> _typeNames = [];
    private readonly Dictionary<long, CopperCustomFieldDefinition> _oldFields = [];
    private readonly Dictionary<long, CopperCustomFieldDefinition> _fields = [];

    private readonly Dictionary<long, CopperCustomFieldDefinition> _liveFields = [];
    private readonly HashSet<(long Pipeline, long Stage)> _liveStages = [];
    private readonly HashSet<long> _connects = [];
    private readonly Dictionary<long, string> _authors = [];
    private IReadOnlyDictionary<long, string> _oldTaskTypes = new Dictionary<long, string>();
    private IReadOnlyDictionary<long, string> _otherTaskTypes = new Dictionary<long, string>();
    private MissingFields? _missingFields;

    private RestoreLists(bool isSame) => _isSame = isSame;

    /// <summary>Reads the lists of both.</summary>
    /// <exception cref="SnapshotException">A user to be mapped is in neither list.</exception>
    public static async Task<RestoreLists> ReadAsync(
        CopperMetadata old, CopperMetadata live, bool isSame, IReadOnlyDictionary<string, string?> users,
        CancellationToken cancellationToken)
    {
        var lists = new RestoreLists(isSame);
        var oldUsers = await old.Users.GetAsync(cancellationToken).ConfigureAwait(false);
        var liveUsers = await live.Users.GetAsync(cancellationToken).ConfigureAwait(false);
        lists.Add(
            User, oldUsers.Select(static user => (user.Id, user.Name)), liveUsers.Select(static user => (user.Id, user.Name)));
        lists.MapUsers(oldUsers, liveUsers, users);
        foreach (var user in oldUsers)
        {
            lists._authors[user.Id] = (lists.UserOf(user.Id) is { } id ? liveUsers.FirstOrDefault(one => one.Id == id) : null)?.Name
                ?? user.Name ?? user.Id.ToString(CultureInfo.InvariantCulture);
        }

        await lists.AddAsync("contact_type_id", old.ContactTypes, live.ContactTypes, cancellationToken).ConfigureAwait(false);
        await lists.AddAsync("customer_source_id", old.CustomerSources, live.CustomerSources, cancellationToken).ConfigureAwait(false);
        await lists.AddAsync("loss_reason_id", old.LossReasons, live.LossReasons, cancellationToken).ConfigureAwait(false);
        await lists.AddAsync("status_id", old.LeadStatuses, live.LeadStatuses, cancellationToken).ConfigureAwait(false);
        var oldPipelines = await old.Pipelines.GetAsync(cancellationToken).ConfigureAwait(false);
        var livePipelines = await live.Pipelines.GetAsync(cancellationToken).ConfigureAwait(false);
        lists.Add(
            "pipeline_id", oldPipelines.Select(static one => (one.Id, one.Name)), livePipelines.Select(static one => (one.Id, one.Name)));
        lists.Add("pipeline_stage_id", Stages(oldPipelines), Stages(livePipelines));
        foreach (var type in await old.ActivityTypes.GetAsync(cancellationToken).ConfigureAwait(false))
        {
            lists._typeNames[(type.Category, type.Id)] = type.Name ?? string.Empty;
        }

        var liveTypes = await live.ActivityTypes.GetAsync(cancellationToken).ConfigureAwait(false);
        foreach (var type in lists._typeNames)
        {
            var found = liveTypes.FirstOrDefault(one => one.Category == type.Key.Category && one.Id == type.Key.Id
                    && (isSame || one.Id == 0 || IsSame(one.Name, type.Value)))
                ?? liveTypes.FirstOrDefault(one => one.Category == type.Key.Category && IsSame(one.Name, type.Value));
            if (found is not null)
            {
                lists._types[type.Key] = found;
            }
        }

        foreach (var field in await old.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false))
        {
            lists._oldFields[field.Id] = field;
        }

        var liveFields = await live.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        foreach (var field in liveFields)
        {
            lists._liveFields[field.Id] = field;
        }

        lists._liveStages.UnionWith(livePipelines.SelectMany(
            static pipeline => pipeline.Stages.Select(stage => (pipeline.Id, stage.Id))));
        lists._connects.UnionWith(lists._oldFields.Values.Concat(liveFields)
            .Where(static field => field.DataType == CustomFieldTypes.Connect).Select(static field => field.Id));
        foreach (var field in lists._oldFields.Values)
        {
            var found = liveFields.FirstOrDefault(one => isSame && one.Id == field.Id && one.DataType == field.DataType)
                ?? liveFields.FirstOrDefault(one => IsSame(one.Name, field.Name) && one.DataType == field.DataType
                    && one.AvailableOn.Intersect(field.AvailableOn).Any());
            if (found is not null)
            {
                lists._fields[field.Id] = found;
            }
        }

        lists._oldTaskTypes = await GivenValues.TaskTypesAsync(old, cancellationToken).ConfigureAwait(false);
        lists._otherTaskTypes = await GivenValues.TaskTypesAsync(live, cancellationToken).ConfigureAwait(false);
        lists._missingFields = new MissingFields(
            lists._oldFields.Values.Where(field => !lists._fields.ContainsKey(field.Id)), liveFields);
        return lists;

        static IEnumerable<(long Id, string? Name)> Stages(IEnumerable<CopperPipeline> pipelines) =>
            pipelines.SelectMany(static pipeline => pipeline.Stages.Select(stage => (stage.Id, (string?)$"{pipeline.Name}\n{stage.Name}")));
    }

    /// <summary>The fields with the ids of the account. What the account does not have is left out, and named.</summary>
    /// <param name="entity">The entity, in the API's singular word.</param>
    /// <param name="fields">The fields as the snapshot has them.</param>
    /// <param name="missing">Gets a sentence part for each that is left out.</param>
    /// <param name="createsFields">The plan creates the custom fields that are missing, where that is possible.</param>
    public JsonBody Map(string entity, JsonBody fields, List<string> missing, bool createsFields = false)
    {
        var mapped = new JsonBody();
        foreach (var member in fields)
        {
            var value = member.Value;
            var list = member.Key is "assignee_id" or "user_id" ? User : member.Key;
            if (value is null)
            {
                mapped[member.Key] = null;
            }
            else if (member.Key == RecordFields.CustomFields)
            {
                mapped[member.Key] = MapFields(entity, value, missing, createsFields);
            }
            else if (_ids.TryGetValue(list, out var ids))
            {
                var id = Convert.ToInt64(value, CultureInfo.InvariantCulture);
                if (ids.TryGetValue(id, out var known))
                {
                    mapped[member.Key] = known;
                }
                else
                {
                    var name = _names[list].TryGetValue(id, out var text) ? text.Replace("\n", ": ") : null;
                    missing.Add($"{(list == User ? User : member.Key.Replace("_id", string.Empty).Replace('_', ' '))} "
                        + (name is { Length: > 0 } ? $"'{name}'" : id.ToString(CultureInfo.InvariantCulture)));
                }
            }
            else
            {
                mapped[member.Key] = value;
            }
        }

        if (!mapped.Contains("pipeline_id") && mapped.Contains("pipeline_stage_id") && fields.Contains("pipeline_id"))
        {
            // A stage belongs to its pipeline.
            mapped.Remove("pipeline_stage_id");
        }

        return mapped;
    }

    /// <summary>The steps that create the custom fields which records need and the account does not have.</summary>
    public IEnumerable<CopperPlanStep> FieldSteps() => _missingFields!.Steps();

    /// <summary>
    /// The name of the author of an activity: of the user of the account where there is one, else as the snapshot has it.
    /// </summary>
    public string? AuthorOf(long? userId) => userId is { } id && _authors.TryGetValue(id, out var name) ? name : null;

    /// <summary>A custom field of the account; null for none.</summary>
    public CopperCustomFieldDefinition? LiveField(long id) => _liveFields.TryGetValue(id, out var field) ? field : null;

    /// <summary>The stage belongs to the pipeline in the account.</summary>
    public bool IsStageOf(long pipeline, long stage) => _liveStages.Contains((pipeline, stage));

    /// <summary>The custom field joins records, and holds no value.</summary>
    public bool IsConnect(long id) => _connects.Contains(id);

    /// <summary>The custom field of the account that takes the place of one of the snapshot; null for none.</summary>
    public long? FieldOf(long? id) => id is { } known && _fields.TryGetValue(known, out var field) ? field.Id : null;

    /// <summary>The user of the account who takes the place of one of the snapshot; null for nobody.</summary>
    public long? UserOf(long id) => _ids[User].TryGetValue(id, out var known) ? known : null;

    /// <summary>The type of a task, as the part of a sentence, where a new task does not get it by itself; null where it does.</summary>
    public string? LostTaskType(CopperTask task) => task.CustomActivityTypeId is { } id
        && (_isSame ? _otherTaskTypes : _oldTaskTypes).TryGetValue(id, out var name) ? $"the type '{name}' of the task" : null;

    /// <summary>The type of an activity in the account; null when it does not have it, or it cannot be written.</summary>
    public JsonBody? TypeOf(CopperActivityTypeKey? type) =>
        type is { Category: CopperActivityType.UserCategory, Id: { } id }
            && _types.TryGetValue((type.Category, id), out var known) && known.IsDisabled != true
                ? new JsonBody { ["category"] = known.Category, ["id"] = known.Id }
                : null;

    private static bool IsSame(string? one, string? other) =>
        one is not null && string.Equals(one.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);

    private async Task AddAsync<T>(string field, MetadataList<T> old, MetadataList<T> live, CancellationToken cancellationToken)
        where T : class, ICopperRecord, INamed => Add(
            field,
            (await old.GetAsync(cancellationToken).ConfigureAwait(false)).Select(static item => (item.Id, item.Name)),
            (await live.GetAsync(cancellationToken).ConfigureAwait(false)).Select(static item => (item.Id, item.Name)));

    private void Add(string field, IEnumerable<(long Id, string? Name)> old, IEnumerable<(long Id, string? Name)> live)
    {
        var present = live.ToArray();
        var ids = _ids[field] = [];
        var names = _names[field] = [];
        if (_isSame)
        {
            foreach (var (id, _) in present)
            {
                ids[id] = id;
            }
        }

        foreach (var (id, name) in old)
        {
            names[id] = name ?? string.Empty;
            if (!ids.ContainsKey(id) && present.FirstOrDefault(item => IsSame(item.Name, name)) is { Name: not null } found)
            {
                ids[id] = found.Id;
            }
        }
    }

    private void MapUsers(
        IReadOnlyList<CopperUser> old, IReadOnlyList<CopperUser> live, IReadOnlyDictionary<string, string?> users)
    {
        var ids = _ids[User];
        foreach (var user in old)
        {
            // The address tells a user better than the name.
            if ((!_isSame || !live.Any(one => one.Id == user.Id)) && live.FirstOrDefault(one => IsSame(one.Email, user.Email)) is { } found)
            {
                ids[user.Id] = found.Id;
            }
        }

        foreach (var pair in users)
        {
            var from = Find(old, pair.Key) ?? (long.TryParse(pair.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var gone)
                ? gone
                : throw new SnapshotException($"The snapshot has no user '{pair.Key}'. It has: {Names(old)}."));
            if (pair.Value is null)
            {
                ids.Remove(from);
                continue;
            }

            ids[from] = Find(live, pair.Value)
                ?? throw new SnapshotException($"The account has no user '{pair.Value}'. It has: {Names(live)}.");
        }

        static string Names(IEnumerable<CopperUser> all) => string.Join(", ", all.Select(static user => $"{user.Name} ({user.Email})"));

        static long? Find(IReadOnlyList<CopperUser> all, string text) => all.FirstOrDefault(user =>
            IsSame(user.Email, text) || IsSame(user.Name, text) || user.Id.ToString(CultureInfo.InvariantCulture) == text)?.Id;
    }

    private JsonBody[] MapFields(string entity, object value, List<string> missing, bool createsFields)
    {
        var items = new List<JsonBody>();
        foreach (var (id, content) in RecordFields.Items(value))
        {
            var name = _oldFields.TryGetValue(id, out var old) ? old.Name : null;
            if (old is { DataType: CustomFieldTypes.Connect })
            {
                // Connections are no values; they have steps of their own.
                continue;
            }

            if (createsFields && old is not null && !_fields.ContainsKey(id) && old.IsAvailableOn(entity))
            {
                if (content is null or false or "" or JsonArray { Count: 0 })
                {
                    continue;
                }

                if (_missingFields!.Need(id) is { } planned)
                {
                    items.Add(RecordFields.Item(planned, LabelsOf(content, old)));
                    continue;
                }
            }

            if (old is null || !_fields.TryGetValue(id, out var field) || !field.IsAvailableOn(entity))
            {
                missing.Add($"custom field '{name ?? id.ToString(CultureInfo.InvariantCulture)}'");
                continue;
            }

            if (old.Options.Count == 0)
            {
                items.Add(RecordFields.Item(field.Id, content));
                continue;
            }

            var options = content is JsonArray list ? list.OfType<long>().ToArray() : content is long one ? [one] : [];
            var known = options.Select(option => OptionOf(option, old, field)).ToArray();
            if (known.Contains(null))
            {
                var lost = options.Where((_, place) => known[place] is null)
                    .Select(option => old.Options.Find(item => item.Id == option)?.Name ?? option.ToString(CultureInfo.InvariantCulture));
                missing.Add($"the choice '{string.Join("', '", lost)}' of custom field '{name}'");
            }

            var left = known.OfType<long>().ToArray();
            if (left.Length > 0 || options.Length == 0)
            {
                items.Add(RecordFields.Item(field.Id, content is JsonArray ? left : left.Length > 0 ? left[0] : null));
            }
        }

        return [.. items];
    }

    /// <summary>The choices of a field that is yet to be created have no ids: their labels stand for them.</summary>
    private static object? LabelsOf(object? value, CopperCustomFieldDefinition field)
    {
        string? LabelOf(object? option) => field.Options.Find(item => item.Id == option as long?)?.Name;
        return field.Options.Count == 0 ? value
            : value is JsonArray list ? list.Select(LabelOf).OfType<string>().ToArray()
            : LabelOf(value);
    }

    /// <summary>A choice keeps its id in the same field; in another one the label tells it.</summary>
    private static long? OptionOf(long option, CopperCustomFieldDefinition old, CopperCustomFieldDefinition field)
    {
        if (old.Id == field.Id && field.Options.Exists(item => item.Id == option))
        {
            return option;
        }

        var label = old.Options.Find(item => item.Id == option)?.Name;
        return field.Options.Find(item => IsSame(item.Name, label))?.Id;
    }
}
