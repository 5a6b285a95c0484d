using System.Net;
using System.Net.Sockets;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting.Blobs;

/// <summary>Sends the small requests of the shared limit: each has a few seconds, and none is repeated here.</summary>
internal static class BlobTransport
{
    /// <summary>No body is read beyond this: far more than a state or a token has.</summary>
    public const int LongestBody = 4 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    /// <summary>Sends a request; its body is in memory when this returns.</summary>
    /// <param name="invoker">Sends it.</param>
    /// <param name="message">The request.</param>
    /// <param name="what">What it goes to, for messages.</param>
    /// <param name="clock">Tells how long it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnreachableException">No response came in time, or the server is busy.</exception>
    /// <exception cref="IOException">The name of the server is not known.</exception>
    public static async ValueTask<HttpResponseMessage> SendAsync(
        HttpMessageInvoker invoker, HttpRequestMessage message, string what, Clock clock, CancellationToken cancellationToken)
    {
        using var patience = new Deadline(clock, Patience, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await invoker.SendAsync(message, patience.Token).ConfigureAwait(false);
            var body = await ReadAsync(response, patience.Token).ConfigureAwait(false);
            var content = new ByteArrayContent(body);
            content.Headers.LastModified = response.Content?.Headers.LastModified;
            response.Content?.Dispose();
            response.Content = content;
        }
        catch (OperationCanceledException) when (patience.HasPassed)
        {
            response?.Dispose();
            throw new StoreUnreachableException($"{what} did not respond within {Patience.TotalSeconds:0.#} seconds");
        }
        catch (HttpRequestException exception)
        {
            response?.Dispose();
            throw IsUnknownName(exception)
                ? new IOException(
                    $"The name {message.RequestUri!.Host} is not known: check it in the address, or the DNS of this network", exception)
                : new StoreUnreachableException($"{what} cannot be reached ({Innermost(exception)})", exception);
        }
        catch (IOException exception)
        {
            response?.Dispose();
            throw new StoreUnreachableException($"The connection broke ({exception.Message.TrimEnd('.')})", exception);
        }

        if (response.StatusCode is HttpStatusCode.RequestTimeout or (HttpStatusCode)429 || (int)response.StatusCode >= 500)
        {
            using (response)
            {
                throw new StoreUnreachableException($"{what} responded with {(int)response.StatusCode}");
            }
        }

        return response;
    }

    /// <summary>Reads the body of a response.</summary>
    /// <exception cref="IOException">It is far longer than expected.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return [];
        }

#if NET
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
        using var stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
#if NET
            var count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
#else
            var count = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
#endif
            if (count == 0)
            {
                return body.ToArray();
            }

            body.Write(buffer, 0, count);
            if (body.Length > LongestBody)
            {
                throw new IOException($"It holds more than {LongestBody >> 20} MB, so it is no state of a rate limit. Name another blob.");
            }
        }
    }

    private static bool IsUnknownName(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }
                or WebException { Status: WebExceptionStatus.NameResolutionFailure })
            {
                return true;
            }
        }

        return false;
    }

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message.TrimEnd('.');
    }
}
