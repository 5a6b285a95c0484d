using System.Net;
using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client;

/// <summary>How a <see cref="CopperClient"/> connects. Read once, when the client is created.</summary>
public sealed class CopperClientOptions
{
    /// <summary>The address of the Developer API.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://api.copper.com/developer_api/v1");

    /// <summary>Who is calling. Required.</summary>
    public CopperIdentity? Identity { get; set; }

    /// <summary>Where the service is. https only; http is allowed for this machine (localhost, 127.0.0.1, [::1]).</summary>
    public Uri BaseUri { get; set; } = DefaultBaseUri;

    /// <summary>
    /// Where files are uploaded to: Amazon's storage, as documented (developer.copper.com/file-upload). It gets no credential.
    /// </summary>
    public Uri StorageUri { get; set; } = new("https://ali-userassets-production.s3.amazonaws.com");

    /// <summary>
    /// The windows within which all requests of the account are kept, all at once. An empty list means that this client's requests wait for
    /// no window, whatever other clients ask for; only a pause that the service asks for (429) is kept.
    /// </summary>
    /// <remarks>
    /// The limit is the account's, so the clients of this process that use the same account at the same address keep it together: the
    /// windows of all of them apply, until they are disposed, and the requests of each count, also those of a client without windows. The
    /// account of a credential is known once <see cref="CopperClient.GetAccountAsync"/> was called. Until then a client counts for every
    /// account in the process, for it may belong to any: two clients with two keys keep one limit together, whether the keys are of one
    /// account or of two. Nothing else is shared: each client has its own connections, cached lists and statistics.
    /// </remarks>
    public IReadOnlyList<RateLimit> RateLimits { get; set; } = RateLimit.Default;

    /// <summary>
    /// The windows that apply in addition, for an hour, once the service has responded with 429; an hour becomes two, four and so on
    /// when that happens again. For a client that tries a higher rate than the safe one: with <see cref="RateLimit.Documented"/> as
    /// <see cref="RateLimits"/> and <see cref="RateLimit.Default"/> here, an account that accepts the documented rate is read up to
    /// three times as fast, and one that does not costs one rejected request. They count the requests sent before. Empty by default;
    /// cannot be combined with a limit that processes share.
    /// </summary>
    public IReadOnlyList<RateLimit> FallbackRateLimits { get; set; } = [];

    /// <summary>
    /// This client keeps its rate limit to itself: neither the windows nor the requests nor a pause after 429 are shared with other clients
    /// of the process. For tests, in which a <see cref="Handler"/> takes the place of the service and one test must not wait for another.
    /// A client of the real service shares the limit, since it is the account's. Cannot be combined with a limit that processes share.
    /// </summary>
    public bool OwnRateLimit { get; set; }

    /// <summary>Further windows for bulk endpoints; what holds for <see cref="RateLimits"/> holds for them too.</summary>
    public IReadOnlyList<RateLimit> BulkRateLimits { get; set; } = [RateLimit.DefaultBulk];

    /// <summary>
    /// Keep the limits together with all processes of this user on this machine that set this too, by means of a small file in the
    /// user's folder for state (below LOCALAPPDATA on Windows, XDG_STATE_HOME or ~/.local/state elsewhere). It holds hashes, numbers
    /// and times: no key, no address. While one client of an account has it, all clients of that account in the process take part.
    /// It is opened by <see cref="CopperClient.OpenAsync"/>, or before the first request. When it cannot be written, the one throws an
    /// <see cref="IOException"/>, the other a <see cref="CopperConnectionException"/>, which state what to do.
    /// </summary>
    public bool SharedLimit { get; set; }

    /// <summary>
    /// Keep the limits together with all processes on any machine that name the same blob of Azure's storage, for example
    /// <c>https://account.blob.core.windows.net/copper/limit</c>. The container must be there; the blob is created when it is not, and one
    /// that holds anything else is left alone. https only; http is allowed for this machine (an emulator). The address may hold a shared
    /// access signature (SAS) with the permissions read, create and write; without one and without <see cref="SharedLimitToken"/>, the
    /// managed identity of Azure Automation is used (IDENTITY_ENDPOINT). Comes before <see cref="SharedLimit"/>, because it covers the
    /// processes of this machine too. The constructor throws an <see cref="ArgumentException"/> when the address or the token cannot be
    /// right; <see cref="CopperClient.OpenAsync"/> an <see cref="IOException"/>, or the first request a
    /// <see cref="CopperConnectionException"/>, when the storage refuses them. When the storage cannot be reached, there is one warning in
    /// the trace, and the client continues with a quarter of the rate until it can.
    /// </summary>
    public Uri? SharedLimitUri { get; set; }

    /// <summary>A SAS for <see cref="SharedLimitUri"/>, which is a secret: with it anybody can change the blob.</summary>
    public string? SharedLimitToken { get; set; }

    /// <summary>
    /// The time allowed for one request, from sending to the last byte of its response; 100 seconds by default. Waits for the rate limit
    /// do not count.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The most bytes that one response may have, decompressed; 64 MB by default, which is far more than a page of 200 records has. One
    /// that is larger is an error of that one request (<see cref="CopperProtocolException"/>), so that no response takes all memory.
    /// </summary>
    public long MaxResponseBytes { get; set; } = ServiceAddress.DefaultMaxResponseBytes;

    /// <summary>How often a request is retried after a failure that may pass; 4 by default, 0 for never.</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>
    /// The longest wait before a retry. When the service asks for a longer one, the request fails at once with an error that states
    /// it. 5 minutes by default.
    /// </summary>
    public TimeSpan LongestRetryWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Records come with the names behind their ids (<c>person.Assignee</c>, <c>opportunity.Stage</c>) and know their custom fields by name
    /// (<c>person.CustomFields["Score"]</c>): the endpoints read the lists that the first records refer to, each once in the life of the
    /// client. Without it, which is the default, reading sends nothing else, and <see cref="Metadata.RecordNameLoader"/> does it on demand.
    /// A list that the credential may not read leaves its names null.
    /// </summary>
    public bool LoadNames { get; set; }

    /// <summary>
    /// The account writes calendar dates with the day before the month (31/12/2026); by default 12/31/2026. Concerns the reading of close
    /// dates.
    /// </summary>
    public bool DayFirstDates { get; set; }

    /// <summary>The proxy to go through; null for the machine's own setting.</summary>
    public IWebProxy? Proxy { get; set; }

    /// <summary>
    /// Sends the requests, for example one from an IHttpClientFactory with handlers of its own. It stays the caller's: the client does not
    /// dispose it. Its base address and default headers are not used; of its own Timeout and <see cref="Timeout"/> the shorter one counts.
    /// Its handler must not follow redirects (AllowAutoRedirect = false), which would hand the credential to another address, and must
    /// not retry: the client does that, and knows what may be sent twice.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// Takes the place of the network, for example a sandbox or a chain of DelegatingHandlers. It stays the caller's: the client does not
    /// dispose it. What holds for the handler of <see cref="HttpClient"/> holds for it too.
    /// </summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>Sent as User-Agent.</summary>
    public string UserAgent { get; set; } = "Copper.Client/" + (typeof(CopperClientOptions).Assembly.GetName().Version?.ToString(3) ?? "0");

    /// <summary>The clock; tests put their own here.</summary>
    public Clock Clock { get; set; } = Clock.System;

    /// <summary>The throttles that clients share; tests put their own here.</summary>
    internal RateLimiterRegistry Throttles { get; set; } = RateLimiterRegistry.Process;

    /// <summary>The shared limits of this process; tests put their own here.</summary>
    internal CrossProcessRateLimiterRegistry SharedLimits { get; set; } = CrossProcessRateLimiterRegistry.Process;

    /// <summary>The number of records of one result that the service returns; tests lower it together with the sandbox's.</summary>
    internal long SearchCeiling { get; set; } = SearchResult<Models.ICopperRecord>.Ceiling;

    /// <summary>Rejects an address that would send the credential unencrypted, or that is none.</summary>
    /// <exception cref="ArgumentException">The address cannot be used; the message states why.</exception>
    public static void CheckBaseUri(Uri baseUri) => ServiceAddress.Check(baseUri, DefaultBaseUri);
}
