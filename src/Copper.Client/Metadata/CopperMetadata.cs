using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>
/// The lists of an account by which ids have names: users, pipelines, stages, types, sources, fields. Each is read once and
/// kept in the client's cache until it is invalidated, or written by the same client.
/// </summary>
public class CopperMetadata
{
    private readonly RequestPipeline _requests;
    private readonly MetadataCache _cache;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected CopperMetadata()
    {
    }
#pragma warning restore CS8618

    internal CopperMetadata(
        RequestPipeline requests, MetadataCache cache, ReferenceNames names, Func<CancellationToken, Task<CopperAccount>> getAccount)
    {
        Names = names;
        _requests = requests;
        _cache = cache;
        Account = List(CopperEntities.Account, async token => [await getAccount(token).ConfigureAwait(false)]);
        Users = List(CopperEntities.User, GetUsersAsync);
        Pipelines = List(CopperEntities.Pipeline, GetPipelinesAsync);
        PipelineStages = List(CopperEntities.PipelineStage);
        ContactTypes = List(CopperEntities.ContactType);
        CustomerSources = List(CopperEntities.CustomerSource);
        LossReasons = List(CopperEntities.LossReason);
        LeadStatuses = List(CopperEntities.LeadStatus);
        ActivityTypes = List(CopperEntities.ActivityType, GetActivityTypesAsync);
        CustomActivityTypes = List(CopperEntities.CustomActivityType);
        CustomFieldDefinitions = List(CopperEntities.CustomFieldDefinition);
        Tags = new(cache, "tags", "tag", token => GetListAsync<CopperTag>("tags", token));
    }

    /// <summary>The account: a list of one.</summary>
    public virtual MetadataList<CopperAccount> Account { get => Substitute.Part(field, this); }

    /// <summary>The users, all of them: the service hands them out in pages.</summary>
    public virtual MetadataList<CopperUser> Users { get => Substitute.Part(field, this); }

    /// <summary>The pipelines with their stages.</summary>
    public virtual MetadataList<CopperPipeline> Pipelines { get => Substitute.Part(field, this); }

    /// <summary>The stages of all pipelines.</summary>
    public virtual MetadataList<CopperPipelineStage> PipelineStages { get => Substitute.Part(field, this); }

    /// <summary>The contact types of people and companies.</summary>
    public virtual MetadataList<CopperContactType> ContactTypes { get => Substitute.Part(field, this); }

    /// <summary>The sources of leads and opportunities.</summary>
    public virtual MetadataList<CopperCustomerSource> CustomerSources { get => Substitute.Part(field, this); }

    /// <summary>The reasons for which opportunities are lost.</summary>
    public virtual MetadataList<CopperLossReason> LossReasons { get => Substitute.Part(field, this); }

    /// <summary>The statuses of leads.</summary>
    public virtual MetadataList<CopperLeadStatus> LeadStatuses { get => Substitute.Part(field, this); }

    /// <summary>The types of activities, those of users before those of the system. Ids are unique only within a category.</summary>
    public virtual MetadataList<CopperActivityType> ActivityTypes { get => Substitute.Part(field, this); }

    /// <summary>The types of activities that the account created.</summary>
    public virtual MetadataList<CopperCustomActivityType> CustomActivityTypes { get => Substitute.Part(field, this); }

    /// <summary>The definitions of all custom fields.</summary>
    public virtual MetadataList<CopperCustomFieldDefinition> CustomFieldDefinitions { get => Substitute.Part(field, this); }

    /// <summary>The tags with their counts.</summary>
    public virtual MetadataList<CopperTag> Tags { get => Substitute.Part(field, this); }

    /// <summary>The names that the lists give, as far as they are cached.</summary>
    internal ReferenceNames Names { get; }

    /// <summary>The list that has the names behind ids.</summary>
    internal INameList ListOf(NameList list) => list switch
    {
        NameList.Users => Users,
        NameList.ContactTypes => ContactTypes,
        NameList.CustomerSources => CustomerSources,
        NameList.LossReasons => LossReasons,
        NameList.LeadStatuses => LeadStatuses,
        NameList.Pipelines or NameList.PipelineStages => Pipelines,
        NameList.ActivityTypes => ActivityTypes,
        NameList.CustomActivityTypes => CustomActivityTypes,
        NameList.CustomFieldDefinitions => CustomFieldDefinitions,
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, "There is no such list."),
    };

    /// <summary>The order in which the web app shows an entity's fields.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="pipelineId">The pipeline: needed for opportunities, and not allowed for others (the vendor's OpenAPI file).</param>
    /// <exception cref="ArgumentException">The pipeline is missing, or given for another entity than opportunities.</exception>
    public virtual MetadataList<CopperFieldLayoutItem> FieldLayout(CopperEntity entity, long? pipelineId = null)
    {
        Substitute.Check(_requests, this);
        if (entity.HasLayoutPerPipeline && pipelineId is null)
        {
            throw new ArgumentException("Opportunities have a field layout for each pipeline: say which pipeline.");
        }

        if (!entity.HasLayoutPerPipeline && pipelineId is not null)
        {
            throw new ArgumentException(
                $"Only opportunities have a field layout for each pipeline; the service takes no pipeline for {entity.Plural}.");
        }

        var pipeline = pipelineId?.ToString(CultureInfo.InvariantCulture);
        return new(
            _cache,
            $"{MetadataCache.FieldLayouts}/{entity.Path}/{pipeline}",
            "field layout",
            token => GetFieldLayoutAsync(entity, pipeline, pipelineId, token));
    }

    /// <summary>A list as the registry describes it.</summary>
    /// <param name="entity">The kind of its items.</param>
    /// <param name="load">Loads it; null where the path itself gives the list.</param>
    private MetadataList<T> List<T>(CopperEntity<T> entity, Func<CancellationToken, Task<IReadOnlyList<T>>>? load = null)
        where T : class, ICopperRecord => new(
            _cache,
            entity.Path,
            entity.Name,
            load ?? (token => GetListAsync<T>(entity.Path, token)),
            entity.IsListedAndReadById ? (id, token) => GetOneAsync(entity, id, token) : null);

    private async Task<IReadOnlyList<T>> GetListAsync<T>(string path, CancellationToken cancellationToken)
        where T : class =>
        await _requests.SendListAsync<T>(CopperRequest.Read(path), ResponseReader.ReadList, cancellationToken).ConfigureAwait(false);

    private Task<T> GetOneAsync<T>(CopperEntity<T> entity, long id, CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        var request = CopperRequest.Read(entity.Path + "/" + id.ToString(CultureInfo.InvariantCulture));
        return _requests.SendAsync(request, response => _requests.Records.ReadRecord<T>(request, response, id), cancellationToken);
    }

    /// <summary>The owner of the credential, who stays the same in the life of a client: read once, however many ask.</summary>
    internal Task<CopperUser> GetKnownUserAsync(CancellationToken cancellationToken) =>
        _cache.GetAsync(CopperEntities.User.Path + "/me", GetCurrentUserAsync, cancellationToken);

    /// <summary>The owner of the credential.</summary>
    internal Task<CopperUser> GetCurrentUserAsync(CancellationToken cancellationToken) => _requests.SendAsync(
        CopperRequest.Read(CopperEntities.User.Path + "/me"), _requests.Records.Read<CopperUser>, cancellationToken);

    private async Task<IReadOnlyList<CopperUser>> GetUsersAsync(CancellationToken cancellationToken)
    {
        // The page size is 20 when none is asked for: without paging everybody after the twentieth would be missing.
        var entity = CopperEntities.User;
        var search = new SearchResult<CopperUser>(
            _requests,
            new SearchSource<CopperUser>(entity.Path, entity.Path + "/search", null, static user => (user.Id, 0)),
            new SearchQuery());
        var users = new List<CopperUser>();
        await foreach (var user in search.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            users.Add(user);
        }

        return users;
    }

    private async Task<IReadOnlyList<CopperPipeline>> GetPipelinesAsync(CancellationToken cancellationToken)
    {
        var pipelines = await GetListAsync<CopperPipeline>(CopperEntities.Pipeline.Path, cancellationToken).ConfigureAwait(false);
        foreach (var pipeline in pipelines)
        {
            foreach (var stage in pipeline.Stages)
            {
                stage.PipelineId ??= pipeline.Id;
            }
        }

        return pipelines;
    }

    private async Task<IReadOnlyList<CopperActivityType>> GetActivityTypesAsync(CancellationToken cancellationToken)
    {
        var types = await _requests.SendListAsync<CopperActivityType>(
            CopperRequest.Read(CopperEntities.ActivityType.Path),
            static (json, type) => ResponseReader.ReadGroups(
                json, type, "the activity types by category", static (item, category) => item.Category ??= category),
            cancellationToken).ConfigureAwait(false);

        // They come as members of an object, which have no order to rely on.
        return types.OrderBy(static type => type.Category == CopperActivityType.UserCategory ? 0 : 1).ToArray();
    }

    private async Task<IReadOnlyList<CopperFieldLayoutItem>> GetFieldLayoutAsync(
        CopperEntity entity, string? pipeline, long? pipelineId, CancellationToken cancellationToken)
    {
        var request = CopperRequest.Read($"{MetadataCache.FieldLayouts}/by_entity/{entity.Path}");
        if (pipeline is not null)
        {
            request.Query.Add(new KeyValuePair<string, string>("pipeline_id", pipeline));
        }

        var items = await _requests
            .SendListAsync<CopperFieldLayoutItem>(request, ResponseReader.ReadList, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < items.Count; i++)
        {
            items[i].EntityType = entity.Name;
            items[i].PipelineId = pipelineId;
            items[i].Position = i + 1;
        }

        return items;
    }
}
