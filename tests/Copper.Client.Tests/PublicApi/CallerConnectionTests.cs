using System.Net;
using Copper.Sandbox;

namespace Copper.Client.Tests.PublicApi;

/// <summary>What a caller hands in stays the caller's.</summary>
public sealed class CallerConnectionTests
{
    [Fact]
    public async Task A_client_and_a_handler_that_are_handed_in_are_not_disposed()
    {
        using var handler = new CountingHandler(new SandboxMessageHandler(new CopperSandbox()));
        using var http = new HttpClient(handler, disposeHandler: false);
        foreach (var byClient in new[] { true, false })
        {
            var options = Options();
            (options.HttpClient, options.Handler) = byClient ? (http, (HttpMessageHandler?)null) : (null, handler);
            using (var client = new CopperClient(options))
            {
                await client.GetCurrentUserAsync();
            }

            Assert.False(handler.IsDisposed);
            Assert.NotNull(await http.GetAsync(new Uri(options.BaseUri + "/users/me")));
        }

        Assert.Equal(4, handler.Count);
    }

    [Fact]
    public void Two_ways_of_saying_the_same_are_rejected()
    {
        using var handler = new CountingHandler(new SandboxMessageHandler(new CopperSandbox()));
        using var http = new HttpClient(handler, disposeHandler: false);
        var both = Options();
        (both.HttpClient, both.Handler) = (http, handler);
        Assert.Contains("one of them", Assert.Throws<ArgumentException>(() => new CopperClient(both)).Message, StringComparison.Ordinal);
        var proxied = Options();
        (proxied.HttpClient, proxied.Proxy) = (http, new WebProxy("http://proxy.invalid"));
        Assert.Contains("proxy", Assert.Throws<ArgumentException>(() => new CopperClient(proxied)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeout_of_the_callers_client_is_a_timeout()
    {
        using var http = new HttpClient(new HangingHandler()) { Timeout = TimeSpan.FromMilliseconds(50) };
        var options = Options();
        options.HttpClient = http;
        options.MaxRetries = 0;
        using var client = new CopperClient(options);

        var failure = await Assert.ThrowsAsync<CopperTimeoutException>(() => client.GetCurrentUserAsync());

        Assert.Contains("0.1 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_that_the_callers_client_followed_is_an_error_that_says_how_to_prevent_it()
    {
        using var http = new HttpClient(new RedirectedHandler());
        var options = Options();
        options.HttpClient = http;
        using var client = new CopperClient(options);

        var failure = await Assert.ThrowsAsync<CopperConnectionException>(() => client.GetCurrentUserAsync());

        Assert.Contains("AllowAutoRedirect", failure.Message, StringComparison.Ordinal);
        Assert.Contains("elsewhere.invalid", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, failure.Attempts);
    }

    private static CopperClientOptions Options() => new()
    {
        Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
        BaseUri = new Uri($"https://{Guid.NewGuid():n}.invalid/developer_api/v1"),
        RateLimits = [],
    };

    private sealed class CountingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Count { get; private set; }

        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    private sealed class HangingHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It never comes here.");
        }
    }

    private sealed class RedirectedHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri("https://elsewhere.invalid/");
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent("{}") });
        }
    }
}
