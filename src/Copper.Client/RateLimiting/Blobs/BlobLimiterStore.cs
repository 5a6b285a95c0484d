using System.Net;
using System.Net.Http.Headers;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting.Blobs;

/// <summary>
/// A state in one blob of Azure's storage, which processes on any machine change by compare-and-swap: GET with its ETag, change, and PUT
/// with If-Match; the first one creates it with If-None-Match: *. 412 and 409 mean that somebody else was quicker. No lease, no server
/// of our own. Source: Microsoft Learn, "Get Blob", "Put Blob" and "Specifying conditional headers for Blob service operations". Has one
/// lock.
/// </summary>
internal sealed class BlobLimiterStore : ILimiterStore
{
    /// <summary>Has everything that is used here: SAS, bearer tokens (from 2017-11-09 on), and conditions.</summary>
    private const string ApiVersion = "2020-10-02";

    private readonly object _gate = new();
    private readonly Uri _uri;
    private readonly HttpMessageInvoker _invoker;
    private readonly ServerTimeEstimate _time = new();
    private IBlobAuthorization _authorization;
    private (byte[] State, string ETag, TimeSpan At)? _own;
    private string _version = string.Empty;
    private string? _ownTag;

    /// <param name="uri">The address of the blob, without a query.</param>
    /// <param name="authorization">The right to read and write it.</param>
    /// <param name="invoker">Sends the requests; it follows no redirect and is not disposed.</param>
    /// <param name="clock">The clock of this machine.</param>
    public BlobLimiterStore(Uri uri, IBlobAuthorization authorization, HttpMessageInvoker invoker, Clock clock) =>
        (_uri, _authorization, _invoker, Clock) = (uri, authorization, invoker, clock);

    public string Name => _uri.ToString();

    public StoreKind Kind => StoreKind.Remote;

    public Clock Clock { get; }

    public string Advice => "Correct that, or connect without the shared limit.";

    public string Version
    {
        get
        {
            lock (_gate)
            {
                return _version;
            }
        }
    }

    /// <summary>A newer session brings a newer right: the older one may expire.</summary>
    public void Authorize(IBlobAuthorization authorization)
    {
        lock (_gate)
        {
            _authorization = authorization;
        }
    }

    public async ValueTask<IStoredState?> TryReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Nobody has written between the last two writes of this process: it may well be alone, and then the condition of the next
            // write says so, for one round trip instead of two.
            if (_own is var (state, etag, at) && _time.At(Clock.Elapsed) is { } known)
            {
                _own = null;
                return new StoredState(this, state, etag, Clock.Elapsed - at, known);
            }
        }

        using var response = await SendAsync(static () => new HttpRequestMessage(HttpMethod.Get, (Uri?)null), cancellationToken)
            .ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound && BlobFailure.CodeOf(response) == "BlobNotFound")
        {
            return new StoredState(this, [], null, TimeSpan.Zero, Offset());
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Failure(response);
        }

        var content = await BlobTransport.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var tag = response.Headers.ETag?.ToString()
            ?? throw new IOException("Its response has no ETag, so nothing can be changed safely: this is no blob of Azure's storage");
        lock (_gate)
        {
            _version = tag;
        }

        var age = response.Headers.Date - response.Content.Headers.LastModified ?? TimeSpan.Zero;
        return new StoredState(this, BlobContent.Read(content), tag, age, Offset());
    }

    private async ValueTask<bool> TryReplaceAsync(StoredState read, byte[] state, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(CreatePut, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict
            && BlobFailure.CodeOf(response) is null or "ConditionNotMet" or "BlobAlreadyExists")
        {
            return false;
        }

        if (response.StatusCode != HttpStatusCode.Created)
        {
            throw Failure(response);
        }

        lock (_gate)
        {
            var tag = response.Headers.ETag?.ToString();
            var wasAlone = read.ETag is not null && read.ETag == _ownTag;
            _ownTag = tag;
            _version = tag ?? string.Empty;
            _own = wasAlone && tag is not null ? (state, tag, Clock.Elapsed) : null;
        }

        return true;

        HttpRequestMessage CreatePut()
        {
            var message = new HttpRequestMessage(HttpMethod.Put, (Uri?)null) { Content = new ByteArrayContent(BlobContent.Write(state)) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            message.Headers.TryAddWithoutValidation("x-ms-blob-type", "BlockBlob");
            message.Headers.TryAddWithoutValidation(read.ETag is null ? "If-None-Match" : "If-Match", read.ETag ?? "*");
            return message;
        }
    }

    /// <summary>Sends a request, once more when its token was too old, and learns the time of the server.</summary>
    private async ValueTask<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        while (true)
        {
            IBlobAuthorization authorization;
            lock (_gate)
            {
                authorization = _authorization;
            }

            using var message = create();
            message.RequestUri = _uri;
            message.Headers.TryAddWithoutValidation("x-ms-version", ApiVersion);
            await authorization.ApplyAsync(message, cancellationToken).ConfigureAwait(false);
            var sent = Clock.Elapsed;
            var response = await BlobTransport.SendAsync(_invoker, message, "The storage", Clock, cancellationToken)
                .ConfigureAwait(false);
            if (response.Headers.Date is { } date)
            {
                lock (_gate)
                {
                    _time.Add(sent, Clock.Elapsed, date);
                }
            }

            if (response.StatusCode != HttpStatusCode.Unauthorized || !authorization.Reject())
            {
                return response;
            }

            response.Dispose();
        }
    }

    private ClockOffset Offset()
    {
        lock (_gate)
        {
            return _time.At(Clock.Elapsed)
                ?? throw new IOException("Its responses do not tell the time (Date), so windows cannot be kept: this is no blob storage");
        }
    }

    private IOException Failure(HttpResponseMessage response)
    {
        lock (_gate)
        {
            return BlobFailure.Create(response, _uri, _authorization);
        }
    }

    private sealed class StoredState(BlobLimiterStore store, byte[] bytes, string? etag, TimeSpan age, ClockOffset offset) : IStoredState
    {
        public byte[] Bytes => bytes;

        public TimeSpan Age => age;

        public ClockOffset Offset => offset;

        public string? ETag => etag;

        public ValueTask<bool> TryReplaceAsync(byte[] state, CancellationToken cancellationToken) =>
            store.TryReplaceAsync(this, state, cancellationToken);

        public void Dispose()
        {
        }
    }
}
