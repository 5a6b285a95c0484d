using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Copper.Client.Tests.Support;

/// <summary>Speaks just enough HTTP over a bare socket to end connections in ways that a proper server would not.</summary>
internal sealed class RawServer : IDisposable
{
    private const string Ann = """{"id":7,"name":"Ann"}""";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, string> _script;
    private int _requests;

    /// <param name="script">For the n-th request: respond, close (politely, without a response), reset, or a whole response.</param>
    public RawServer(Func<int, string> script)
    {
        _script = script;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri BaseUri => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/developer_api/v1");

    public int Requests => Volatile.Read(ref _requests);

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            while (await ReadRequestAsync(stream))
            {
                var action = _script(Interlocked.Increment(ref _requests));
                switch (action)
                {
                    case "close":
                        return;
                    case "reset":
                        client.Client.LingerState = new LingerOption(true, 0);
                        return;
                    case "respond":
                        action = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Ann.Length}\r\n\r\n{Ann}";
                        break;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(action));
                if (action.Contains("\r\nConnection: close\r\n", StringComparison.Ordinal))
                {
                    return;
                }
            }
        }
    }

    private static async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            try
            {
                if (await stream.ReadAsync(one) == 0)
                {
                    return false;
                }
            }
            catch (IOException)
            {
                return false;
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n")
            .FirstOrDefault(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
        {
            await stream.ReadExactlyAsync(new byte[int.Parse(length[15..], System.Globalization.CultureInfo.InvariantCulture)]);
        }

        return true;
    }
}
