using System.Net;
#if NET
using System.Security.Authentication;
#endif

namespace Copper.Client.Http;

/// <summary>Makes the one message handler of a client: pooled connections, compression, TLS 1.2 or better, no redirect, no cookies.</summary>
internal static class TransportFactory
{
    /// <summary>Enough for reading ahead at full rate; Windows PowerShell's default of two would hold it up.</summary>
    private const int ConnectionsPerServer = 32;

    public static HttpMessageHandler Create(CopperClientOptions options)
    {
#if NET
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.Timeout,
            MaxConnectionsPerServer = ConnectionsPerServer,

            // A connection is given up now and then, so that a change of the service's address is noticed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };

        // The system's own choice would do with less where somebody has allowed it.
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
#else
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        };
        PrepareServicePoint(options.BaseUri);
#endif
        if (options.Proxy is not null)
        {
            handler.Proxy = options.Proxy;
            handler.UseProxy = true;
        }

        return handler;
    }

#if !NET
    /// <summary>On .NET Framework these settings belong to the process: they are only ever extended.</summary>
    private static void PrepareServicePoint(Uri baseUri)
    {
        if (ServicePointManager.SecurityProtocol != 0)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }

        var servicePoint = ServicePointManager.FindServicePoint(baseUri);
        servicePoint.ConnectionLimit = Math.Max(servicePoint.ConnectionLimit, ConnectionsPerServer);
        servicePoint.Expect100Continue = false;
    }
#endif
}
