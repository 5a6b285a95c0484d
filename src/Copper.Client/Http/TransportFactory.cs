using System.Net;
#if NET
using System.Security.Authentication;
#endif

namespace Copper.Client;

/// <summary>
/// Creates the one message handler of a client: pooled connections, compression, TLS 1.2 or better, no redirect, no cookies, and no
/// request that is retried below the retry, where it would be neither counted nor known.
/// </summary>
internal static class TransportFactory
{
    /// <summary>Enough for reading ahead at full rate; the default of .NET Framework, two, would hold it up.</summary>
    private const int ConnectionsPerServer = 32;

    public static HttpMessageHandler Create(Uri baseUri, TimeSpan connectTimeout, IWebProxy? proxy)
    {
#if NET
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = connectTimeout,
            MaxConnectionsPerServer = ConnectionsPerServer,

            // A connection is given up now and then, so that a change of the service's address is noticed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };

        // The system's own choice would do with less where somebody has allowed it.
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
#else
        PrepareServicePoint(baseUri);

        // A handler of .NET Framework has its own connections: those of the second are never used twice, since it sends only
        // requests that close them.
        return new FreshConnectionHandler(CreateHandler(proxy), CreateHandler(proxy));
    }

    private static HttpClientHandler CreateHandler(IWebProxy? proxy)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        };
#endif
        if (proxy is not null)
        {
            handler.Proxy = proxy;
            handler.UseProxy = true;
        }

        return handler;
    }

    /// <summary>
    /// A request of this method may have content, be it empty. .NET Framework allows none on a GET or HEAD, so there its transport may
    /// send it again on a connection that the service has closed meanwhile: a read, which changes nothing.
    /// </summary>
    public static bool AllowsContentOn(HttpMethod method) =>
#if NET
        true;
#else
        !IsDotNetFramework || (method != HttpMethod.Get && method != HttpMethod.Head);
#endif

    /// <summary>
    /// Sees to it that the transport does not repeat what must not be done twice. .NET Framework silently sends a request again when
    /// the connection that it reused turns out to be dead, though the service may have carried it out before it closed: then a record
    /// is there twice, or a deletion finds nothing. So these requests never go out on a connection that was used before, and close
    /// their own. What .NET 8 and later need for the same is content, see <see cref="AllowsContentOn"/>.
    /// </summary>
    public static void Prepare(HttpRequestMessage message, RequestEffect effect)
    {
#if !NET
        if (effect is RequestEffect.Create or RequestEffect.Delete)
        {
            message.Headers.ConnectionClose = true;
        }
#endif
    }

#if !NET
    /// <summary>A host on .NET can load this build too, and then it runs on the handler of .NET.</summary>
    private static bool IsDotNetFramework { get; } =
        System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

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
