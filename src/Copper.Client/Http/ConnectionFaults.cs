using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Copper.Client;

/// <summary>What a transport's exception means: whether the request can have been received, and whether a retry can help.</summary>
internal static class ConnectionFaults
{
    private static readonly string[] NoTlsTexts =
        ["frame size", "corrupted frame", "unexpected packet format", "wrong version number", "received data is invalid"];

    /// <summary>The failure is one of the connection, which may pass.</summary>
    private static bool IsConnectionFault(Exception exception) =>
        exception is HttpRequestException or IOException or WebException or SocketException or OperationCanceledException;

    /// <summary>Gzip and Deflate fail with InvalidDataException, Brotli with an InvalidOperationException of its own stream.</summary>
    private static bool IsNotCompressedAsDeclared(Exception exception) =>
        Find<InvalidDataException>(exception) is not null
        || (exception is InvalidOperationException && exception.StackTrace?.IndexOf("Brotli", StringComparison.Ordinal) >= 0);

    /// <param name="request">The request that failed.</param>
    /// <param name="address">Where it was sent.</param>
    /// <param name="exception">What the transport threw.</param>
    /// <param name="hadResponse">The client has had a response before, so that the name of the host is a good one.</param>
    public static CopperConnectionException Describe(CopperRequest request, Uri address, Exception exception, bool hadResponse = true)
    {
        var host = address.IsDefaultPort ? address.Host : address.Authority;
        var what = $"[{request.Method} {request.Target}]";
        if (Find<AuthenticationException>(exception) is { } tls)
        {
            return new CopperConnectionException(
                request,
                $"No secure connection to {host} could be established: "
                + (SpeaksNoTls(exception)
                    ? "the port speaks no TLS. Check the port and the scheme of the address (http or https)."
                    : $"{Sentence(tls.Message)}. Check the certificate, the clock and any proxy that inspects traffic.")
                + $" {what}",
                neverSent: true,
                isTransient: false,
                exception);
        }

        if (!hadResponse && IsUnresolved(exception))
        {
            return new CopperConnectionException(
                request,
                $"No address was found for the name '{address.Host}': {Reason(exception)}. Check its spelling, and whether this machine "
                + $"has a network. {what}",
                neverSent: true,
                isTransient: true,
                exception,
                isUnknownName: true);
        }

        if (NeverConnected(exception))
        {
            return new CopperConnectionException(
                request,
                $"{host} cannot be reached: {Reason(exception)}. Check the network, the proxy and the base address. {what}",
                neverSent: true,
                isTransient: true,
                exception);
        }

        if (IsNotCompressedAsDeclared(exception))
        {
            return new CopperConnectionException(
                request,
                $"The response of {host} is damaged: its body is not compressed in the way that its header Content-Encoding says. {what}",
                neverSent: false,
                isTransient: true,
                exception);
        }

        if (!IsConnectionFault(exception))
        {
            // It comes from a handler or a client that the caller handed in, and would come again.
            return new CopperConnectionException(
                request,
                $"Sending the request to {host} failed with {exception.GetType().Name}: {Sentence(exception.Message)}. {what}",
                neverSent: false,
                isTransient: false,
                exception);
        }

        return new CopperConnectionException(
            request,
            $"The connection to {host} broke before the whole response came: {Reason(exception)}. {what}",
            neverSent: false,
            isTransient: true,
            exception);
    }

    /// <summary>The name of the host, or of the proxy, has no address.</summary>
    private static bool IsUnresolved(Exception exception)
    {
#if NET
        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError })
        {
            return true;
        }
#endif
        return Find<WebException>(exception)?.Status is WebExceptionStatus.NameResolutionFailure
            or WebExceptionStatus.ProxyNameResolutionFailure
            || Find<SocketException>(exception)?.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData;
    }

    /// <summary>The failure came before a connection stood, so the service cannot have seen the request.</summary>
    private static bool NeverConnected(Exception exception)
    {
#if NET
        if (exception is HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                    or HttpRequestError.ProxyTunnelError or HttpRequestError.SecureConnectionError,
            })
        {
            return true;
        }
#endif
        if (Find<WebException>(exception) is { } web)
        {
            return web.Status is WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure
                or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.SecureChannelFailure
                or WebExceptionStatus.TrustFailure;
        }

        // A socket's failure to connect stands directly below; one while sending or reading stands below an IOException.
        return exception is HttpRequestException { InnerException: SocketException };
    }

    /// <summary>
    /// What came in place of the handshake is nothing of TLS, such as the response of a web server. Only the texts of .NET and of its
    /// libraries for TLS tell.
    /// </summary>
    private static bool SpeaksNoTls(Exception? exception) =>
        exception is not null
        && (NoTlsTexts.Any(text => exception.Message.Contains(text, StringComparison.OrdinalIgnoreCase))
            || SpeaksNoTls(exception.InnerException));

    private static string Reason(Exception exception)
    {
        if (Find<SocketException>(exception) is { } socket)
        {
            return Sentence(socket.Message);
        }

#if NET
        switch (Find<HttpIOException>(exception)?.HttpRequestError ?? Find<HttpRequestException>(exception)?.HttpRequestError)
        {
            case HttpRequestError.ResponseEnded:
                return "the response ended too early";
            case HttpRequestError.InvalidResponse:
                return "what came is no response of HTTP";
            default:
                break;
        }
#endif
        return Find<WebException>(exception)?.Status switch
        {
            WebExceptionStatus.ConnectionClosed or WebExceptionStatus.KeepAliveFailure or WebExceptionStatus.ReceiveFailure =>
                "the response ended too early",
            WebExceptionStatus.ServerProtocolViolation => "what came is no response of HTTP",
            _ => Sentence(Innermost(exception).Message),
        };
    }

    private static string Sentence(string message) => message.TrimEnd('.', '"', ' ');

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;

    private static T? Find<T>(Exception? exception)
        where T : Exception =>
        exception is null ? null : exception as T ?? Find<T>(exception.InnerException);
}
