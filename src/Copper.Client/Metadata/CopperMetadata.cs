using System.Globalization;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Search;

namespace Copper.Client.Metadata;

/// <summary>
/// The lists of an account by which ids have names: users, pipelines, stages, types, sources, fields. Each is read once and
/// kept in the client's cache until it is forgotten, or changed by the same client.
/// </summary>
public sealed class CopperMetadata
{
    private readonly RequestPipeline _requests;
    private readonly MetadataCache _cache;

    internal CopperMetadata(RequestPipeline requests, MetadataCache cache, Func<CancellationToken, Task<CopperAccount>> getAccount)
    {
        _requests = requests;
        _cache = cache;
        Account = new(cache, "account", "account", async token => [await getAccount(token).ConfigureAwait(false)]);
        Users = new(cache, "users", "user", GetUsersAsync, (id, token) => GetOneAsync<CopperUser>("users", id, token));
        Pipelines = new(cache, "pipelines", "pipeline", GetPipelinesAsync);
        PipelineStages = List<CopperPipelineStage>("pipeline_stages", "pipeline stage");
        ContactTypes = List<CopperContactType>("contact_types", "contact type");
        CustomerSources = List<CopperCustomerSource>("customer_sources", "customer source");
        LossReasons = List<CopperLossReason>("loss_reasons", "loss reason");
        LeadStatuses = List<CopperLeadStatus>("lead_statuses", "lead status");
        ActivityTypes = new(cache, "activity_types", "activity type", GetActivityTypesAsync);
        CustomActivityTypes = ListOfRecords<CopperCustomActivityType>("custom_activity_types", "custom activity type");
        CustomFieldDefinitions = ListOfRecords<CopperCustomFieldDefinition>("custom_field_definitions", "custom field definition");
        Tags = List<CopperTag>("tags", "tag");
    }

    /// <summary>The account: a list of one.</summary>
    public MetadataList<CopperAccount> Account { get; }

    /// <summary>The users, all of them: the service hands them out in pages.</summary>
    public MetadataList<CopperUser> Users { get; }

    /// <summary>The pipelines with their stages.</summary>
    public MetadataList<CopperPipeline> Pipelines { get; }

    /// <summary>The stages of all pipelines.</summary>
    public MetadataList<CopperPipelineStage> PipelineStages { get; }

    /// <summary>The contact types of people and companies.</summary>
    public MetadataList<CopperContactType> ContactTypes { get; }

    /// <summary>The sources of leads and opportunities.</summary>
    public MetadataList<CopperCustomerSource> CustomerSources { get; }

    /// <summary>The reasons for which opportunities are lost.</summary>
    public MetadataList<CopperLossReason> LossReasons { get; }

    /// <summary>The statuses of leads.</summary>
    public MetadataList<CopperLeadStatus> LeadStatuses { get; }

    /// <summary>The types of activities, those of users before those of the system. Ids are unique only within a category.</summary>
    public MetadataList<CopperActivityType> ActivityTypes { get; }

    /// <summary>The types of activities that the account made for itself.</summary>
    public MetadataList<CopperCustomActivityType> CustomActivityTypes { get; }

    /// <summary>The definitions of all custom fields.</summary>
    public MetadataList<CopperCustomFieldDefinition> CustomFieldDefinitions { get; }

    /// <summary>The tags with their counts.</summary>
    public MetadataList<CopperTag> Tags { get; }

    /// <summary>The order in which the web app shows an entity's fields.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="pipelineId">The pipeline: needed for opportunities, and not allowed for others (the vendor's OpenAPI file).</param>
    /// <exception cref="ArgumentException">The pipeline is missing, or given for another entity than opportunities.</exception>
    public MetadataList<CopperFieldLayoutItem> FieldLayout(CopperEntityWord entity, long? pipelineId = null)
    {
        if (entity.Singular == "opportunity" && pipelineId is null)
        {
            throw new ArgumentException("Opportunities have a field layout for each pipeline: say which pipeline.");
        }

        if (entity.Singular != "opportunity" && pipelineId is not null)
        {
            throw new ArgumentException(
                $"Only opportunities have a field layout for each pipeline; the service takes no pipeline for {entity.Plural}.");
        }

        var pipeline = pipelineId?.ToString(CultureInfo.InvariantCulture);
        return new(
            _cache,
            $"field_layouts/{entity.Plural}/{pipeline}",
            "field layout",
            token => GetFieldLayoutAsync(entity, pipeline, pipelineId, token));
    }

    private MetadataList<T> List<T>(string path, string itemName)
        where T : class =>
        new(_cache, path, itemName, token => GetListAsync<T>(path, token));

    /// <summary>A list whose items can also be read one by one.</summary>
    private MetadataList<T> ListOfRecords<T>(string path, string itemName)
        where T : class, ICopperRecord =>
        new(_cache, path, itemName, token => GetListAsync<T>(path, token), (id, token) => GetOneAsync<T>(path, id, token));

    private async Task<IReadOnlyList<T>> GetListAsync<T>(string path, CancellationToken cancellationToken)
        where T : class =>
        await _requests.SendListAsync<T>(CopperRequest.Read(path), AnswerReader.ReadList, cancellationToken).ConfigureAwait(false);

    private Task<T> GetOneAsync<T>(string path, long id, CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        var request = CopperRequest.Read(path + "/" + id.ToString(CultureInfo.InvariantCulture));
        return _requests.SendAsync(request, response => _requests.Records.ReadRecord<T>(request, response, id), cancellationToken);
    }

    private async Task<IReadOnlyList<CopperUser>> GetUsersAsync(CancellationToken cancellationToken)
    {
        // The page size is 20 when none is asked for: without paging everybody after the twentieth would be missing.
        var search = new SearchResult<CopperUser>(
            _requests,
            new SearchSource<CopperUser>("users", "users/search", null, static user => (user.Id, 0)),
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
        var pipelines = await GetListAsync<CopperPipeline>("pipelines", cancellationToken).ConfigureAwait(false);
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
        // They come as members of an object, which have no order to rely on.
        var types = await _requests.SendListAsync<CopperActivityType>(
            CopperRequest.Read("activity_types"), AnswerReader.ReadActivityTypes, cancellationToken).ConfigureAwait(false);
        return types.OrderBy(static type => type.Category == "user" ? 0 : 1).ToArray();
    }

    private async Task<IReadOnlyList<CopperFieldLayoutItem>> GetFieldLayoutAsync(
        CopperEntityWord entity, string? pipeline, long? pipelineId, CancellationToken cancellationToken)
    {
        var request = CopperRequest.Read("field_layouts/by_entity/" + entity.Plural);
        if (pipeline is not null)
        {
            request.Query.Add(new KeyValuePair<string, string>("pipeline_id", pipeline));
        }

        var items = await _requests
            .SendListAsync<CopperFieldLayoutItem>(request, AnswerReader.ReadList, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < items.Count; i++)
        {
            items[i].EntityType = entity.Singular;
            items[i].PipelineId = pipelineId;
            items[i].Position = i + 1;
        }

        return items;
    }
}
