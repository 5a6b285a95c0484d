using System.Text;
using System.Text.Json;
using Copper.Client.Files;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.RateLimiting;
using Copper.Client.Relations;

namespace Copper.Client;

/// <summary>
/// The Copper CRM Developer API. One client holds one pool of connections and keeps the account's rate limit; it may be used
/// from many threads at once. Failures leave as <see cref="CopperException"/>s, cancelled requests as
/// <see cref="OperationCanceledException"/>.
/// </summary>
public class CopperClient : IDisposable
{
    private readonly ClientCore _core;
    private readonly RequestPipeline _requests;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected CopperClient()
    {
    }
#pragma warning restore CS8618

    /// <summary>
    /// A client with these options. Nothing is opened or sent yet: a limit that processes share is joined before the first request, or by
    /// <see cref="OpenAsync"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The options lack an identity, or one of them cannot be used; the message names it.</exception>
    public CopperClient(CopperClientOptions options)
        : this(new ClientCore(options), null)
    {
    }

    /// <summary>A client with an API key, and with the default options besides.</summary>
    /// <param name="userEmail">The e-mail address of the user who created the key.</param>
    /// <param name="apiKey">The key (Settings, Integrations, API Keys in Copper).</param>
    /// <exception cref="ArgumentException">One of them is empty, or the address is none.</exception>
    /// <remarks>
    /// Records have ids without names then, and custom fields are known by id only: <see cref="CopperClientOptions.LoadNames"/> changes
    /// that.
    /// </remarks>
    /// <example><code>using var client = new CopperClient("you@example.com", apiKey);</code></example>
    public CopperClient(string userEmail, string apiKey)
        : this(new CopperClientOptions { Identity = CopperIdentity.FromApiKey(userEmail, apiKey) })
    {
    }

    private CopperClient(ClientCore core, ICopperTrace? trace)
    {
        _core = core;
        _requests = trace is null ? core.Requests : core.Requests.WithTrace(trace);
        People = Records(CopperEntities.Person);
        Companies = Records(CopperEntities.Company);
        Leads = Records(CopperEntities.Lead);
        Opportunities = Records(CopperEntities.Opportunity);
        Projects = Records(CopperEntities.Project);
        Tasks = Records(CopperEntities.Task);
        Activities = Records(CopperEntities.Activity);
        CustomFieldDefinitions = Records(CopperEntities.CustomFieldDefinition);
        CustomActivityTypes = Records(CopperEntities.CustomActivityType);
        Webhooks = Records(CopperEntities.Webhook);
        LeadActions = new LeadActions(_requests, NewNames);
        Metadata = new CopperMetadata(_requests, core.Cache, core.Names, GetAccountAsync);
        RelatedItems = new RelatedItemEndpoint(_requests);
        Connections = new ConnectionEndpoint(_requests);
        Files = new FileEndpoint(_requests, core.Storage);
    }

    /// <summary>
    /// A client that has joined the limit that the options ask for (<see cref="CopperClientOptions.SharedLimit"/> or
    /// <see cref="CopperClientOptions.SharedLimitUri"/>), so that whatever is wrong with it is known now. Without one, as the constructor.
    /// </summary>
    /// <param name="options">How the client connects.</param>
    /// <param name="cancellationToken">Ends the wait for the file or the storage of the shared limit.</param>
    /// <exception cref="ArgumentException">The options lack an identity, or one of them cannot be used; the message names it.</exception>
    /// <exception cref="IOException">The shared limit cannot be joined; the message states what to do.</exception>
    public static async Task<CopperClient> OpenAsync(CopperClientOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var client = new CopperClient(options);
        try
        {
            await client.JoinAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>People.</summary>
    public virtual RecordEndpoint<CopperPerson> People { get => Substitute.Part(field, this); }

    /// <summary>Companies.</summary>
    public virtual RecordEndpoint<CopperCompany> Companies { get => Substitute.Part(field, this); }

    /// <summary>Leads.</summary>
    public virtual RecordEndpoint<CopperLead> Leads { get => Substitute.Part(field, this); }

    /// <summary>Conversion and upsert of leads.</summary>
    public virtual LeadActions LeadActions { get => Substitute.Part(field, this); }

    /// <summary>Opportunities.</summary>
    public virtual RecordEndpoint<CopperOpportunity> Opportunities { get => Substitute.Part(field, this); }

    /// <summary>Projects.</summary>
    public virtual RecordEndpoint<CopperProject> Projects { get => Substitute.Part(field, this); }

    /// <summary>Tasks.</summary>
    public virtual RecordEndpoint<CopperTask> Tasks { get => Substitute.Part(field, this); }

    /// <summary>Activities. Their search cannot be sorted.</summary>
    public virtual RecordEndpoint<CopperActivity> Activities { get => Substitute.Part(field, this); }

    /// <summary>
    /// The definitions of custom fields, one at a time. <see cref="Metadata"/> lists them: the service has no search for them.
    /// </summary>
    public virtual RecordEndpoint<CopperCustomFieldDefinition> CustomFieldDefinitions { get => Substitute.Part(field, this); }

    /// <summary>The account's own types of activities, one at a time. <see cref="Metadata"/> lists them; they cannot be deleted.</summary>
    public virtual RecordEndpoint<CopperCustomActivityType> CustomActivityTypes { get => Substitute.Part(field, this); }

    /// <summary>The lists by which ids have names, cached once they were read.</summary>
    public virtual CopperMetadata Metadata { get => Substitute.Part(field, this); }

    /// <summary>Relations between records.</summary>
    public virtual RelatedItemEndpoint RelatedItems { get => Substitute.Part(field, this); }

    /// <summary>Connections of records by connect fields.</summary>
    public virtual ConnectionEndpoint Connections { get => Substitute.Part(field, this); }

    /// <summary>Files attached to records.</summary>
    public virtual FileEndpoint Files { get => Substitute.Part(field, this); }

    /// <summary>
    /// Webhook subscriptions, one at a time. <see cref="RecordEndpoint{T}.ListAsync"/> lists them all: the service has no search for them.
    /// </summary>
    public virtual RecordEndpoint<CopperWebhook> Webhooks { get => Substitute.Part(field, this); }

    /// <summary>The names of the records that others point to, for one run through records.</summary>
    public virtual RelatedNames NewRelatedNames()
    {
        Substitute.Check(_core, this);
        return new(_requests);
    }

    /// <summary>What the client has done so far.</summary>
    public virtual CopperClientStatistics Statistics => Substitute.Part(_requests, this).Trace.Statistics;

    /// <summary>Is told of each request that may change something; null for nobody. All views of this client share it.</summary>
    public virtual IChangeRecorder? ChangeRecorder
    {
        get => Substitute.Part(_requests, this).Recording.Recorder;
        set => Substitute.Part(_requests, this).Recording.Recorder = value;
    }

    /// <summary>The account that the client reads from, as far as it is known. All views of this client share it.</summary>
    public virtual RecordAccount Account => Substitute.Part(_core, this).Account;

    /// <summary>The cached lists that seldom change.</summary>
    public virtual MetadataCache Cache => Substitute.Part(_core, this).Cache;

    /// <summary>
    /// The same client, whose requests report to <paramref name="trace"/>. Both share everything; dispose the original only.
    /// </summary>
    public virtual CopperClient WithTrace(ICopperTrace trace)
    {
        Substitute.Check(_core, this);
        return new(_core, trace);
    }

    /// <summary>How the account's rate limit stands, a row per window.</summary>
    public virtual IReadOnlyList<RateLimitStatus> GetRateLimitStatus()
    {
        Substitute.Check(_core, this);
        var limiter = _core.Limiter;
        return limiter.Shared is { } shared ? shared.GetStatus(limiter.GetStatus()) : limiter.GetStatus();
    }

    /// <summary>
    /// The limit is shared with other processes: this client, or another one of the account in this process, has joined it.
    /// </summary>
    public virtual bool SharesLimit => Substitute.Part(_core, this).Limiter.Shared is not null;

    /// <summary>The owner of the credential. The cheapest way to see whether it works.</summary>
    public virtual Task<CopperUser> GetCurrentUserAsync(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        return Metadata.GetCurrentUserAsync(cancellationToken);
    }

    /// <summary>The account of the credential. From then on all its credentials in this process share one rate limit.</summary>
    public virtual async Task<CopperAccount> GetAccountAsync(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        var account = await _requests
            .SendAsync(CopperRequest.Read("account"), _requests.Records.Read<CopperAccount>, cancellationToken).ConfigureAwait(false);
        _core.Identify(account.Id);
        return account;
    }

    /// <summary>
    /// The person with exactly this e-mail address; null when there is none (developer.copper.com/people/fetch-a-person-by-email).
    /// </summary>
    public virtual async Task<CopperPerson?> FindPersonByEmailAsync(string email, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        try
        {
            var request = CopperRequest.Read("people/fetch_by_email", new JsonBody { ["email"] = email });
            var person = await _requests
                .SendAsync(request, _requests.Records.Read<CopperPerson>, cancellationToken).ConfigureAwait(false);
            await NewNames().LoadNamesAsync([person], cancellationToken).ConfigureAwait(false);
            return person;
        }
        catch (CopperNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Any request to the service, with the same identity, rate limit and retries as all others.</summary>
    /// <exception cref="CopperProtocolException">The response is no JSON, or nested too deeply.</exception>
    public virtual Task<CopperResponse> SendAsync(CopperRequest request, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        return SendAsync(request, asText: false, cancellationToken);
    }

    /// <summary>
    /// As <see cref="SendAsync(CopperRequest, CancellationToken)"/>, for the text of the response: whatever comes with a
    /// status of success is handed on as it came, and <see cref="CopperResponse.Value"/> is null when it cannot be read.
    /// </summary>
    public virtual Task<CopperResponse> SendForTextAsync(CopperRequest request, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        return SendAsync(request, asText: true, cancellationToken);
    }

    private async Task<CopperResponse> SendAsync(CopperRequest request, bool asText, CancellationToken cancellationToken)
    {
        var response = await _requests.SendAsync(
            request,
            response => new CopperResponse(
                response.StatusCode,
                response.RequestId,
                response.Total,
                Encoding.UTF8.GetString(response.Body.ToArray()),
                ValueOf(response, asText)),
            cancellationToken,
            asText).ConfigureAwait(false);
        if (request.Method == HttpMethod.Get && request.Path == "account" && response.Value is IReadOnlyDictionary<string, object?> account
            && account.TryGetValue("id", out var id) && id is long number)
        {
            // As GetAccountAsync: it tells whose rate limit it is.
            _core.Identify(number);
        }

        return response;
    }

    /// <summary>
    /// Reads a list as it came: one page of a search, or a list that comes whole. What is in it is not looked at, so that nothing is lost.
    /// </summary>
    /// <param name="request">A request that reads, for example <c>CopperRequest.Read("people/search", criteria)</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CopperProtocolException">The response is no list.</exception>
    public virtual Task<RawList> ReadRawListAsync(CopperRequest request, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        return _requests.SendAsync(request, static response => RawList.Read(response.Body.Span, response.Total), cancellationToken);
    }

    /// <summary>Reads a record from the JSON that the service has sent once, with the names that the client's lists give it.</summary>
    /// <param name="entity">The kind of record.</param>
    /// <param name="json">The record, in UTF-8.</param>
    /// <exception cref="ArgumentException">It is no such record; it has no id, for example.</exception>
    public virtual ICopperRecord ReadRecord(CopperEntity entity, byte[] json)
    {
        Substitute.Check(_core, this);
        try
        {
            return entity.Read(_requests.Records, json);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"This is no {entity.Name}: {exception.Message}", nameof(json), exception);
        }
    }

    /// <summary>Any search of the service, page after page, as plain values. The query's order is sent only when it has one.</summary>
    /// <param name="path">Where to post the search, for example people/search.</param>
    /// <param name="query">What to search for.</param>
    public virtual SearchResult<AdditionalMembers> Search(string path, SearchQuery query)
    {
        Substitute.Check(_core, this);
        var request = CopperRequest.Read(path, query.Filter);
        query.Check();
        return new SearchResult<AdditionalMembers>(
            _requests,
            new SearchSource<AdditionalMembers>(
                request.Path.EndsWith("/" + CopperEntities.Activity.Path, StringComparison.Ordinal)
                    ? CopperEntities.Activity.Path
                    : request.Path.Split('/')[0],
                request.Path,
                null,
                static record => record.TryGetValue("id", out var id) && id is long number ? (number, 0) : null)
            {
                Ceiling = _core.SearchCeiling,
            },
            query);
    }

    /// <summary>
    /// The activities of a lead, person, company or opportunity (developer.copper.com/leads/see-a-leads-activities). The only
    /// criterion is activity_types.
    /// </summary>
    public virtual SearchResult<CopperActivity> ActivitiesOf(CopperEntity entity, long id, SearchQuery query)
    {
        Substitute.Check(_core, this);
        query.Check(CopperEntities.Activity.Path, isSortable: false);
        var path = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, "{0}/{1}/{2}", entity.Path, id, CopperEntities.Activity.Path);
        return new SearchResult<CopperActivity>(
            _requests,
            new SearchSource<CopperActivity>(CopperEntities.Activity.Path, path, null, static activity => (activity.Id, 0))
            {
                Ceiling = _core.SearchCeiling,
            },
            query);
    }

    /// <summary>
    /// The limits of this client hold no more for the other clients of the account. Waits for nothing and never throws: it is for the
    /// finalizer of what owns the client. Disposing the client does the same, and so does the client's own finalizer.
    /// </summary>
    public virtual void ReleaseRateLimits() => _core?.Limiter.Abandon();

    /// <summary>Closes the connections. Requests in flight and later ones fail with an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connections, where there are any.</summary>
    /// <param name="disposing">False from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A class of a test that derives from it has none.
            _core?.Dispose();
        }
    }

    /// <summary>Joins the limit that the options ask for, unless it has.</summary>
    internal Task JoinAsync(CancellationToken cancellationToken = default) => _core.Limiter.JoinAsync(cancellationToken);

    /// <summary>Sends the requests of this client.</summary>
    internal RequestPipeline Requests => Substitute.Part(_requests, this);

    private static object? ValueOf(ServiceResponse response, bool isOptional)
    {
        try
        {
            return response.Body.IsEmpty ? null : JsonSerializer.Deserialize(response.Body.Span, CopperJsonContext.Default.Object);
        }
        catch (Exception exception) when (isOptional && (exception is JsonException or InvalidOperationException))
        {
            return null;
        }
    }

    private RecordEndpoint<T> Records<T>(CopperEntity<T> entity)
        where T : class, ICopperRecord =>
        new(_requests, entity, _core.SearchCeiling, NewNames);

    private AccountNames NewNames() => new(Metadata, _core.WritesDayFirst, _core.LoadsNames);
}
