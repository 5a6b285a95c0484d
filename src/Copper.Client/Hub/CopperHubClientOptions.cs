using System.Net;
using Copper.Client.RateLimiting;

namespace Copper.Client.Hub;

/// <summary>How a <see cref="CopperHubClient"/> connects. Read once, when the client is created.</summary>
public sealed class CopperHubClientOptions
{
    /// <summary>The host that the vendor's help page names. Installations have addresses of their own.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://v5.copperhub.com");

    /// <summary>Who is calling. Required.</summary>
    public CopperHubCredential? Credential { get; set; }

    /// <summary>
    /// Where the installation is, with or without <c>/index.php</c>. https only; http is allowed for this machine (localhost, 127.0.0.1,
    /// [::1]).
    /// </summary>
    public Uri BaseUri { get; set; } = DefaultBaseUri;

    /// <summary>The time allowed for one request, from sending to the last byte of its response; 100 seconds by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The most bytes that one response may have, decompressed; 64 MB by default. One that is larger is an error of that one request.
    /// </summary>
    public long MaxResponseBytes { get; set; } = ServiceAddress.DefaultMaxResponseBytes;

    /// <summary>How often a request is retried after a failure that may pass; 4 by default, 0 for never.</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>
    /// The longest wait before a retry. When the service asks for a longer one, the request fails at once with an error that states
    /// it. 5 minutes by default.
    /// </summary>
    public TimeSpan LongestRetryWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The proxy to go through; null for the machine's own setting.</summary>
    public IWebProxy? Proxy { get; set; }

    /// <summary>
    /// Sends the requests, for example one from an IHttpClientFactory with handlers of its own. It stays the caller's: the client does not
    /// dispose it. Its base address and default headers are not used; of its own Timeout and <see cref="Timeout"/> the shorter one counts.
    /// Its handler must not follow redirects (AllowAutoRedirect = false), which would hand the credential to another address, and must
    /// not retry: the client does that, and knows what may be sent twice.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// Takes the place of the network, for example a sandbox or a chain of DelegatingHandlers. It stays the caller's: the client does not
    /// dispose it. What holds for the handler of <see cref="HttpClient"/> holds for it too.
    /// </summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>Sent as User-Agent.</summary>
    public string UserAgent { get; set; } =
        "Copper.Client/" + (typeof(CopperHubClientOptions).Assembly.GetName().Version?.ToString(3) ?? "0");

    /// <summary>The clock; tests put their own here.</summary>
    public Clock Clock { get; set; } = Clock.System;

    /// <summary>Rejects an address that would send the password unencrypted, or that is none.</summary>
    /// <exception cref="ArgumentException">The address cannot be used; the message states why.</exception>
    public static void CheckBaseUri(Uri baseUri) => ServiceAddress.Check(baseUri, DefaultBaseUri);
}
