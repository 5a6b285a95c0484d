using Copper.Client.Tests.Support;
using Copper.SandboxHost.Faults;

namespace Copper.Client.Tests.Transport;

/// <summary>Ordinary and odd responses over real sockets.</summary>
public class TransportTests : HostTest
{
    [Theory]
    [InlineData(FaultKind.Gzip)]
    [InlineData(FaultKind.Chunked)]
    [InlineData(FaultKind.SlowBody)]
    public async Task However_the_response_is_packed_it_is_read_whole(FaultKind kind)
    {
        Host.Faults.Add(new Fault { Kind = kind, BytesPerChunk = 2000, MsPerChunk = 1 });

        var people = await Client().People.Search(new SearchQuery()).AllAsync();

        Assert.Equal(30, people.Select(static person => person.Id).Distinct().Count());
    }

    [Fact]
    public async Task Requests_one_after_the_other_share_a_connection()
    {
        var client = Client();
        for (var i = 0; i < 5; i++)
        {
            await client.GetCurrentUserAsync();
        }

        await Assert.ThrowsAsync<CopperNotFoundException>(() => client.People.GetAsync(999_999_999));
        await client.People.CreateAsync(new JsonBody { ["name"] = "Ann" });

        Assert.Equal(7, Host.Journal.Entries.Count);
        Assert.Single(Host.Journal.Entries.Select(static entry => entry.ConnectionId).Distinct());
    }

    [Fact]
    public async Task Every_request_carries_the_documented_headers()
    {
        await Client(static options => options.UserAgent = "CopperPS/9.9").GetCurrentUserAsync();

        var entry = Assert.Single(Host.Journal.Entries);
        Assert.True(entry.Authenticated);
        Assert.Equal("application/json", entry.RawHeaders["Content-Type"]);
        Assert.Equal("application/json", entry.RawHeaders["Accept"]);
        Assert.Equal("developer_api", entry.RawHeaders["X-PW-Application"]);
        Assert.Equal("CopperPS/9.9", entry.RawHeaders["User-Agent"]);
        Assert.Contains("gzip", entry.RawHeaders["Accept-Encoding"], StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", entry.RawHeaders.Keys);
    }

    [Fact]
    public async Task A_bearer_token_takes_the_place_of_the_three_headers()
    {
        Host.Sandbox.AcceptBearerToken("tok-1");

        await Client(static options => options.Identity = CopperIdentity.FromBearerToken("tok-1")).GetCurrentUserAsync();

        var entry = Assert.Single(Host.Journal.Entries);
        Assert.True(entry.Authenticated);
        Assert.DoesNotContain(entry.RawHeaders.Keys, static name => name.StartsWith("X-PW-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_wrong_key_is_an_authentication_error()
    {
        var client = Client(static options => options.Identity = CopperIdentity.FromApiKey("demo@copper.example", "wrong"));

        await Assert.ThrowsAsync<CopperAuthenticationException>(() => client.GetCurrentUserAsync());
    }

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_a_timeout()
    {
        Host.Faults.Add(new Fault { Kind = FaultKind.SlowBody, BytesPerChunk = 1, MsPerChunk = 50 });

        var failure = await Assert.ThrowsAsync<CopperTimeoutException>(
            () => Client(static options => options.Timeout = TimeSpan.FromMilliseconds(200)).GetCurrentUserAsync());

        Assert.Contains("0.2 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_response_at_all_is_a_timeout()
    {
        Host.Faults.Add(new Fault { Kind = FaultKind.Hang });

        await Assert.ThrowsAsync<CopperTimeoutException>(
            () => Client(static options => options.Timeout = TimeSpan.FromMilliseconds(200)).GetCurrentUserAsync());
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_host_is_not_followed_and_nothing_reaches_it(int status)
    {
        using var stranger = new RawServer(static _ => "respond");
        Host.Faults.Add(
            new Fault { Kind = FaultKind.Redirect, Status = status, Location = new Uri(stranger.BaseUri, "/developer_api/v1/users/me")
                .AbsoluteUri });

        await Assert.ThrowsAsync<CopperRedirectException>(() => Client().GetCurrentUserAsync());

        Assert.Equal(0, stranger.Requests);
    }

    [Fact]
    public async Task Cookies_are_neither_kept_nor_sent()
    {
        Host.Faults.Add(new Fault
        {
            Kind = FaultKind.Status,
            Status = 200,
            Body = """{"id":1}""",
            Headers = new Dictionary<string, string> { ["Set-Cookie"] = "session=42; Path=/" },
        });
        var client = Client();
        await client.GetCurrentUserAsync();

        await client.GetCurrentUserAsync();

        Assert.All(Host.Journal.Entries, static entry => Assert.DoesNotContain("Cookie", entry.RawHeaders.Keys));
    }

    [Theory]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.SlowBody)]
    public async Task Cancelling_ends_a_request_at_once_wherever_it_stands(FaultKind kind)
    {
        Host.Faults.Add(new Fault { Kind = kind, BytesPerChunk = 1, MsPerChunk = 100 });
        using var cancel = new CancellationTokenSource();
        var work = Client(static options =>
        {
            options.MaxRetries = 4;
            options.Timeout = TimeSpan.FromHours(1);
        }).GetCurrentUserAsync(cancel.Token);
        await Eventually.HoldsAsync(
            () => Host.Journal.Entries.Count == 1 && (kind == FaultKind.Hang || Host.Journal.Entries[0].Status is not null));

        // Time for the first bytes of a body that drips in for many seconds.
        await Task.Delay(kind == FaultKind.Hang ? 0 : 250);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Single(Host.Journal.Entries);
    }

    [Fact]
    public async Task After_a_cancelled_request_the_client_works_on()
    {
        Host.Faults.Add(new Fault { Kind = FaultKind.Hang });
        var client = Client();
        using var cancel = new CancellationTokenSource();
        var work = client.GetCurrentUserAsync(cancel.Token);
        await Eventually.HoldsAsync(() => Host.Journal.Entries.Count == 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);

        Assert.True((await client.GetCurrentUserAsync()).Id > 0);
    }

    [Fact]
    public async Task Closing_the_client_ends_what_is_under_way()
    {
        Host.Faults.Add(new Fault { Kind = FaultKind.Hang, Times = -1 });
        var options = new CopperClientOptions { Identity = CopperIdentity.FromApiKey("a@b.example", "k"), BaseUri = Host.BaseUri };
        var client = new CopperClient(options);
        var work = client.GetCurrentUserAsync();
        await Eventually.HoldsAsync(() => Host.Journal.Entries.Count == 1);

        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => work.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Single(Host.Journal.Entries);
    }

    [Theory]
    [InlineData("http://api.copper.com/developer_api/v1")]
    [InlineData("http://192.168.0.1/v1")]
    [InlineData("http://localhost.example/v1")]
    [InlineData("https://user:secret@api.copper.com/v1")]
    [InlineData("https://user@api.copper.com/v1")]
    [InlineData("https://api.copper.com/v1?key=1")]
    [InlineData("https://api.copper.com/v1#a")]
    [InlineData("ftp://api.copper.com/v1")]
    [InlineData("file:///etc/passwd")]
    public void An_address_that_would_give_the_credential_away_is_rejected(string address)
    {
        var failure = Assert.Throws<ArgumentException>(() => Client(options => options.BaseUri = new Uri(address)));

        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:1/v1")]
    [InlineData("http://127.0.0.1:1/v1")]
    [InlineData("http://[::1]:1/v1")]
    [InlineData("https://api.copper.com/developer_api/v1/")]
    public void Https_and_this_machine_are_allowed(string address) => CopperClientOptions.CheckBaseUri(new Uri(address));

    [Fact]
    public void A_relative_address_is_rejected() =>
        Assert.Throws<ArgumentException>(() => CopperClientOptions.CheckBaseUri(new Uri("developer_api/v1", UriKind.Relative)));

    [Fact]
    public void A_client_without_an_identity_is_rejected() =>
        Assert.Throws<ArgumentException>(() => Client(static options => options.Identity = null));
}
