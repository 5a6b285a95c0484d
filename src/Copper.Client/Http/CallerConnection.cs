using System.Net;

namespace Copper.Client;

/// <summary>
/// Opens the way to a service: through what the caller of the client hands in, which stays the caller's, or through a handler of the
/// client's own, which is disposed with it.
/// </summary>
internal static class CallerConnection
{
    /// <param name="httpClient">The caller's client; null for none.</param>
    /// <param name="handler">The caller's handler; null for none.</param>
    /// <param name="baseUri">Where the service is.</param>
    /// <param name="connectTimeout">The time allowed for connecting.</param>
    /// <param name="proxy">The proxy; null for the machine's own setting.</param>
    /// <exception cref="ArgumentException">Both are given, or a proxy besides.</exception>
    public static HttpMessageInvoker Open(
        HttpClient? httpClient, HttpMessageHandler? handler, Uri baseUri, TimeSpan connectTimeout, IWebProxy? proxy)
    {
        if (httpClient is not null && handler is not null)
        {
            throw new ArgumentException("HttpClient and Handler are two ways of saying the same: set one of them.");
        }

        if (proxy is not null && (httpClient is not null || handler is not null))
        {
            throw new ArgumentException("Set the proxy on the handler that you hand in: the client cannot change it.");
        }

        return httpClient is not null ? new HttpMessageInvoker(new CallerHandler(httpClient))
            : handler is not null ? new HttpMessageInvoker(handler, disposeHandler: false)
            : new HttpMessageInvoker(TransportFactory.Create(baseUri, connectTimeout, proxy), disposeHandler: true);
    }

    /// <summary>Sends by a <see cref="HttpClient"/> without its buffer: the limits of size and time are this client's own.</summary>
    private sealed class CallerHandler(HttpClient client) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri;
            HttpResponseMessage response;
            try
            {
                response = await client
                    .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new CallerTimeoutException(client.Timeout, exception);
            }

            if (response.RequestMessage?.RequestUri is { } last && last != address)
            {
                response.Dispose();
                throw new CallerRedirectException(last.Host);
            }

            return response;
        }
    }
}

/// <summary>The caller's <see cref="HttpClient"/> gave up before the client would have.</summary>
internal sealed class CallerTimeoutException(TimeSpan timeout, Exception inner) : Exception(inner.Message, inner)
{
    /// <summary>The time that it allows.</summary>
    public TimeSpan Timeout { get; } = timeout;
}

/// <summary>The caller's <see cref="HttpClient"/> followed a redirect, which may have handed the credential to another address.</summary>
internal sealed class CallerRedirectException(string host) : Exception(
    $"The HttpClient that was handed in followed a redirect to {host}, which may have got the credential with it. Set AllowAutoRedirect of "
    + "its handler to false.");
