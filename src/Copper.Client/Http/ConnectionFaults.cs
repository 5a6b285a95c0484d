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

    public static CopperConnectionException Describe(CopperRequest request, Uri address, Exception exception)
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
