using System.Net.Sockets;
using System.Text;
using Copper.Client.Models;
using Copper.Client.Webhooks.Listening;

namespace Copper.Client.Tests.Webhooks;

/// <summary>A listener on a free port, and raw connections to it.</summary>
public abstract class ListenerTest : IDisposable
{
    private readonly List<WebhookListener> _listeners = [];

    protected static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public void Dispose()
    {
        _listeners.ForEach(listener => listener.Dispose());
        GC.SuppressFinalize(this);
    }

    protected WebhookListener Listen(Action<WebhookListenerOptions>? configure = null)
    {
        var options = new WebhookListenerOptions { Prefix = "http://127.0.0.1:0/" };
        configure?.Invoke(options);
        var listener = new WebhookListener(options);
        _listeners.Add(listener);
        listener.Start();
        return listener;
    }

    protected static string Body(long id, string extra = "") => $$"""{"ids":[{{id}}],"type":"person","event":"new"{{extra}}}""";

    protected static string Post(string body, string head = "") =>
        $"POST / HTTP/1.1\r\nHost: x\r\n{head}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    protected static async Task<NetworkStream> ConnectAsync(WebhookListener listener)
    {
        var client = new TcpClient();
        await client.ConnectAsync(listener.Statistics.Prefix!.Host, listener.Statistics.Prefix.Port, Soon);
        return client.GetStream();
    }

    /// <summary>The head of the next response.</summary>
    protected static async Task<string> ReadResponseAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, Soon) > 0)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    /// <summary>Sends a request on a connection of its own and returns the status of the response.</summary>
    protected static async Task<int> SendAsync(WebhookListener listener, string request)
    {
        await using var stream = await ConnectAsync(listener);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), Soon);
        string response = await ReadResponseAsync(stream);
        return response.Length == 0 ? 0 : int.Parse(response.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    protected static CopperSecretMap Secret(string name, string value) => new([new KeyValuePair<string, string>(name, value)]);
}
