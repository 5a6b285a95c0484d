using System.Globalization;
using System.Net;

namespace Copper.Client.Webhooks.Listening;

/// <summary>An address to listen at, taken apart: interfaces, port, path.</summary>
internal sealed class WebhookPrefix
{
    public const string Default = "http://127.0.0.1:8080/";

    private WebhookPrefix(string host, IReadOnlyList<IPAddress> addresses, int port, string path)
    {
        Host = host;
        Addresses = addresses;
        Port = port;
        Path = path;
    }

    public string Host { get; }

    /// <summary>The interfaces; beyond the first one they are welcome, but not needed.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; }

    /// <summary>The path, which ends with a slash.</summary>
    public string Path { get; }

    /// <exception cref="ArgumentException">It is no such address.</exception>
    public static WebhookPrefix Parse(string prefix)
    {
        // As HttpListener has it: + and * stand for every interface, and are no host names for Uri.
        var text = (prefix ?? throw new ArgumentNullException(nameof(prefix))).Trim();
        var readable = text.Replace("://+", "://0.0.0.0").Replace("://*", "://0.0.0.0");
        if (!Uri.TryCreate(readable, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{prefix}' is no address to listen at. Write it as {Default}.");
        }

        if (uri.Scheme == "https")
        {
            throw new ArgumentException(
                $"'{prefix}' asks for TLS, which the listener leaves to what stands in front of it (nginx, IIS, a tunnel). "
                + $"Give the http address that it forwards to, for example {Default}.");
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw new ArgumentException($"'{prefix}' has more than host, port and path. Write it as {Default}.");
        }

        return new WebhookPrefix(uri.Host, AddressesOf(uri, prefix), uri.Port, uri.AbsolutePath.TrimEnd('/') + "/");
    }

    /// <summary>The prefix with the port that it got.</summary>
    public Uri WithPort(int port) => new(string.Format(CultureInfo.InvariantCulture, "http://{0}:{1}{2}", Host, port, Path));

    /// <summary>The path of a request lies at or below the prefix.</summary>
    public bool Covers(string path) =>
        path.StartsWith(Path, StringComparison.Ordinal)
        || (path.Length == Path.Length - 1 && Path.StartsWith(path, StringComparison.Ordinal));

    private static IPAddress[] AddressesOf(Uri uri, string prefix) => uri switch
    {
        { Host: "localhost" } => [IPAddress.Loopback, IPAddress.IPv6Loopback],
        _ when IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) => [address],
        _ => throw new ArgumentException(
            $"'{prefix}' names a host. Give localhost, an address of this machine such as 127.0.0.1, or + for all of them: any host name "
            + "that the caller uses is answered."),
    };
}
