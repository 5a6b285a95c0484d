using System.Text;
using System.Text.Json;
using Copper.Client.Entities;
using Copper.Client.Files;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Leads;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.RateLimiting;
using Copper.Client.Relations;
using Copper.Client.Search;

namespace Copper.Client;

/// <summary>
/// The Copper CRM Developer API. One client holds one pool of connections and keeps the account's rate limit; it may be used
/// from many threads at once. Failures leave as <see cref="CopperException"/>s, cancelled calls as <see cref="OperationCanceledException"/>.
/// </summary>
public sealed partial class CopperClient : IDisposable
{
    private readonly ClientCore _core;
    private readonly Tracer _tracer;

    /// <summary>A client with these options.</summary>
    /// <exception cref="ArgumentException">The options lack an identity, or the base address cannot be used.</exception>
    public CopperClient(CopperClientOptions options)
        : this(new ClientCore(options), null)
    {
    }

    private CopperClient(ClientCore core, ICopperTrace? trace)
    {
        _core = core;
        _tracer = new Tracer(trace, core.Statistics);
        People = new RecordEndpoint<CopperPerson>(this, CopperEntities.Person);
        Companies = new RecordEndpoint<CopperCompany>(this, CopperEntities.Company);
        Leads = new RecordEndpoint<CopperLead>(this, CopperEntities.Lead);
        Opportunities = new RecordEndpoint<CopperOpportunity>(this, CopperEntities.Opportunity);
        Projects = new RecordEndpoint<CopperProject>(this, CopperEntities.Project);
        Tasks = new RecordEndpoint<CopperTask>(this, CopperEntities.Task);
        Activities = new RecordEndpoint<CopperActivity>(this, CopperEntities.Activity);
        CustomFieldDefinitions = new RecordEndpoint<CopperCustomFieldDefinition>(this, CopperEntities.CustomFieldDefinition);
        CustomActivityTypes = new RecordEndpoint<CopperCustomActivityType>(this, CopperEntities.CustomActivityType);
        LeadActions = new LeadActions(this);
        Metadata = new CopperMetadata(this);
        RelatedItems = new RelatedItemEndpoint(this);
        Connections = new ConnectionEndpoint(this);
        Files = new FileEndpoint(this, core.Storage, _tracer);
        Webhooks = new RecordEndpoint<CopperWebhook>(this, CopperEntities.Webhook);
    }

    /// <summary>People.</summary>
    public RecordEndpoint<CopperPerson> People { get; }

    /// <summary>Companies.</summary>
    public RecordEndpoint<CopperCompany> Companies { get; }

    /// <summary>Leads.</summary>
    public RecordEndpoint<CopperLead> Leads { get; }

    /// <summary>Conversion and upsert of leads.</summary>
    public LeadActions LeadActions { get; }

    /// <summary>Opportunities.</summary>
    public RecordEndpoint<CopperOpportunity> Opportunities { get; }

    /// <summary>Projects.</summary>
    public RecordEndpoint<CopperProject> Projects { get; }

    /// <summary>Tasks.</summary>
    public RecordEndpoint<CopperTask> Tasks { get; }

    /// <summary>Activities. Their search cannot be sorted.</summary>
    public RecordEndpoint<CopperActivity> Activities { get; }

    /// <summary>The definitions of custom fields, one at a time. <see cref="Metadata"/> lists them: the service has no search for them.</summary>
    public RecordEndpoint<CopperCustomFieldDefinition> CustomFieldDefinitions { get; }

    /// <summary>The account's own types of activities, one at a time. <see cref="Metadata"/> lists them; they cannot be deleted.</summary>
    public RecordEndpoint<CopperCustomActivityType> CustomActivityTypes { get; }

    /// <summary>The lists by which ids have names, kept once they were read.</summary>
    public CopperMetadata Metadata { get; }

    /// <summary>Relations between records.</summary>
    public RelatedItemEndpoint RelatedItems { get; }

    /// <summary>Connections of records by connect fields.</summary>
    public ConnectionEndpoint Connections { get; }

    /// <summary>Files attached to records.</summary>
    public FileEndpoint Files { get; }

    /// <summary>Webhook subscriptions, one at a time. <see cref="GetWebhooksAsync"/> lists them: the service has no search for them.</summary>
    public RecordEndpoint<CopperWebhook> Webhooks { get; }

    /// <summary>What the client has done so far.</summary>
    public CopperClientStatistics Statistics => _core.Statistics;

    /// <summary>What the client keeps of lists that seldom change.</summary>
    public MetadataCache Cache => _core.Cache;

    /// <summary>The same client, whose calls tell <paramref name="trace"/> what happens. Both share everything; dispose the original only.</summary>
    public CopperClient WithTrace(ICopperTrace trace) => new(_core, trace);

    /// <summary>How the account's rate limit stands, a row per window.</summary>
    public IReadOnlyList<RateLimitStatus> GetRateLimitStatus()
    {
        var limiter = _core.Limiter;
        return limiter.Shared is { } shared ? shared.GetStatus(limiter.GetStatus()) : limiter.GetStatus();
    }

    /// <summary>The limit is kept together with other processes: this client, or another one of the account in this process, asked for it.</summary>
    public bool SharesLimit => _core.Limiter.Shared is not null;

    /// <summary>The owner of the credential. The cheapest way to see whether it works.</summary>
    public Task<CopperUser> GetCurrentUserAsync(CancellationToken cancellationToken = default) =>
        SendAsync(new CopperRequest(HttpMethod.Get, "users/me"), CopperJsonContext.Default.CopperUser, cancellationToken);

    /// <summary>The account of the credential. From then on all its credentials in this process share one rate limit.</summary>
    public async Task<CopperAccount> GetAccountAsync(CancellationToken cancellationToken = default)
    {
        var account = await SendAsync(new CopperRequest(HttpMethod.Get, "account"), CopperJsonContext.Default.CopperAccount, cancellationToken).ConfigureAwait(false);
        _core.Identify(account.Id);
        return account;
    }

    /// <summary>All tags of the account with their counts.</summary>
    public async Task<IReadOnlyList<CopperTag>> GetTagsAsync(CancellationToken cancellationToken = default) =>
        await SendListAsync(new CopperRequest(HttpMethod.Get, "tags"), CopperJsonContext.Default.CopperTag, cancellationToken).ConfigureAwait(false);

    /// <summary>All webhook subscriptions of the credential (developer.copper.com/webhooks/list-subscriptions).</summary>
    public async Task<IReadOnlyList<CopperWebhook>> GetWebhooksAsync(CancellationToken cancellationToken = default) =>
        await SendListAsync(new CopperRequest(HttpMethod.Get, "webhooks"), CopperJsonContext.Default.CopperWebhook, cancellationToken).ConfigureAwait(false);

    /// <summary>The person with exactly this e-mail address; null when there is none (developer.copper.com/people/fetch-a-person-by-email).</summary>
    public async Task<CopperPerson?> FindPersonByEmailAsync(string email, CancellationToken cancellationToken = default)
    {
        try
        {
            return await SendAsync(new CopperRequest(HttpMethod.Post, "people/fetch_by_email", new JsonBody { ["email"] = email }), CopperJsonContext.Default.CopperPerson, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Any call of the service, with the same identity, rate limit and repetitions as all others.</summary>
    public async Task<CopperResponse> SendAsync(CopperRequest request, CancellationToken cancellationToken = default)
    {
        var response = await SendAsync(
            request,
            static reply => new CopperResponse(
                reply.StatusCode,
                reply.RequestId,
                reply.Total,
                Encoding.UTF8.GetString(reply.Body.ToArray()),
                reply.Body.IsEmpty ? null : JsonSerializer.Deserialize(reply.Body.Span, CopperJsonContext.Default.Object)),
            static () => new CopperResponse(System.Net.HttpStatusCode.NotFound, null, null, string.Empty, null),
            cancellationToken).ConfigureAwait(false);
        if (request.Method == HttpMethod.Get && request.Path == "account" && response.Value is IReadOnlyDictionary<string, object?> account
            && account.TryGetValue("id", out var id) && id is long number)
        {
            // As GetAccountAsync: it tells whose rate limit it is.
            _core.Identify(number);
        }

        return response;
    }

    /// <summary>Any search of the service, page after page, as plain values. The query's order is sent only when it has one.</summary>
    /// <param name="path">Where to post the search, for example people/search.</param>
    /// <param name="query">What to search for.</param>
    public SearchResult<AdditionalMembers> Search(string path, SearchQuery query)
    {
        var request = new CopperRequest(HttpMethod.Post, path);
        query.Check();
        return new SearchResult<AdditionalMembers>(
            this,
            new SearchSource<AdditionalMembers>(
                request.Path.EndsWith("/" + CopperEntities.Activity.Path, StringComparison.Ordinal) ? CopperEntities.Activity.Path : request.Path.Split('/')[0],
                request.Path,
                CopperJsonContext.Default.AdditionalMembers,
                null,
                static record => record.TryGetValue("id", out var id) && id is long number ? (number, 0) : null),
            query);
    }

    /// <summary>
    /// The activities of a lead, person, company or opportunity (developer.copper.com/leads/see-a-leads-activities). The only
    /// criterion is activity_types.
    /// </summary>
    public SearchResult<CopperActivity> ActivitiesOf(CopperEntity entity, long id, SearchQuery query)
    {
        query.Check(CopperEntities.Activity.Plural, isSortable: false);
        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}/{1}/{2}", entity.Path, id, CopperEntities.Activity.Path);
        return new SearchResult<CopperActivity>(
            this,
            new SearchSource<CopperActivity>(CopperEntities.Activity.Path, path, CopperEntities.Activity.Item, null, static activity => (activity.Id, 0)),
            query);
    }

    /// <summary>
    /// The limits of this client hold no more for the other clients of the account. Waits for nothing and never throws: it is for the
    /// finalizer of what owns the client. Disposing the client does the same, and so does the client's own finalizer.
    /// </summary>
    public void ReleaseRateLimits() => _core.Limiter.Abandon();

    /// <summary>Closes the connections. Calls under way and later ones fail with an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _core.Dispose();

    /// <summary>The requests of this client that may change records.</summary>
    internal MutationTracker Writes => _core.Writes;

    /// <summary>The number of records of one result that the service hands out.</summary>
    internal long SearchCeiling => _core.SearchCeiling;

    /// <summary>A client for what has only the core at hand.</summary>
    internal static CopperClient Of(ClientCore core) => new(core, null);
}
