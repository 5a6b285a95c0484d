using Copper.Client.Tests.Support;
using Copper.SandboxHost.Faults;

namespace Copper.Client.Tests.Transport;

/// <summary>Connections that break, over real sockets.</summary>
public class BrokenConnectionTests : HostTest
{
    [Theory]
    [InlineData(FaultKind.ResetBefore)]
    [InlineData(FaultKind.ResetAfter)]
    [InlineData(FaultKind.ResetBody)]
    public async Task A_connection_that_breaks_is_a_connection_error(FaultKind kind)
    {
        Host.Faults.Add(new Fault { Kind = kind });

        var failure = await Assert.ThrowsAsync<CopperConnectionException>(() => Client().GetCurrentUserAsync());

        Assert.Contains("broke", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("GET", "/users/me"), (failure.Method, failure.Path));
        Assert.Null(failure.StatusCode);
    }

    [Theory]
    [InlineData(FaultKind.ResetBefore)]
    [InlineData(FaultKind.ResetAfter)]
    [InlineData(FaultKind.ResetBody)]
    [InlineData(FaultKind.TruncateJson)]
    [InlineData(FaultKind.Empty)]
    public async Task A_create_that_breaks_reaches_the_service_exactly_once(FaultKind kind)
    {
        var client = Client(static options => options.MaxRetries = 4);
        await client.GetCurrentUserAsync();
        Host.Faults.Add(new Fault { Kind = kind });

        await Assert.ThrowsAsync<CopperOutcomeUnknownException>(() => client.People.CreateAsync(new JsonBody { ["name"] = "Only Once" }));

        Assert.Single(Host.Journal.Entries, static entry => entry.Method == "POST");
    }

    [Theory]
    [InlineData("close", true)]
    [InlineData("close", false)]
    [InlineData("reset", true)]
    [InlineData("reset", false)]
    public async Task A_pooled_connection_that_the_service_closes_does_not_send_a_create_twice(string ending, bool pooled)
    {
        using var server = new RawServer(number => pooled && number == 1 ? "respond" : ending);
        var client = Client(options => options.BaseUri = server.BaseUri);
        if (pooled)
        {
            await client.People.GetAsync(7);
        }

        await Assert.ThrowsAsync<CopperOutcomeUnknownException>(() => client.People.CreateAsync(new JsonBody { ["name"] = "Only Once" }));

        Assert.Equal(pooled ? 2 : 1, server.Requests);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("reset")]
    public async Task No_read_is_sent_behind_the_back_of_the_rate_limit(string ending)
    {
        using var server = new RawServer(number => number == 1 ? "respond" : ending);
        var client = Client(options => options.BaseUri = server.BaseUri);
        await client.People.GetAsync(7);

        await Assert.ThrowsAsync<CopperConnectionException>(() => client.People.GetAsync(7));

        Assert.Equal(client.Statistics.RequestCount, server.Requests);
    }

    [Fact]
    public async Task Nobody_listening_means_that_nothing_was_sent_so_a_create_may_be_retried()
    {
        using var deadEnd = new DeadEnd();
        var client = Client(options =>
        {
            options.BaseUri = new Uri($"http://127.0.0.1:{deadEnd.Port}/developer_api/v1");
            options.MaxRetries = 1;
            options.LongestRetryWait = TimeSpan.FromMilliseconds(20);
        });

        var failure =
            await Assert.ThrowsAsync<CopperConnectionException>(() => client.People.CreateAsync(new JsonBody { ["name"] = "Ann" }));

        Assert.Equal(2, failure.Attempts);
        Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_host_is_told_by_its_name()
    {
        var client = Client(static options =>
        {
            options.BaseUri = new Uri("https://copper.invalid/developer_api/v1");

            // Where names are asked for over a network that is not there, it takes its time to find out.
            options.Timeout = TimeSpan.FromMinutes(3);
        });

        var failure =
            await Assert.ThrowsAsync<CopperConnectionException>(() => client.People.CreateAsync(new JsonBody { ["name"] = "Ann" }));

        Assert.Contains("No address was found for the name 'copper.invalid'", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsUnknownName);
    }

    [Fact]
    public async Task No_secure_connection_is_an_error_of_its_own_and_not_retried()
    {
        var client = Client(options =>
        {
            options.BaseUri = new UriBuilder(Host.BaseUri) { Scheme = "https" }.Uri;
            options.MaxRetries = 4;
        });

        var failure = await Assert.ThrowsAsync<CopperConnectionException>(() => client.GetCurrentUserAsync());

        Assert.Equal(1, failure.Attempts);
        Assert.Contains("secure connection", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the port speaks no TLS", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Host.Journal.Entries);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 500\r\n\r\n{\"id\":7", "the response ended too early.")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n\r\n", "what came is no response of HTTP.")]
    public async Task What_broke_is_told_in_plain_words(string response, string words)
    {
        using var server = new RawServer(_ => response);
        var client = Client(options => (options.BaseUri, options.MaxRetries) = (server.BaseUri, 0));

        var failure = await Assert.ThrowsAsync<CopperConnectionException>(() => client.People.GetAsync(7));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\((ResponseEnded|InvalidResponse)\)|prematurely", failure.Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\nnope")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n\r\n")]
    public async Task A_response_that_is_not_proper_http_is_a_connection_error(string response)
    {
        using var server = new RawServer(_ => response);

        await Assert.ThrowsAsync<CopperConnectionException>(() => Client(options => options.BaseUri = server.BaseUri).People.GetAsync(7));
    }
}
