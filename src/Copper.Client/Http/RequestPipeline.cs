using System.Net.Http.Headers;
using Copper.Client.RateLimiting;

namespace Copper.Client;

/// <summary>
/// Sends the requests of one client. <see cref="SendAsync"/> has the order of all that happens to a request. What a search, a cache or a
/// test needs to know of a request is read from the request. Safe from any thread.
/// </summary>
internal sealed class RequestPipeline
{
    /// <summary>A wait for the storage of a shared limit that is worth a word.</summary>
    private static readonly TimeSpan NoticeableStoreWait = TimeSpan.FromMilliseconds(100);

    private readonly Uri _baseUri;
    private readonly CopperIdentity _identity;
    private readonly RetryPolicy _retryPolicy;
    private readonly RateLimiterHandle _limiter;
    private readonly Transport _transport;
    private readonly Clock _clock;
    private readonly string _userAgent;
    private readonly Action<CopperRequest> _completed;
    private readonly CancellationToken _closed;
    private readonly DeprecationNotices _deprecations;

    /// <param name="baseUri">Where the service is.</param>
    /// <param name="identity">Whose credential the requests carry.</param>
    /// <param name="retryPolicy">When a request is retried.</param>
    /// <param name="limiter">The account's rate limit.</param>
    /// <param name="transport">Sends messages.</param>
    /// <param name="records">Reads responses.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="userAgent">Sent as User-Agent.</param>
    /// <param name="completed">Is told of each request that may have changed something, also after a failure.</param>
    /// <param name="statistics">Counts requests and waits.</param>
    /// <param name="closed">Cancelled when the client is closed: closing the connections alone leaves requests in flight waiting.</param>
    public RequestPipeline(
        Uri baseUri,
        CopperIdentity identity,
        RetryPolicy retryPolicy,
        RateLimiterHandle limiter,
        Transport transport,
        RecordReader records,
        Clock clock,
        string userAgent,
        Action<CopperRequest> completed,
        CopperClientStatistics statistics,
        CancellationToken closed)
    {
        _baseUri = baseUri;
        _identity = identity;
        _retryPolicy = retryPolicy;
        _limiter = limiter;
        _transport = transport;
        _clock = clock;
        _userAgent = userAgent;
        _completed = completed;
        _closed = closed;
        _deprecations = new DeprecationNotices();
        Records = records;
        Mutations = new MutationTracker();
        Written = new RecentWrites();
        Recording = new RecorderSlot();
        Trace = new Tracer(null, statistics);
    }

    private RequestPipeline(RequestPipeline other, Tracer trace)
    {
        _baseUri = other._baseUri;
        _identity = other._identity;
        _retryPolicy = other._retryPolicy;
        _limiter = other._limiter;
        _transport = other._transport;
        _clock = other._clock;
        _userAgent = other._userAgent;
        _completed = other._completed;
        _closed = other._closed;
        _deprecations = other._deprecations;
        Records = other.Records;
        Mutations = other.Mutations;
        Written = other.Written;
        Recording = other.Recording;
        Trace = trace;
    }

    /// <summary>How responses become records.</summary>
    public RecordReader Records { get; }

    /// <summary>The requests so far that may have changed records.</summary>
    public MutationTracker Mutations { get; }

    /// <summary>The records that were written of late.</summary>
    public RecentWrites Written { get; }

    /// <summary>Who records changes.</summary>
    public RecorderSlot Recording { get; }

    /// <summary>Who listens.</summary>
    public Tracer Trace { get; }

    /// <summary>The same pipeline with another listener.</summary>
    public RequestPipeline WithTrace(ICopperTrace trace) => new(this, new Tracer(trace, Trace.Statistics));

    /// <summary>Sends a request and reads its response.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="read">
    /// Reads a successful response; whatever it throws counts as a response that cannot be read. A deletion whose retry finds nothing to
    /// delete is successful: it is read from an empty response with the status 404.
    /// </param>
    /// <param name="cancellationToken">Ends the request wherever it stands.</param>
    /// <param name="asText">The body is handed on as it came.</param>
    /// <exception cref="CopperException">Whatever goes wrong; nothing else leaves but a cancellation.</exception>
    /// <remarks>
    /// The order: secrets are noted for redaction → a shared limit is joined → the mutation begins → for each attempt: rate limit → message
    /// with identity → transport (trace, timeout, size) → status → rejection in the body → JSON → wait before the next attempt → the
    /// mutation ends.
    /// </remarks>
    public async Task<T> SendAsync<T>(
        CopperRequest request, Func<ServiceResponse, T> read, CancellationToken cancellationToken, bool asText = false)
    {
        request.CheckQuery();
        request.AddRedaction(_identity.Hide);
        request.UserEmail = _identity.UserEmail;

        // Written once: every attempt sends the same bytes.
        var body = request.Body?.ToUtf8();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed);
        if (!_limiter.HasJoined)
        {
            await JoinAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var change = await RecordAsync(request, cancellationToken).ConfigureAwait(false);
        var retry = _retryPolicy.Begin(request, Trace);
        Mutations.Begin(request);
        Written.Note(request);
        try
        {
            T result;
            while (true)
            {
                CopperException failure;
                try
                {
                    using var permit = await AcquireAsync(request, retry.Waits, ending.Token).ConfigureAwait(false);
                    using var message = CreateMessage(request, body);
                    using var response = await _transport
                        .SendAsync(request, message, Trace, permit.ResponseBegan, ending.Token).ConfigureAwait(false);
                    _deprecations.Check(request, response, Trace);
                    result = response.IsSuccess
                        ? ResponseBody.Read(request, response, read, asText)
                        : throw ErrorOf(request, response, permit);
                    break;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    failure = exception as CopperException ?? ConnectionFaults.Describe(request, _baseUri, exception);
                }

                if (retry.IsAlreadyGone(failure))
                {
                    result = read(new ServiceResponse(System.Net.HttpStatusCode.NotFound, null));
                    break;
                }

                await retry.DelayAsync(failure, ending.Token).ConfigureAwait(false);
            }

            Note(request, change, recorded => recorded.Complete(result));
            return result;
        }
        catch (CopperException failure)
        {
            Note(request, change, recorded => recorded.Fail(failure));
            throw;
        }
        catch (OperationCanceledException exception)
        {
            throw cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(exception.Message, exception, cancellationToken)
                : new ObjectDisposedException("CopperClient", "The client is closed.");
        }
        finally
        {
            Mutations.End(request);
            Written.Note(request);
            _completed(request);
        }
    }

    /// <summary>The first request joins the limit that processes share.</summary>
    private async Task JoinAsync(CopperRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await _limiter.JoinAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (CopperException or OperationCanceledException))
        {
            throw new CopperConnectionException(request, exception.Message, neverSent: true, isTransient: false, exception);
        }
    }

    /// <summary>Tells the recorder of a request that may change something; null when nobody records.</summary>
    private async Task<IRecordedChange?> RecordAsync(CopperRequest request, CancellationToken cancellationToken)
    {
        if (request.Effect == RequestEffect.Read || Recording.Recorder is not { } recorder)
        {
            return null;
        }

        IRecordedChange? change;
        try
        {
            change = await recorder.BeginAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (CopperException or OperationCanceledException))
        {
            throw new CopperChangeNotRecordedException(request, exception);
        }

        if (change?.Warning is { } warning)
        {
            Trace.NotRecorded(request, warning);
        }

        return change;
    }

    /// <summary>
    /// Tells the recorder what came of a request. The request was sent: a recorder that fails now must not hide its result, and the
    /// listener is told.
    /// </summary>
    private void Note(CopperRequest request, IRecordedChange? change, Action<IRecordedChange> tell)
    {
        if (change is null)
        {
            return;
        }

        try
        {
            tell(change);
        }
        catch (Exception exception) when (exception is not CopperException)
        {
            Trace.NotRecorded(
                request,
                $"What became of {request.Method} {request.PathAndQuery} cannot be recorded: it was sent, and stands in the record as "
                    + $"begun. {exception.Message}");
        }
    }

    /// <summary>Reads a list that comes whole. An item that cannot be read costs itself only, and is reported to the listener.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="read">How the list is read.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<List<T>> SendListAsync<T>(CopperRequest request, RecordReader.ReadItems<T> read, CancellationToken cancellationToken)
        where T : class
    {
        var (items, unreadable) = await SendAsync(
            request,
            response =>
            {
                var list = Records.ReadList(response, read);
                return (list.Items, RecordReader.Unreadable(request, response, list, null));
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var failure in unreadable)
        {
            Trace.Unreadable(request, failure);
        }

        return [.. items.OfType<T>()];
    }

    private CopperApiException ErrorOf(CopperRequest request, ServiceResponse response, RateLimitPermit permit)
    {
        var read = ErrorReader.Read(response, request.Redact);
        read.IsAtUnusualPath = _baseUri.AbsolutePath.TrimEnd('/') != CopperClientOptions.DefaultBaseUri.AbsolutePath;
        var error = CopperApiException.Create(request, read);
        if (error is CopperRateLimitException && permit.NoteTooManyRequests(error.RetryAfter) is { } reduction)
        {
            Trace.SlowedDown(request, reduction);
        }

        return error;
    }

    private async Task<RateLimitPermit> AcquireAsync(
        CopperRequest request, RequestWaits waits, CancellationToken cancellationToken)
    {
        var limiter = _limiter;
        var entry = limiter.AcquireAsync(request.IsBulk, cancellationToken);
        if (!entry.IsCompleted)
        {
            var since = _clock.Elapsed;
            Trace.Throttled(request, limiter.ExpectedWait(request.IsBulk), waits);
            await entry.ConfigureAwait(false);
            NoteThrottled(waits, _clock.Elapsed - since);
        }

        var permit = await entry.ConfigureAwait(false);
        if (limiter.SharedFor(request.IsBulk) is { } shared)
        {
            await AcquireSharedAsync(shared, permit, request, waits, cancellationToken).ConfigureAwait(false);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            permit.Return();
            throw new OperationCanceledException(cancellationToken);
        }

        return permit;
    }

    private void NoteThrottled(RequestWaits waits, TimeSpan wait)
    {
        waits.Add(wait);
        Trace.ThrottledFor(wait);
    }

    /// <summary>This process has a permit; now the processes that share the limit need to give one too.</summary>
    private async Task AcquireSharedAsync(
        ICrossProcessRateLimiter shared,
        RateLimitPermit permit,
        CopperRequest request,
        RequestWaits waits,
        CancellationToken cancellationToken)
    {
        TimeSpan? since = null;
        var started = _clock.Elapsed;
        try
        {
            permit.Attach(await shared.AcquireAsync(request.IsBulk, Waits, Warns, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            permit.Return();
            throw;
        }

        if (since is { } start)
        {
            NoteThrottled(waits, _clock.Elapsed - start);
        }
        else if (_clock.Elapsed - started is var wait && wait >= NoticeableStoreWait)
        {
            // A permit was free: only the storage, far away, took its time.
            NoteThrottled(waits, wait);
            Trace.WaitedForStore(request, wait);
        }

        if (shared.TakeOutageWarning() is { } warning)
        {
            Warns(warning, false);
        }

        void Warns(string text, bool isAboutWait)
        {
            if (isAboutWait)
            {
                waits.NoteWarning();
            }

            Trace.SharedLimitLost(request, text, isAboutWait);
        }

        void Waits(TimeSpan? wait)
        {
            since = _clock.Elapsed;
            Trace.Throttled(request, wait, waits);
        }
    }

    private HttpRequestMessage CreateMessage(CopperRequest request, byte[]? body)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_baseUri.AbsoluteUri.TrimEnd('/') + request.PathAndQuery));
        _identity.Apply(message.Headers);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);

        // Copper documents the content type as required on every request. It is a header of the content, so without a body it needs an
        // empty one; and a request with content, be it empty, is not retried by the handler when its connection breaks.
        if (body is not null || TransportFactory.AllowsContentOn(request.Method))
        {
            message.Content = new ByteArrayContent(body ?? []);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        TransportFactory.Prepare(message, request.Effect);
        return message;
    }
}
