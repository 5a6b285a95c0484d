using Copper.Client.CustomFields;
using Copper.Client.Files;
using Copper.Client.Http;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Blobs;
using Copper.Client.RateLimiting.Shared;

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
        _identity = options.Identity
            ?? throw new ArgumentException("The client needs an identity: an API key or a bearer token.", nameof(options));
        CopperClientOptions.CheckBaseUri(options.BaseUri);
        ServiceAddress.CheckStorage(options.StorageUri);
        ServiceAddress.CheckMaxResponseBytes(options.MaxResponseBytes);
        if (options.Timeout <= TimeSpan.Zero || options.MaxRetries < 0)
        {
            throw new ArgumentException(
                "The time allowed for a request must be more than none, and the number of retries none or more.", nameof(options));
        }

        _invoker = CallerConnection.Open(options.HttpClient, options.Handler, options.BaseUri, options.Timeout, options.Proxy);

        // The limits last: a client that could not be created has joined none, for nobody would leave it.
        _shared = FindSharedLimit(options, _identity.Fingerprint)?
            .Register(options.RateLimits, options.BulkRateLimits, options.Timeout, options.Opening);
        Limiter = options.Throttles.Open(
            options.BaseUri, _identity.Fingerprint, options.RateLimits, options.BulkRateLimits, _shared);
        var customFields = new CustomFieldCatalogProvider(Cache, options.DayFirstDates);
        Account = new RecordAccount(options.BaseUri, _identity.Fingerprint, _identity.UserEmail);
        Names = new ReferenceNames(Cache, Account);
        var retryPolicy = new RetryPolicy(options.Clock, options.MaxRetries, options.LongestRetryWait);
        Storage = new FileStorage(_invoker, options.StorageUri, retryPolicy, options.Timeout, options.UserAgent);
        Requests = new RequestPipeline(
            options.BaseUri,
            _identity,
            retryPolicy,
            Limiter,
            new Transport(_invoker, options.Clock, options.Timeout, options.MaxResponseBytes),
            new RecordReader(
                options.DayFirstDates,
                value =>
                {
                    customFields.Attach(value);
                    Names.Attach(value);
                }),
            options.Clock,
            options.UserAgent,
            request => Cache.Forget(request.Affects),
            new CopperClientStatistics(),
            _closing.Token);
    }

    public MetadataCache Cache { get; } = new();

    /// <summary>The account that is read from.</summary>
    public RecordAccount Account { get; }

    /// <summary>The names behind the ids in records.</summary>
    public ReferenceNames Names { get; }

    public RateLimiterHandle Limiter { get; }

    public FileStorage Storage { get; }

    public RequestPipeline Requests { get; }

    public long SearchCeiling => _options.SearchCeiling;

    /// <summary>The account writes the day before the month.</summary>
    public bool WritesDayFirst => _options.DayFirstDates;

    /// <summary>The account of the credential is known: from now on all its credentials share one rate limit.</summary>
    public void Identify(long accountId)
    {
        Account.Id = accountId;
        _options.Throttles.Identify(_options.BaseUri, _identity.Fingerprint, accountId);
        _shared?.Limiter.Identify(CrossProcessRateLimiterRegistry.AccountKey(accountId));
    }

    /// <summary>The limits of a client that nobody holds any more end, also when nobody has closed it.</summary>
    ~ClientCore()
    {
        // Without an identity the constructor has thrown before it joined.
        Limiter?.Abandon();
    }

    private static CrossProcessRateLimiter? FindSharedLimit(CopperClientOptions options, string fingerprint)
    {
        if (options.SharedLimitUri is null)
        {
            return options.SharedLimit ? options.SharedLimits.Open(options.BaseUri, fingerprint) : null;
        }

        return BlobSharing.Open(
            options.SharedLimits,
            BlobAddress.Parse(options.SharedLimitUri, options.SharedLimitToken, options.Clock.UtcNow),
            fingerprint,
            uri => TransportFactory.Create(uri, options.Timeout, options.Proxy),
            options.Clock);
    }

    public void Dispose()
    {
        _closing.Cancel();
        _invoker.Dispose();
        Limiter.Dispose();
        GC.SuppressFinalize(this);
    }
}
