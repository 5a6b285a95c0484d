using Copper.Client.CustomFields;
using Copper.Client.Files;
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
    private readonly RateLimiterRegistry _throttles;
    private readonly CancellationTokenSource _closing = new();

    public ClientCore(CopperClientOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _identity = options.Identity
            ?? throw new ArgumentException("The client needs an identity: an API key or a bearer token.", nameof(options));
        CopperClientOptions.CheckBaseUri(options.BaseUri);
        ServiceAddress.CheckStorage(options.StorageUri);
        OptionCheck.Common(
            options.Timeout, options.MaxRetries, options.LongestRetryWait, options.MaxResponseBytes, options.UserAgent, options.Clock);
        OptionCheck.Limits(options.RateLimits, nameof(options.RateLimits));
        OptionCheck.Limits(options.BulkRateLimits, nameof(options.BulkRateLimits));
        OptionCheck.Limits(options.FallbackRateLimits, nameof(options.FallbackRateLimits));
        OptionCheck.Fallback(options.FallbackRateLimits, options.SharedLimit || options.SharedLimitUri is not null);

        if (options.OwnRateLimit && (options.SharedLimit || options.SharedLimitUri is not null))
        {
            throw new ArgumentException(
                $"{nameof(options.OwnRateLimit)} keeps the limit from other clients, and {nameof(options.SharedLimit)} and "
                    + $"{nameof(options.SharedLimitUri)} share it: set one of them.");
        }

        _throttles = options.OwnRateLimit ? new RateLimiterRegistry(options.Clock) : options.Throttles;
        _invoker = CallerConnection.Open(options.HttpClient, options.Handler, options.BaseUri, options.Timeout, options.Proxy);

        // The limits last: a client that could not be created has none, for nobody would end it.
        Limiter = _throttles.Open(
            options.BaseUri,
            _identity.Fingerprint,
            options.RateLimits,
            options.BulkRateLimits,
            FindRegistration(options, _identity.Fingerprint),
            options.FallbackRateLimits);
        var customFields = new CustomFieldNames(Cache, options.DayFirstDates);
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

    /// <summary>Records are returned with the names behind their ids.</summary>
    public bool LoadsNames => _options.LoadNames;

    /// <summary>The account writes the day before the month.</summary>
    public bool WritesDayFirst => _options.DayFirstDates;

    /// <summary>The account of the credential is known: from now on all its credentials share one rate limit.</summary>
    public void Identify(long accountId)
    {
        Account.Id = accountId;
        _throttles.Identify(_options.BaseUri, _identity.Fingerprint, accountId);
        (Limiter.Registration as LimiterRegistration)?.Limiter.Identify(CrossProcessRateLimiterRegistry.AccountKey(accountId));
    }

    /// <summary>The limits of a client that nobody holds any more end, also when nobody has closed it.</summary>
    ~ClientCore()
    {
        // Without an identity the constructor has thrown before it joined.
        Limiter?.Abandon();
    }

    /// <summary>
    /// Registers the client with the limit that it shares; null when it shares none. What cannot be right is rejected now; a file is
    /// opened, or a request sent, on a thread of its own when the client joins.
    /// </summary>
    private static Func<CancellationToken, Task<ICrossProcessRegistration>>? FindRegistration(
        CopperClientOptions options, string fingerprint)
    {
        if (options.SharedLimitUri is null && !options.SharedLimit)
        {
            return null;
        }

        var remote = options.SharedLimitUri is null ? null : BlobSharing.Open(
            options.SharedLimits,
            BlobAddress.Parse(options.SharedLimitUri, options.SharedLimitToken, options.Clock.UtcNow),
            fingerprint,
            uri => TransportFactory.Create(uri, options.Timeout, options.Proxy),
            options.Clock);
        var (baseUri, limits, bulkLimits, timeout, registry) =
            (options.BaseUri, options.RateLimits, options.BulkRateLimits, options.Timeout, options.SharedLimits);
        return token => Task.Run<ICrossProcessRegistration>(
            () => (remote ?? registry.Open(baseUri, fingerprint)).Register(limits, bulkLimits, timeout, token), token);
    }

    public void Dispose()
    {
        _closing.Cancel();
        _invoker.Dispose();
        Limiter.Dispose();
        GC.SuppressFinalize(this);
    }
}
