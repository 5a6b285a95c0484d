using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Blobs;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>What the storage responds, and what is done about it.</summary>
public sealed class BlobLimiterStoreTests : IDisposable
{
    private const string Azure = "https://account.blob.core.windows.net";
    private const string Title = "CopperPS shared rate limit, format ";
    private readonly Storage _storage = new();
    private readonly HttpMessageInvoker _invoker;

    public BlobLimiterStoreTests() => _invoker = new HttpMessageInvoker(_storage);

    public void Dispose() => _invoker.Dispose();

    [Fact]
    public async Task The_state_is_created_once_and_then_replaced_only_as_it_was_read()
    {
        var (left, right) = (Store(), Store());
        using (var read = await ReadAsync(left))
        using (var other = await ReadAsync(right))
        {
            Assert.Empty(read.Bytes);
            Assert.True(await read.TryReplaceAsync([1, 2], default));
            Assert.False(await other.TryReplaceAsync([3], default));
        }

        using (var read = await ReadAsync(right))
        using (var other = await ReadAsync(left))
        {
            Assert.Equal([1, 2], other.Bytes);
            Assert.True(await read.TryReplaceAsync([4], default));
            Assert.False(await other.TryReplaceAsync([5], default));
        }

        Assert.Equal($"{Title}1\n\u0004", Encoding.ASCII.GetString(_storage.Content!));
        Assert.Equal("BlockBlob", _storage.LastPut!.Headers.GetValues("x-ms-blob-type").Single());
        Assert.All(_storage.Requests, static uri => Assert.Equal("?sig=secret", uri.Query));
    }

    [Fact]
    public async Task A_process_that_is_alone_needs_one_request_for_each_change()
    {
        var store = Store();
        for (byte i = 0; i < 10; i++)
        {
            using var read = await ReadAsync(store);
            Assert.Equal(i == 0 ? [] : [(byte)(i - 1)], read.Bytes);
            Assert.True(await read.TryReplaceAsync([i], default));
        }

        Assert.InRange(_storage.Requests.Count, 10, 13);

        // Somebody else has written: what is in memory is out of date, and is not written.
        _storage.Replace([.. Encoding.ASCII.GetBytes(Title + "1\n"), 77]);
        using var stale = await ReadAsync(store);
        Assert.False(await stale.TryReplaceAsync([10], default));
        using var current = await ReadAsync(store);
        Assert.Equal([77], current.Bytes);
    }

    [Theory]
    [InlineData("{ \"invoices\": [] }", "something else")]
    [InlineData("CopperPS shared rate limit, format x\n", "something else")]
    [InlineData("CopperPS shared rate limit, format 2\nwhatever it is", "newer release")]
    [InlineData("\n", "something else")]
    public async Task A_blob_that_holds_something_else_is_left_alone(string content, string reason)
    {
        _storage.Replace(Encoding.UTF8.GetBytes(content));

        var failure = await Assert.ThrowsAsync<IOException>(async () => await Store().TryReadAsync(default));
        var limiter = new CrossProcessRateLimiter(Store(), new RemoteProcesses(), Guid.NewGuid(), static work => work());
        var error = Assert.Throws<IOException>(() => limiter.Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(1)));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("'https://account.blob.core.windows.net/copper/limit' cannot be written", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(content, Encoding.UTF8.GetString(_storage.Content!));
        Assert.Null(_storage.LastPut);
    }

    [Theory]
    [InlineData(404, "ContainerNotFound", "create the container first")]
    [InlineData(403, "AuthenticationFailed", "the SAS may have expired")]
    [InlineData(409, "LeaseIdMissing", "the blob is leased")]
    [InlineData(302, null, "this is not how blob storage responds")]
    [InlineData(200, null, "no ETag")]
    public async Task What_is_configured_wrongly_is_an_error_that_says_what(int status, string? code, string meaning)
    {
        _storage.Response = () => Storage.Respond((HttpStatusCode)status, code);

        var failure = await Assert.ThrowsAsync<IOException>(async () => await Store().TryReadAsync(default));

        Assert.Contains(meaning, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(0)]
    public void Storage_that_cannot_be_reached_is_an_outage_and_no_error(int status)
    {
        _storage.Response = () => status == 0
            ? throw new HttpRequestException("Connection refused")
            : Storage.Respond((HttpStatusCode)status, null);
        var clock = new FakeClock();
        var limiter = new CrossProcessRateLimiter(
            new BlobLimiterStore(Storage.Uri, new SasAuthorization("sig=secret"), _invoker, clock),
            new RemoteProcesses(),
            Guid.NewGuid(),
            static work => work());
        using var registration = limiter.Register([RateLimit.Parse("8/6s")], [], TimeSpan.FromSeconds(100));

        var waiting = Enumerable.Range(0, 8).Select(_ => limiter.AcquireAsync(false, static _ => { }, null, default)).ToArray();
        Assert.Equal(2, waiting.Count(static one => one.IsCompletedSuccessfully));
        var warning = limiter.TakeOutageWarning();
        Assert.Contains("25 % of the rate", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", warning, StringComparison.Ordinal);
        Assert.Null(limiter.TakeOutageWarning());

        // As soon as it can be reached, the limit is shared again.
        _storage.Response = null;
        clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(8, waiting.Count(static one => one.IsCompletedSuccessfully));
        Assert.Null(limiter.TakeOutageWarning());
        Assert.NotNull(_storage.Content);
    }

    [Fact]
    public async Task A_managed_identity_gives_a_token_that_is_kept_and_renewed()
    {
        var clock = new FakeClock();
        var endpoint = new Endpoint { ExpiresOn = (clock.UtcNow + TimeSpan.FromHours(1)).ToUnixTimeSeconds() };
        using var identityInvoker = new HttpMessageInvoker(endpoint);
        using var identity = new ManagedIdentityAuthorization(
            new Uri("http://localhost:4141/MSI/token/?x=1"), "the header's secret", identityInvoker, clock);
        var store = new BlobLimiterStore(Storage.Uri, identity, _invoker, clock);
        using (var read = await ReadAsync(store))
        {
            Assert.True(await read.TryReplaceAsync([1], default));
        }

        Assert.Equal("Bearer token-1", _storage.LastPut!.Headers.Authorization!.ToString());
        Assert.Equal(1, endpoint.Tokens);
        Assert.Equal(
            "?x=1&resource=https%3A%2F%2Fstorage.azure.com%2F&api-version=2019-08-01", endpoint.LastRequest!.RequestUri!.Query);
        Assert.Equal("the header's secret", endpoint.LastRequest.Headers.GetValues("X-IDENTITY-HEADER").Single());
        Assert.Equal("True", endpoint.LastRequest.Headers.GetValues("Metadata").Single());

        // A little before it expires, and when the storage does not accept it any more.
        clock.Advance(TimeSpan.FromMinutes(56));
        endpoint.ExpiresOn = (clock.UtcNow + TimeSpan.FromHours(1)).ToUnixTimeSeconds();
        (await ReadAsync(store)).Dispose();
        Assert.Equal(2, endpoint.Tokens);
        clock.Advance(TimeSpan.FromMinutes(10));
        _storage.Response = () =>
        {
            _storage.Response = null;
            return Storage.Respond(HttpStatusCode.Unauthorized, "InvalidAuthenticationInfo");
        };
        (await ReadAsync(store)).Dispose();
        Assert.Equal(3, endpoint.Tokens);
    }

    [Fact]
    public async Task What_an_identity_endpoint_responds_is_never_repeated()
    {
        var endpoint = new Endpoint { Body = "{ \"access_token\": 5, \"refresh\": \"very secret\" }" };
        using var identityInvoker = new HttpMessageInvoker(endpoint);
        using var identity = new ManagedIdentityAuthorization(
            new Uri("http://localhost:4141/token"), null, identityInvoker, new FakeClock());
        var store = new BlobLimiterStore(Storage.Uri, identity, _invoker, new FakeClock());

        var failure = await Assert.ThrowsAsync<IOException>(async () => await store.TryReadAsync(default));
        Assert.Contains("could not be read", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        endpoint.Status = HttpStatusCode.BadRequest;
        failure = await Assert.ThrowsAsync<IOException>(async () => await store.TryReadAsync(default));
        Assert.Contains("responded with 400", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_storage.Requests);
    }

    [Theory]
    [InlineData(Azure + "/copper/limit", null, Azure + "/copper/limit", null)]
    [InlineData(Azure + "/copper/a/b?sv=1&sig=x", null, Azure + "/copper/a/b", "sv=1&sig=x")]
    [InlineData(Azure + "/copper/limit", " ?sv=1&sig=x ", Azure + "/copper/limit", "sv=1&sig=x")]
    [InlineData("http://127.0.0.1:10000/account/copper/limit", "sig=x", "http://127.0.0.1:10000/account/copper/limit", "sig=x")]
    public void An_address_is_read_apart_from_its_key(string address, string? token, string uri, string? sas)
    {
        var read = BlobAddress.Parse(new Uri(address), token);

        Assert.Equal((uri, sas), (read.Uri.ToString(), read.Sas));
    }

    [Theory]
    [InlineData("/relative", null, "in full")]
    [InlineData("ftp://account/copper/limit", null, "in full")]
    [InlineData("http://account.blob.core.windows.net/copper/limit?sig=secret", null, "unencrypted")]
    [InlineData("https://user:secret@account.blob.core.windows.net/copper/limit", null, "user name")]
    [InlineData("https://account.blob.core.windows.net/copper", "sig=secret", "names no blob")]
    [InlineData("https://account.blob.core.windows.net/copper/", "sig=secret", "names no blob")]
    [InlineData("http://127.0.0.1:10000/copper/limit", "sig=secret", "names no blob")]
    [InlineData("https://account.blob.core.windows.net/copper/limit#secret", null, "fragment")]
    [InlineData("https://account.blob.core.windows.net/copper/limit?sig=secret", "sig=secret", "two tokens")]
    [InlineData("https://account.blob.core.windows.net/copper/limit", "an account key, secret", "no shared access signature")]
    [InlineData("https://account.blob.core.windows.net/copper/limit?sv=secret", null, "no shared access signature")]
    public void An_address_that_cannot_be_right_is_an_error_without_its_secret(string address, string? token, string reason)
    {
        var failure = Assert.Throws<ArgumentException>(() => BlobAddress.Parse(new Uri(address, UriKind.RelativeOrAbsolute), token));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<IStoredState> ReadAsync(BlobLimiterStore store) =>
        await store.TryReadAsync(default) ?? throw new InvalidOperationException("The store is in use.");

    private BlobLimiterStore Store() => new(Storage.Uri, new SasAuthorization("sig=secret"), _invoker, new FakeClock());

    /// <summary>One blob, as Azure's storage responds.</summary>
    private sealed class Storage : HttpMessageHandler
    {
        private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        private int _version;

        public static Uri Uri { get; } = new("https://account.blob.core.windows.net/copper/limit");

        public byte[]? Content { get; private set; }

        public List<Uri> Requests { get; } = [];

        public HttpRequestMessage? LastPut { get; private set; }

        public Func<HttpResponseMessage>? Response { get; set; }

        public void Replace(byte[] content) => (Content, _version) = (content, _version + 1);

        public static HttpResponseMessage Respond(HttpStatusCode status, string? code)
        {
            var response = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
            response.Headers.Date = Now;
            if (code is not null)
            {
                response.Headers.Add("x-ms-error-code", code);
            }

            return response;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.RequestUri!);
            if (Response is not null)
            {
                return Response();
            }

            var etag = $"\"0x{_version}\"";
            if (request.Method == HttpMethod.Get)
            {
                if (Content is null)
                {
                    return Respond(HttpStatusCode.NotFound, "BlobNotFound");
                }

                var read = Respond(HttpStatusCode.OK, null);
                read.Content = new ByteArrayContent(Content);
                read.Headers.ETag = EntityTagHeaderValue.Parse(etag);
                return read;
            }

            LastPut = request;
            if (Content is not null && !request.Headers.IfMatch.Any(tag => tag.Tag == etag))
            {
                return request.Headers.IfMatch.Count > 0
                    ? Respond(HttpStatusCode.PreconditionFailed, "ConditionNotMet")
                    : Respond(HttpStatusCode.Conflict, "BlobAlreadyExists");
            }

            Replace(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            var written = Respond(HttpStatusCode.Created, null);
            written.Headers.ETag = EntityTagHeaderValue.Parse($"\"0x{_version}\"");
            return written;
        }
    }

    /// <summary>The endpoint of a managed identity.</summary>
    private sealed class Endpoint : HttpMessageHandler
    {
        public int Tokens { get; private set; }

        public long ExpiresOn { get; set; }

        public string? Body { get; set; }

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public HttpRequestMessage? LastRequest { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            LastRequest = request;
            var body = Body ?? $"{{ \"access_token\": \"token-{++Tokens}\", \"expires_on\": \"{ExpiresOn}\" }}";
            return Task.FromResult(new HttpResponseMessage(Status) { Content = new StringContent(body) });
        }
    }
}
