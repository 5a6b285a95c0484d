using System.Text.Json.Serialization.Metadata;
using Copper.Client.CustomFields;
using Copper.Client.Files;
using Copper.Client.Http;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;
using Copper.Client.Search;

namespace Copper.Client;

/// <summary>What all views of one client share.</summary>
internal sealed class ClientCore : IDisposable
{
    private readonly CopperClientOptions _options;
    private readonly CopperIdentity _identity;
    private readonly HttpMessageInvoker _invoker;
    private readonly LimiterRegistration? _shared;
    private readonly CancellationTokenSource _closing = new();

    public ClientCore(CopperClientOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _identity = options.Identity ?? throw new ArgumentException("The client needs an identity: an API key or a bearer token.", nameof(options));
        CopperClientOptions.CheckBaseUri(options.BaseUri);
        CopperClientOptions.CheckStorageUri(options.StorageUri);
        CopperClientOptions.CheckLargestAnswer(options.LargestAnswer);
        if (options.Timeout <= TimeSpan.Zero || options.MaxRetries < 0)
        {
            throw new ArgumentException("The time allowed for a request must be more than none, and the number of repetitions none or more.", nameof(options));
        }

        CustomFields = new CustomFieldCatalogProvider(this, options.DayFirstDates);
        _invoker = new HttpMessageInvoker(options.Handler ?? TransportFactory.Create(options), disposeHandler: true);

        // The limits last: who could not be made has joined none, for nobody would leave it.
        _shared = options.SharedLimit ? options.SharedLimits.Open(options.BaseUri, _identity.Fingerprint).Register(options.RateLimits, options.BulkRateLimits, options.Timeout, options.Opening) : null;
        Limiter = options.Throttles.Open(options.BaseUri, _identity.Fingerprint, options.RateLimits, options.BulkRateLimits, _shared);
        var retry = new RetryPolicy(options.Clock, options.MaxRetries, options.LongestRetryWait);
        Storage = new FileStorage(_invoker, options.StorageUri, retry, options.Timeout, options.UserAgent);
        Pipeline = new RequestPipeline(
            options.BaseUri,
            _identity,
            retry,
            Limiter,
            new Transport(_invoker, options.Clock, options.Timeout, options.LargestAnswer),
            options.Clock,
            options.UserAgent);
    }

    public CopperClientStatistics Statistics { get; } = new();

    public MetadataCache Cache { get; } = new();

    /// <summary>What records know of their custom fields.</summary>
    public CustomFieldCatalogProvider CustomFields { get; }

    public MutationTracker Writes { get; } = new();

    public RateLimiterHandle Limiter { get; }

    public FileStorage Storage { get; }

    public RequestPipeline Pipeline { get; }

    public long SearchCeiling => _options.SearchCeiling;

    /// <summary>How this account's answers are read.</summary>
    public JsonTypeInfo<T> TypeOf<T>() => CopperJson.TypeOf<T>(_options.DayFirstDates);

    public void Identify(long accountId)
    {
        _options.Throttles.Identify(_options.BaseUri, _identity.Fingerprint, accountId);
        _shared?.Limiter.Identify(CrossProcessRateLimiterRegistry.AccountKey(accountId));
    }

    /// <summary>Cancelled when the client is closed: closing the connections alone would leave calls under way waiting.</summary>
    public CancellationToken Closed => _closing.Token;

    /// <summary>The limits of a client that nobody holds any more end, also when nobody has closed it.</summary>
    ~ClientCore()
    {
        // Without an identity the constructor has thrown before it joined.
        Limiter?.Abandon();
    }

    public void Dispose()
    {
        _closing.Cancel();
        _invoker.Dispose();
        Limiter.Dispose();
        GC.SuppressFinalize(this);
    }
}
