using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
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
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
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
    [InlineData(404, "ContainerNotFound", "no container 'copper'; create it")]
    [InlineData(404, "ContainerBeingDeleted", "is being deleted")]
    [InlineData(404, "ResourceNotFound", "no such storage account at account.blob.core.windows.net")]
    [InlineData(404, null, "this is not how blob storage responds")]
    [InlineData(400, "InvalidResourceName", "check the names of container and blob")]
    [InlineData(401, "NoAuthenticationInformation", "the SAS is not complete")]
    [InlineData(403, "AuthenticationFailed", "the SAS is not complete")]
    [InlineData(403, "AuthorizationPermissionMismatch", "sp=rcw")]
    [InlineData(403, "AuthorizationResourceTypeMismatch", "something else than blobs")]
    [InlineData(403, "AuthorizationFailure", "network rules")]
    [InlineData(403, "AuthorizationProtocolMismatch", "https only")]
    [InlineData(403, "KeyBasedAuthenticationNotPermitted", "managed identity")]
    [InlineData(403, "AccountIsDisabled", "is disabled")]
    [InlineData(403, "SomethingNew", "the SAS is not complete")]
    [InlineData(409, "PublicAccessNotPermitted", "saw no right")]
    [InlineData(409, "InvalidBlobType", "another type")]
    [InlineData(409, "BlobImmutableDueToPolicy", "cannot be changed")]
    [InlineData(412, "LeaseIdMissing", "holds a lease")]
    [InlineData(302, null, "this is not how blob storage responds")]
    [InlineData(418, "SomethingNew", "not expected of blob storage")]
    [InlineData(200, null, "no ETag")]
    public async Task What_is_configured_wrongly_is_an_error_that_says_what(int status, string? code, string meaning)
    {
        _storage.Response = () => Storage.Respond((HttpStatusCode)status, code);

        var failure = await Assert.ThrowsAsync<IOException>(async () => await Store().TryReadAsync(default));

        Assert.Contains(meaning, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_blob_is_created_and_nothing_else_that_is_missing()
    {
        Assert.Empty((await ReadAsync(Store())).Bytes);
    }

    [Fact]
    public async Task An_expired_SAS_is_told_by_the_time_of_the_storage()
    {
        _storage.Response = static () => Storage.Respond(HttpStatusCode.Forbidden, "AuthenticationFailed");
        var sas = Sas("se=2026-03-01T12%3A05%3A00Z&sig=secret");
        Assert.Contains("is not complete", sas.ExplainRejection(Now), StringComparison.Ordinal);
        var store = new BlobLimiterStore(Storage.Uri, Sas("se=2026-03-01T11%3A55%3A00Z&sig=secret"), _invoker, new FakeClock());

        var failure = await Assert.ThrowsAsync<IOException>(async () => await store.TryReadAsync(default));

        Assert.Contains("the SAS expired at 2026-03-01 11:55 UTC", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "is not known: check it in the address")]
    [InlineData(SocketError.TryAgain, null)]
    public void A_name_that_nobody_knows_is_an_error(SocketError error, string? meaning)
    {
        _storage.Response = () => throw new HttpRequestException("No such host", new SocketException((int)error));
        var limiter = Limiter(new FakeClock());

        var failure = Record.Exception(() => limiter.Register([RateLimit.Parse("8/6s")], [], TimeSpan.FromSeconds(1)));

        Assert.Equal(meaning is null, failure is null);
        Assert.True(failure is null || failure.Message.Contains(meaning!, StringComparison.Ordinal));
    }

    [Fact]
    public void Storage_that_hangs_holds_a_session_up_for_no_more_than_five_seconds_in_all()
    {
        var clock = new FakeClock();
        _storage.Hangs = clock;
        var (limiter, began) = (Limiter(clock), clock.Elapsed);

        // All that Connect-Copper, Get-CopperRateLimit and Disconnect-Copper do.
        var registration = limiter.Register([RateLimit.Parse("8/6s")], [RateLimit.Parse("2/1s")], TimeSpan.FromSeconds(100));
        limiter.TrySyncOnClose();
        limiter.Identify(Guid.NewGuid());
        var rows = limiter.GetStatus([]);
        Assert.True(limiter.AcquireAsync(false, static _ => { }, null, default).IsCompletedSuccessfully);
        registration.Dispose();

        Assert.InRange(clock.Elapsed - began, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));
        Assert.Contains("25 % of the rate", limiter.TakeOutageWarning(), StringComparison.Ordinal);
        Assert.Null(limiter.TakeOutageWarning());
        Assert.Equal(["2/6", "1/2"], rows.Select(static row => $"{row.Limit}/{row.Window.TotalSeconds}"));
    }

    [Fact]
    public void Storage_that_begins_to_hang_is_waited_for_once_and_the_share_in_force_is_shown()
    {
        var clock = new FakeClock();
        var background = new Queue<Action>();
        var limiter = Limiter(clock, background.Enqueue);
        var registration = limiter.Register([RateLimit.Parse("8/6s")], [RateLimit.Parse("2/1s")], TimeSpan.FromSeconds(100));
        Assert.All(limiter.GetStatus([]), static row => Assert.Equal((1, null), (row.SharedBy, row.Outage)));
        _storage.Hangs = clock;
        var began = clock.Elapsed;

        var rows = limiter.GetStatus([]);
        Assert.Equal(TimeSpan.FromSeconds(5), clock.Elapsed - began);
        Assert.All(rows, static row => Assert.Null(row.SharedBy));
        Assert.All(rows, static row => Assert.Contains("did not respond within", row.Outage, StringComparison.Ordinal));
        for (var i = 0; i < 2; i++)
        {
            Assert.True(limiter.AcquireAsync(false, static _ => { }, null, default).IsCompletedSuccessfully);
        }

        rows = limiter.GetStatus([new RateLimitStatus(new RateLimit(8, TimeSpan.FromSeconds(6)), 3, TimeSpan.FromSeconds(1), false)]);
        Assert.Equal((2, 3, 0), (rows[0].Limit, rows[0].Used, rows[0].Free));
        Assert.Equal(2, rows.Count);
        limiter.TrySyncOnClose();
        Assert.Equal(TimeSpan.FromSeconds(5), clock.Elapsed - began);

        // Another session in the outage is told too, after no more than its own five seconds.
        Assert.NotNull(limiter.TakeOutageWarning());
        limiter.Register([RateLimit.Parse("8/6s")], [], TimeSpan.FromSeconds(100)).Dispose();
        Assert.NotNull(limiter.TakeOutageWarning());
        Assert.InRange(clock.Elapsed - began, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

        _storage.Hangs = null;
        while (background.TryDequeue(out var work))
        {
            work();
        }

        Assert.Equal((8, 1, null), limiter.GetStatus([])[0] is var row ? (row.Limit, row.SharedBy, row.Outage) : default);
        registration.Dispose();
    }

    [Fact]
    public async Task A_window_is_widened_by_what_is_not_known_of_the_time_of_the_storage()
    {
        // All that is known after responses on the full second is the second.
        var clock = new FakeClock();
        _storage.Clock = clock;
        var limiter = Limiter(clock, static work => work());
        using var registration = limiter.Register([RateLimit.Parse("1/6s")], [], TimeSpan.FromSeconds(100));
        (await limiter.AcquireAsync(false, static _ => { }, null, default)).Complete(sent: true);
        var completed = clock.Elapsed;
        clock.Advance(TimeSpan.FromSeconds(1));

        var waiting = limiter.AcquireAsync(false, static _ => { }, null, default);
        while (!waiting.IsCompleted)
        {
            clock.MoveTo(clock.NextTimer!.Value);
        }

        Assert.InRange(clock.Elapsed - completed, TimeSpan.FromSeconds(6.5), TimeSpan.FromSeconds(8));
    }

    [Fact]
    public void A_request_waits_for_storage_that_hangs_for_five_seconds()
    {
        var (clock, background) = (new FakeClock(), new Queue<Action>());
        var limiter = Limiter(clock, background.Enqueue);
        using var registration = limiter.Register([RateLimit.Parse("8/6s")], [], TimeSpan.FromSeconds(100));
        var began = clock.Elapsed;

        // A read that takes two seconds, a write that never responds, and a read that must not take all its time any more.
        (_storage.Hangs, _storage.HangsAfter) = (clock, 1);
        var waiting = limiter.AcquireAsync(false, static _ => { }, null, default);
        while (!waiting.IsCompleted)
        {
            if (background.TryDequeue(out var work))
            {
                work();
            }
            else
            {
                clock.MoveTo(clock.NextTimer!.Value);
            }
        }

        Assert.Equal(TimeSpan.FromSeconds(5), clock.Elapsed - began);
        _storage.Hangs = null;
    }

    [Fact]
    public void A_damaged_state_is_warned_of_once_although_the_clocks_are_known_better_and_better()
    {
        var warnings = new WaitWarnings(Store());

        Assert.Contains("wait for 600.0 s", warnings.Take(Held(700), TimeSpan.FromSeconds(100)), StringComparison.Ordinal);
        Assert.Null(warnings.Take(Held(700.4), TimeSpan.FromSeconds(101)));
        Assert.Null(warnings.Take(Held(699.8), TimeSpan.FromSeconds(699)));
        Assert.NotNull(warnings.Take(Held(2_000), TimeSpan.FromSeconds(1_500)));

        static SyncResult Held(double until) => new() { HeldUntil = TimeSpan.FromSeconds(until) };
    }

    [Fact]
    public void A_state_that_was_truncated_is_started_anew_after_the_longest_window_since_it_was_written()
    {
        var clock = new FakeClock();
        _storage.Replace([.. Encoding.ASCII.GetBytes(Title + "1\n"), 1, 2, 3]);
        _storage.Clock = clock;
        var limiter = Limiter(clock, static work => work());
        using var registration = limiter.Register([RateLimit.Parse("8/6s")], [], TimeSpan.FromSeconds(100));
        var warnings = new List<string>();
        var waiting = limiter.AcquireAsync(false, static _ => { }, (text, _) => warnings.Add(text), default);
        Assert.False(waiting.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(9));

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.Contains("delete", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.TimedOut, false)]
    public void An_identity_endpoint_where_nothing_listens_is_an_error_and_a_busy_one_an_outage(SocketError error, bool isError)
    {
        var endpoint = new Endpoint { Failure = new HttpRequestException("No connection", new SocketException((int)error)) };
        using var identityInvoker = new HttpMessageInvoker(endpoint);
        using var identity = new ManagedIdentityAuthorization(
            new Uri("http://localhost:4141/token"), null, identityInvoker, new FakeClock());
        var limiter = new CrossProcessRateLimiter(
            new BlobLimiterStore(Storage.Uri, identity, _invoker, new FakeClock()),
            new RemoteProcesses(),
            Guid.NewGuid(),
            static _ => { });

        var failure = Record.Exception(() => limiter.Register([RateLimit.Parse("8/6s")], [], TimeSpan.FromSeconds(1)));

        Assert.Equal(isError, failure is IOException);
        Assert.Contains(
            isError ? "Nothing listens" : "The managed identity cannot be reached",
            failure?.Message ?? limiter.TakeOutageWarning(),
            StringComparison.Ordinal);
        Assert.Empty(_storage.Requests);
    }

    [Fact]
    public async Task An_identity_without_its_role_is_told_which_one_to_give_it()
    {
        using var identityInvoker = new HttpMessageInvoker(new Endpoint { ExpiresOn = Now.AddYears(5).ToUnixTimeSeconds() });
        using var identity = new ManagedIdentityAuthorization(
            new Uri("http://localhost:4141/token"), null, identityInvoker, new FakeClock());
        var store = new BlobLimiterStore(Storage.Uri, identity, _invoker, new FakeClock());
        _storage.Response = static () => Storage.Respond(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch");

        var failure = await Assert.ThrowsAsync<IOException>(async () => await store.TryReadAsync(default));

        Assert.Contains("'Storage Blob Data Contributor'", failure.Message, StringComparison.Ordinal);
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
            new BlobLimiterStore(Storage.Uri, Sas(), _invoker, clock),
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

        // As soon as it can be reached, the limit is shared again; the whole of it when the others have had the time to notice, too.
        _storage.Response = null;
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(limiter.GetStatus([])[0].Outage);
        Assert.Equal(2, waiting.Count(static one => one.IsCompletedSuccessfully));
        clock.Advance(TimeSpan.FromSeconds(9));
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
    [InlineData(Azure + "/copper/limit?sp=rw&sr=b&sig=x", null, Azure + "/copper/limit", "sp=rw&sr=b&sig=x")]
    [InlineData(Azure + "/copper/limit?si=policy&sig=x", null, Azure + "/copper/limit", "si=policy&sig=x")]
    [InlineData(Azure + "/copper/limit", "se=2026-03-01T11:50:00Z&sig=x", Azure + "/copper/limit", "se=2026-03-01T11:50:00Z&sig=x")]
    [InlineData("http://127.0.0.1:10000/account/copper/limit", "sig=x", "http://127.0.0.1:10000/account/copper/limit", "sig=x")]
    public void An_address_is_read_apart_from_its_key(string address, string? token, string uri, string? sas)
    {
        var read = BlobAddress.Parse(new Uri(address), token, Now);

        Assert.Equal((uri, sas), (read.Uri.ToString(), read.Sas?.Text));
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
    [InlineData(Azure + "/copper?restype=container&comp=list&sig=secret", null, "for example '" + Azure + "/copper/limit'")]
    [InlineData(Azure + "/copper/limit?comp=lease&sig=secret", null, "has comp=")]
    [InlineData(Azure + "/copper/limit?snapshot=2026&sig=secret", null, "has snapshot=")]
    [InlineData(Azure + "/copper/limit", "?restype=container&sig=secret", "has restype=")]
    [InlineData(Azure + "/?sp=rcw&sig=secret", null, "names no blob")]
    [InlineData(Azure + "/copper?sp=rcw&sr=c&sig=secret", null, "/copper/limit', with a SAS")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=secret;EndpointSuffix=x", null, "connection string")]
    [InlineData("BlobEndpoint=https://a.blob.core.windows.net/;SharedAccessSignature=sig=secret", null, "connection string")]
    [InlineData(Azure + "/copper/limit", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=secret", "connection string")]
    [InlineData(
        Azure + "/copper/limit",
        "secretAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
        "account key")]
    [InlineData(Azure + "/copper/limit", Azure + "/copper/limit?sig=secret", "whole address")]
    [InlineData("https://account.file.core.windows.net/copper/limit?sig=secret", null, "another service")]
    [InlineData("https://account.dfs.core.windows.net/copper/limit?sig=secret", null, "another service")]
    [InlineData("https://portal.azure.com/#view/secret", null, "the portal")]
    [InlineData(Azure + "/copper/limit?sp=r&sig=secret", null, "sp=r)")]
    [InlineData(Azure + "/copper/limit?sp=rc&sig=secret", null, "permits too little")]
    [InlineData(Azure + "/copper/limit?sp=cw&sig=secret", null, "permits too little")]
    [InlineData(Azure + "/copper/limit?ss=fq&srt=o&sp=rw&sig=secret", null, "for another service")]
    [InlineData(Azure + "/copper/limit?ss=b&srt=sc&sp=rw&sig=secret", null, "resource type object")]
    [InlineData(Azure + "/copper/limit?se=2026-03-01T11%3A30%3A00Z&sig=secret", null, "expired at 2026-03-01 11:30 UTC")]
    [InlineData(Azure + "/copper/limit?se=2026-02-28&sig=secret", null, "expired at 2026-02-28 00:00 UTC")]
    [InlineData(Azure + "/copper/limit?st=2026-03-01T13:00:00Z&sig=secret", null, "not valid before 2026-03-01 13:00 UTC")]
    public void An_address_that_cannot_be_right_is_an_error_without_its_secret(string address, string? token, string reason)
    {
        var failure = Assert.Throws<ArgumentException>(() => BlobAddress.Parse(new Uri(address, UriKind.RelativeOrAbsolute), token, Now));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<IStoredState> ReadAsync(BlobLimiterStore store) =>
        await store.TryReadAsync(default) ?? throw new InvalidOperationException("The store is in use.");

    private CrossProcessRateLimiter Limiter(FakeClock clock, Action<Action>? start = null) => new(
        new BlobLimiterStore(Storage.Uri, Sas(), _invoker, clock), new RemoteProcesses(), Guid.NewGuid(), start ?? (static _ => { }));

    private static SasAuthorization Sas(string text = "sig=secret") => new(SharedAccessSignature.Parse(text, Now));

    private BlobLimiterStore Store() => new(Storage.Uri, Sas(), _invoker, new FakeClock());

    /// <summary>One blob, as Azure's storage responds.</summary>
    private sealed class Storage : HttpMessageHandler
    {
        private int _version;

        public static Uri Uri { get; } = new("https://account.blob.core.windows.net/copper/limit");

        public byte[]? Content { get; private set; }

        public List<Uri> Requests { get; } = [];

        public HttpRequestMessage? LastPut { get; private set; }

        public Func<HttpResponseMessage>? Response { get; set; }

        /// <summary>Requests get no response before they are given up, while this clock goes on.</summary>
        public FakeClock? Hangs { get; set; }

        /// <summary>So many requests get one first, after two seconds.</summary>
        public int HangsAfter { get; set; }

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

        /// <summary>Responses tell the time of this clock; null for a time that stands still.</summary>
        public FakeClock? Clock { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await HandleAsync(request, cancellationToken);
            response.Headers.Date = Clock is null ? Now : Now + Clock.Elapsed;
            return response;
        }

        private async Task<HttpResponseMessage> HandleAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.RequestUri!);
            if (Hangs is { } clock && --HangsAfter >= 0)
            {
                clock.Advance(TimeSpan.FromSeconds(2));
            }
            else if (Hangs is not null)
            {
                while (!cancellationToken.IsCancellationRequested)
                {
                    Hangs.MoveTo(Hangs.NextTimer!.Value);
                }

                throw new OperationCanceledException(cancellationToken);
            }

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

        public Exception? Failure { get; set; }

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public HttpRequestMessage? LastRequest { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            LastRequest = request;
            if (Failure is not null)
            {
                throw Failure;
            }

            var body = Body ?? $"{{ \"access_token\": \"token-{++Tokens}\", \"expires_on\": \"{ExpiresOn}\" }}";
            return Task.FromResult(new HttpResponseMessage(Status) { Content = new StringContent(body) });
        }
    }
}
