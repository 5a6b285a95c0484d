using Copper.Client.Models;

namespace Copper.Client.Webhooks.Listening;

/// <summary>How a <see cref="WebhookListener"/> listens. Read once, when the listener is created.</summary>
public sealed class WebhookListenerOptions
{
    /// <summary>
    /// Where to listen, and below which path: http://127.0.0.1:8080/ by default. TLS is the business of what stands in front.
    /// </summary>
    public string Prefix { get; set; } = WebhookPrefix.Default;

    /// <summary>The pairs that each notification must carry; null for none.</summary>
    public CopperSecretMap? Secret { get; set; }

    /// <summary>The HTTP headers that each notification must come with; null for none.</summary>
    public CopperSecretMap? Headers { get; set; }

    /// <summary>The largest body that is taken, in bytes; 1 MiB by default.</summary>
    public int MaximumBodySize { get; set; } = 1024 * 1024;

    /// <summary>
    /// How many notifications wait for their receiver; while so many wait, further ones get no response. 1,000 by default.
    /// </summary>
    public int QueueSize { get; set; } = 1000;

    /// <summary>How many notifications are taken in all; null for no end. Those that come later are rejected with 503.</summary>
    public long? Count { get; set; }

    /// <summary>
    /// How many connections are kept at once; 2,000 by default. Beyond that the one is closed that has been silent for the longest time,
    /// or, where more are in the middle of a request than are silent, the one whose request has taken longest to arrive.
    /// </summary>
    public int MaximumConnections { get; set; } = 2000;

    /// <summary>
    /// The time for a request to arrive as a whole, from its first byte on, and for a response to be taken; 10 seconds by default.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may stay without a request; 2 minutes by default, longer than proxies keep theirs.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Is told in one line of each request that is rejected, from any thread. Nothing it is told holds a secret.</summary>
    public Action<string>? Log { get; set; }
}
