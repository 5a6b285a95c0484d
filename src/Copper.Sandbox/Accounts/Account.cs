using Copper.Sandbox.Files;
using Copper.Sandbox.Links;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>Everything an account holds: settings, reference lists and records.</summary>
internal sealed class Account
{
    private readonly Dictionary<string, RecordTable> _tables;
    private readonly List<SandboxChange> _changes = [];
    private long _nextOptionId = 262_001;

    public Account()
    {
        // Ranges that do not overlap for ordinary sizes, so that an id of the wrong entity is noticed. Activities are
        // beyond 32 bits because the service does not promise that ids stay below.
        _tables = new[]
        {
            new RecordTable(EntitySchemas.Person, 1),
            new RecordTable(EntitySchemas.Company, 10_000_001),
            new RecordTable(EntitySchemas.Lead, 20_000_001),
            new RecordTable(EntitySchemas.Opportunity, 30_000_001),
            new RecordTable(EntitySchemas.Project, 40_001),
            new RecordTable(EntitySchemas.Task, 50_000_001),
            new RecordTable(EntitySchemas.Activity, 6_000_000_001),
            new RecordTable(EntitySchemas.CustomFieldDefinition, 126_240),
            new RecordTable(EntitySchemas.CustomActivityType, 1),
            new RecordTable(EntitySchemas.Webhook, 17_065),
        }.ToDictionary(table => table.Schema.Type);
        Renderer = new RecordRenderer(this);
        Relations = new Relations(this);
    }

    public long Id { get; init; } = 100_624;

    public string Name { get; init; } = "";

    /// <summary>How late searches see what is written.</summary>
    public SearchLag SearchLag { get; init; } = new(0, TimeSpan.Zero);

    public bool DayFirstDates { get; init; }

    /// <summary>Whether tags are kept in lower case and cut at 50 characters.</summary>
    public bool LowerCasesTags { get; init; }

    /// <summary>The activity type that tasks have, as a boxed id; null if the account has none.</summary>
    public object? DefaultTaskType => Table(EntitySchemas.CustomActivityType).All
        .Where(type => EntitySchemas.CustomActivityType.Get<object>(type, "is_default_task_type") is true)
        .Select(type => Boxed.Integer(type.Id))
        .FirstOrDefault();

    /// <summary>The user who owns the key.</summary>
    public User Owner => Users.Items[0];

    public ReferenceList<User> Users { get; } = new(user => user.Id, user => user.Name);

    public ReferenceList<NamedItem> ContactTypes { get; } = NewList();

    public ReferenceList<NamedItem> CustomerSources { get; } = NewList();

    public ReferenceList<NamedItem> LossReasons { get; } = NewList();

    public ReferenceList<NamedItem> LeadStatuses { get; } = NewList();

    public ReferenceList<Pipeline> Pipelines { get; } = new(pipeline => pipeline.Id, pipeline => pipeline.Name);

    public RecordTable People => Table(EntitySchemas.Person);

    public RecordTable Companies => Table(EntitySchemas.Company);

    public RecordTable Leads => Table(EntitySchemas.Lead);

    public RecordTable Opportunities => Table(EntitySchemas.Opportunity);

    public RecordTable Activities => Table(EntitySchemas.Activity);

    /// <summary>Leads that became people. Only a search that asks for them shows them.</summary>
    public List<Record> ConvertedLeads { get; } = [];

    /// <summary>Activities stay readable as a stub after they were deleted.</summary>
    public HashSet<long> DeletedActivities { get; } = [];

    /// <summary>Connections created with connect fields.</summary>
    public ConnectionTable Connections { get; } = new();

    /// <summary>Uploads and attached files.</summary>
    public FileTable Files { get; } = new();

    public RecordRenderer Renderer { get; }

    public Relations Relations { get; }

    /// <summary>Grows with every change of data: results computed for an older version are stale.</summary>
    public long Version { get; private set; }

    /// <summary>Grows when records have to be written anew although they did not change themselves.</summary>
    public int RenderVersion { get; private set; } = 1;

    public RecordTable Table(EntitySchema schema) => _tables[schema.Type];

    public bool Exists(ResourceReference reference) => Find(reference) is not null;

    public Record? Find(ResourceReference reference) =>
        EntitySchemas.FindByType(reference.Type) is { } schema ? Table(schema).Find(reference.Id) : null;

    /// <summary>Name of the record or user at the end of a connection; null if there is none with this id.</summary>
    public string? NameOf(ConnectionEnd end)
    {
        if (end.EntityType == "user")
        {
            return Users.NameOf(end.Id);
        }

        return EntitySchemas.FindByType(end.RecordType) is { } schema && Table(schema).Find(end.Id) is { } record
            ? schema.Get<string>(record, "name")
            : null;
    }

    public Pipeline? FindPipeline(long id) => Pipelines.Find(id);

    public PipelineStage? FindStage(long id) =>
        Pipelines.Items.SelectMany(pipeline => pipeline.Stages).FirstOrDefault(stage => stage.Id == id);

    public bool IsUsableActivityType(long id) =>
        id == ActivityTypeKey.Note.Id
        || (Table(EntitySchemas.CustomActivityType).Find(id) is { } type
            && EntitySchemas.CustomActivityType.Get<object>(type, "is_disabled") is false);

    public long NextOptionId() => _nextOptionId++;

    public void Touch() => Version++;

    public void InvalidateRendered() => RenderVersion++;

    /// <summary>Notes a change to be announced once the request is done.</summary>
    public void Announce(SandboxChange change) => _changes.Add(change);

    public IReadOnlyList<SandboxChange> TakeChanges()
    {
        if (_changes.Count == 0)
        {
            return [];
        }

        var changes = _changes.ToArray();
        _changes.Clear();
        return changes;
    }

    private static ReferenceList<NamedItem> NewList() => new(item => item.Id, item => item.Name);

    private readonly Dictionary<string, CustomFieldDefinition[]> _customFieldsByEntity = [];
    private readonly Dictionary<string, CustomFieldDefinition[]> _listedCustomFieldsByEntity = [];
    private CustomFieldDefinition[] _customFields = [];

    public CustomFieldDefinition? FindCustomField(long id) => Array.Find(_customFields, definition => definition.Id == id);

    /// <summary>The fields whose values the records of an entity carry, in the order of their ids.</summary>
    public IReadOnlyList<CustomFieldDefinition> CustomFieldsOf(string entityType)
    {
        if (!_customFieldsByEntity.TryGetValue(entityType, out var fields))
        {
            fields = _customFields.Where(definition => definition.HasValuesOn(entityType)).ToArray();
            _customFieldsByEntity.Add(entityType, fields);
        }

        return fields;
    }

    /// <summary>The fields that the records of an entity show: connect fields, too.</summary>
    public IReadOnlyList<CustomFieldDefinition> ListedCustomFieldsOf(string entityType)
    {
        if (!_listedCustomFieldsByEntity.TryGetValue(entityType, out var fields))
        {
            fields = _customFields.Where(definition => definition.IsListedOn(entityType)).ToArray();
            _listedCustomFieldsByEntity.Add(entityType, fields);
        }

        return fields;
    }

    /// <summary>Takes over changed definitions.</summary>
    public void ReloadCustomFields()
    {
        _customFieldsByEntity.Clear();
        _listedCustomFieldsByEntity.Clear();
        _customFields = Table(EntitySchemas.CustomFieldDefinition).All
            .Select(CustomFieldDefinition.From)
            .OrderBy(definition => definition.Id)
            .ToArray();
        InvalidateRendered();
    }

    private static readonly int ParentIndex = EntitySchemas.Activity.IndexOf("parent");

    private static readonly int RelatedResourceIndex = EntitySchemas.Task.IndexOf("related_resource");

    /// <summary>Sets interaction_count and date_last_contacted of a record from the activities logged on it.</summary>
    public void RecountInteractions(ResourceReference parent)
    {
        var activities = EntitySchemas.Activity;
        SetInteractions(parent, Activities.All.Where(activity =>
            parent.Equals(activities.Get<ResourceReference>(activity, "parent"))));
    }

    /// <summary>Sets interaction_count and date_last_contacted of a record from its activities.</summary>
    public void SetInteractions(ResourceReference parent, IEnumerable<Record> activities)
    {
        var schema = EntitySchemas.FindByType(parent.Type);
        if (schema is null || !schema.Has("interaction_count") || Table(schema).Find(parent.Id) is not { } record)
        {
            return;
        }

        long[] dates = activities
            .Where(activity => CountsAsInteraction(EntitySchemas.Activity.Get<ActivityTypeKey>(activity, "type")!))
            .Select(activity => EntitySchemas.Activity.GetInteger(activity, "activity_date") ?? 0)
            .ToArray();
        SetValue(record, schema, "interaction_count", Boxed.Integer(dates.Length));
        SetValue(record, schema, "date_last_contacted", dates.Length == 0 ? null : Boxed.Integer(dates.Max()));
    }

    public bool CountsAsInteraction(ActivityTypeKey key) =>
        key.Category == "user"
        && Table(EntitySchemas.CustomActivityType).Find(key.Id) is { } type
        && EntitySchemas.CustomActivityType.Get<object>(type, "is_interaction") is true;

    /// <summary>Removes values that a changed definition no longer allows.</summary>
    public void DropOutdatedCustomFieldValues(CustomFieldDefinition definition, string? formerDataType)
    {
        foreach (var schema in EntitySchemas.Main)
        {
            int index = schema.IndexOf("custom_fields");
            foreach (var record in Table(schema).All)
            {
                var values = (CustomFieldValues)record.Values[index]!;
                if (values.Find(definition.Id) is { } value)
                {
                    bool kept = definition.HasValuesOn(schema.Type) && formerDataType == definition.DataType;
                    record.Values[index] = values.With(definition.Id, kept ? definition.StillAllowed(value) : null);
                }
            }
        }
    }

    /// <summary>Gives the activities and tasks of one record to another.</summary>
    public void MoveBelongings(ResourceReference from, ResourceReference to)
    {
        foreach (var activity in Activities.All.Where(activity => RefersTo(activity.Values[ParentIndex], from)).ToArray())
        {
            SetValue(activity, EntitySchemas.Activity, "parent", to);
        }

        foreach (var task in Table(EntitySchemas.Task).All.Where(task => RefersTo(task.Values[RelatedResourceIndex], from)).ToArray())
        {
            SetValue(task, EntitySchemas.Task, "related_resource", to);
        }

        RecountInteractions(to);
    }

    /// <summary>Removes what belongs to a record that was deleted: activities logged on it, relations and references to it.</summary>
    public void RemoveDependents(ResourceReference deleted)
    {
        var activities = Activities.Schema;
        foreach (var activity in Activities.All.ToArray())
        {
            if (deleted.Equals(activities.Get<ResourceReference>(activity, "parent")))
            {
                Activities.Remove(activity);
            }
        }

        Relations.RemoveAllOf(deleted);
        Connections.RemoveAllOf(deleted);
        Files.RemoveAllOf(deleted);
        ClearReferencesTo(deleted);
    }

    private void ClearReferencesTo(ResourceReference deleted)
    {
        foreach (var table in _tables.Values)
        {
            foreach (var attribute in table.Schema.Attributes.Where(attribute => CanReferTo(attribute, deleted.Type)))
            {
                int index = table.Schema.IndexOf(attribute.Name);
                foreach (var record in table.All.Where(record => RefersTo(record.Values[index], deleted)))
                {
                    SetValue(record, table.Schema, attribute.Name, null);
                }
            }
        }
    }

    private static bool CanReferTo(EntityAttribute attribute, string entityType) => attribute.Type switch
    {
        ReferenceType reference => reference.Target == entityType,
        ResourceReferenceType => true,
        _ => false,
    };

    private static bool RefersTo(object? value, ResourceReference deleted) => value switch
    {
        long id => id == deleted.Id,
        ResourceReference reference => reference.Equals(deleted),
        _ => false,
    };

    private static void SetValue(Record record, EntitySchema schema, string attribute, object? value)
    {
        record.Values[schema.IndexOf(attribute)] = value;
        record.Rendered = null;
    }
}
