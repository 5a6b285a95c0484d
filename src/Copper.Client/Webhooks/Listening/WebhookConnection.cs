using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Copper.Client.Webhooks.Listening;

/// <summary>One connection of a client: takes its requests one after the other and responds to each.</summary>
internal sealed class WebhookConnection : IDisposable
{
    /// <summary>A rejected client may still be sending: its system would discard our response if we closed on it.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly TcpClient _client;
    private readonly Socket _socket;
    private readonly IWebhookReceiver _receiver;
    private readonly WebhookListenerOptions _options;
    private readonly NetworkStream _stream;
    private readonly HttpReader _reader;
    private readonly Timer _deadline;
    private volatile ConnectionPhase _phase;
    private volatile bool _isLate;

    public WebhookConnection(TcpClient client, IWebhookReceiver receiver, WebhookListenerOptions options)
    {
        _client = client;
        _receiver = receiver;
        _options = options;
        _client.NoDelay = true;
        _socket = client.Client;
        _stream = client.GetStream();
        _reader = new HttpReader(_stream);
        _deadline = new Timer(static state => ((WebhookConnection)state!).EndLate(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Called when the connection begins with something else. It starts as <see cref="ConnectionPhase.Idle"/>.</summary>
    public Action<ConnectionPhase>? PhaseChanged { get; set; }

    /// <summary>Something has come that is not read yet.</summary>
    public bool HasInput
    {
        get
        {
            try
            {
                return _socket.Available > 0;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The client is gone.
                return false;
            }
        }
    }

    /// <summary>Serves the client until either side has enough. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ServeAsync().ConfigureAwait(false))
            {
                // The next request of the same connection.
            }
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The client went away, was too slow, or the listener ends. A request that was on its way is lost to us.
            if (_isLate && _phase != ConnectionPhase.Idle)
            {
                _receiver.Reject(WebhookOutcome.TimedOut, "The connection was closed: the request did not arrive in time.");
            }
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Closes the connection whatever it is about.</summary>
    public void Dispose()
    {
        _deadline.Dispose();
        _client.Dispose();
    }

    private async Task<bool> ServeAsync()
    {
        Enter(ConnectionPhase.Idle, _options.IdleTimeout);
        if (!await _reader.WaitAsync().ConfigureAwait(false))
        {
            return false;
        }

        Enter(ConnectionPhase.Reading, _options.RequestTimeout);
        try
        {
            var head = await _reader.ReadHeadAsync().ConfigureAwait(false);
            _receiver.CheckHead(head);
            if (head.Length > _options.MaximumBodySize)
            {
                throw HttpRefusalException.BodyTooLarge(_options.MaximumBodySize);
            }

            if (head.ExpectsContinue)
            {
                await WriteAsync("HTTP/1.1 100 Continue\r\n\r\n").ConfigureAwait(false);
            }

            var body = await _reader.ReadBodyAsync(head, _options.MaximumBodySize).ConfigureAwait(false);

            // As long as it takes: a response before there is room would be a promise that may not be kept.
            Enter(ConnectionPhase.Accepting, Timeout.InfiniteTimeSpan);
            await _receiver.AcceptAsync(body).ConfigureAwait(false);
            Enter(ConnectionPhase.Answering, _options.RequestTimeout);
            var connection = head.KeepsAlive ? "keep-alive" : "close";
            await WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: {connection}\r\n\r\n").ConfigureAwait(false);
            return head.KeepsAlive;
        }
        catch (HttpRefusalException refusal)
        {
            _receiver.Reject(refusal.Outcome, $"Rejected with {refusal.Status}: {refusal.Message}.");
            Enter(ConnectionPhase.Answering, Farewell);
            await WriteAsync(string.Format(
                CultureInfo.InvariantCulture,
                "HTTP/1.1 {0} {1}\r\n{2}Content-Length: 0\r\nConnection: close\r\n\r\n",
                refusal.Status,
                refusal.Reason,
                refusal.Status == 405 ? "Allow: POST\r\n" : string.Empty)).ConfigureAwait(false);
            Enter(ConnectionPhase.Idle, Farewell);
            _socket.Shutdown(SocketShutdown.Send);
            await _reader.DrainAsync().ConfigureAwait(false);
            return false;
        }
    }

    private void Enter(ConnectionPhase phase, TimeSpan limit)
    {
        _phase = phase;
        PhaseChanged?.Invoke(phase);
        _deadline.Change(limit, Timeout.InfiniteTimeSpan);
    }

    private void EndLate()
    {
        // The only way to end a read on .NET Framework: there the token of ReadAsync is looked at before it starts, and never again.
        _isLate = true;
        _client.Dispose();
    }

    private async Task WriteAsync(string head)
    {
        var bytes = Encoding.ASCII.GetBytes(head);
#if NET
        await _stream.WriteAsync(bytes).ConfigureAwait(false);
#else
        await _stream.WriteAsync(bytes, 0, bytes.Length).ConfigureAwait(false);
#endif
    }
}

/// <summary>What a connection is about.</summary>
internal enum ConnectionPhase
{
    /// <summary>It waits for a request, or for the client to close it.</summary>
    Idle,

    /// <summary>A request is arriving.</summary>
    Reading,

    /// <summary>A request has arrived and waits for room.</summary>
    Accepting,

    /// <summary>A response is in flight.</summary>
    Answering,
}

/// <summary>Who decides about requests.</summary>
internal interface IWebhookReceiver
{
    /// <exception cref="HttpRefusalException">The request is not taken.</exception>
    void CheckHead(HttpHead head);

    /// <exception cref="HttpRefusalException">The request is not taken.</exception>
    Task AcceptAsync(byte[] body);

    void Reject(WebhookOutcome outcome, string message);
}
