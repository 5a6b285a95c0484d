namespace Copper.Sandbox;

/// <summary>Everything an account holds: settings, reference lists and records.</summary>
internal sealed partial class Account
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

    /// <summary>Connections made with connect fields.</summary>
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
}
