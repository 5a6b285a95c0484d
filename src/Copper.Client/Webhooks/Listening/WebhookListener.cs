using System.Net.Sockets;
using Copper.Client.Models;

namespace Copper.Client.Webhooks.Listening;

/// <summary>
/// Receives notifications over HTTP/1.1, for a TLS front to forward to: checks and responds to each at once, and hands them out
/// in the order in which it took them. A notification whose response was 200 is handed out, unless the listener is disposed before.
/// </summary>
/// <remarks>
/// On plain sockets rather than HttpListener: on Windows that one needs a reservation by an administrator for any other
/// host than localhost, rejects host names that a proxy passes on, and has its own mind about slow clients and large bodies.
/// Here all systems and both builds behave alike.
/// </remarks>
public sealed class WebhookListener : IDisposable, IWebhookReceiver
{
    private static readonly TimeSpan LastAnswers = TimeSpan.FromMilliseconds(500);

    private readonly WebhookListenerOptions _options;
    private readonly WebhookPrefix _prefix;
    private readonly CopperSecretMap? _headers;
    private readonly NotificationQueue _queue;
    private readonly ConnectionList _connections;
    private readonly List<TcpListener> _sockets = [];

    /// <summary>A listener that does not listen yet.</summary>
    /// <exception cref="ArgumentException">The prefix cannot be used; the message states why.</exception>
    public WebhookListener(WebhookListenerOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _prefix = WebhookPrefix.Parse(options.Prefix);
        options.Secret?.CheckComplete();
        options.Headers?.CheckComplete();
        _headers = options.Headers?.IgnoringCase();
        _queue = new NotificationQueue(options.QueueSize, options.Count, () => Statistics.Add(WebhookOutcome.Accepted));
        _connections = new ConnectionList(options.MaximumConnections);
    }

    /// <summary>What was received so far.</summary>
    public WebhookListenerStatistics Statistics { get; } = new();

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address or the port cannot be had; the message states why.</exception>
    public void Start()
    {
        var port = _prefix.Port;
        foreach (var address in _prefix.Addresses)
        {
            var socket = new TcpListener(address, port);
            try
            {
                if (Environment.OSVersion.Platform == PlatformID.Win32NT)
                {
                    // Else another program could take the port over. Elsewhere that is so by itself, and setting it at all shares the port.
                    socket.ExclusiveAddressUse = true;
                }

                // As many may wait to be accepted as the system allows: a flood fills a short list before a busy machine looks at it,
                // and the sender's system repeats what finds no place there only after a second.
                socket.Start();
            }
            catch (SocketException) when (_sockets.Count > 0)
            {
                // localhost is two interfaces, of which the second one may be missing.
                continue;
            }
            catch (SocketException exception)
            {
                throw new IOException(
                    exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"Port {port} is in use by another program. Choose another one, here and in what forwards to it."
                    : exception.SocketErrorCode == SocketError.AccessDenied
                    ? $"Port {port} may not be used without elevated rights. Choose one above 1023, here and in what forwards to it."
                    : $"'{_options.Prefix}' cannot be listened at: {exception.Message}",
                    exception);
            }

            port = ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
            _sockets.Add(socket);
        }

        Statistics.Prefix = _prefix.WithPort(port);
        foreach (var socket in _sockets)
        {
            _ = AcceptConnectionsAsync(socket);
        }
    }

    /// <summary>The next notification as soon as it is there; null when the listener has stopped and all were handed out.</summary>
    public Task<CopperNotification?> ReceiveAsync(CancellationToken cancellationToken = default) => _queue.TakeAsync(cancellationToken);

    /// <summary>The next notification if it is there already; else null.</summary>
    public CopperNotification? TryReceive() => _queue.TryTake();

    /// <summary>Takes no more notifications and frees the port. Those that were taken can still be received.</summary>
    public void Stop()
    {
        foreach (var socket in _sockets)
        {
            socket.Stop();
        }

        _queue.Close();
    }

    /// <summary>Stops, lets responses that are in flight go out, and closes all connections.</summary>
    public void Dispose()
    {
        Stop();
        _connections.Close(LastAnswers);
        _queue.Dispose();
    }

    void IWebhookReceiver.CheckHead(HttpHead head)
    {
        if (!_prefix.Covers(head.Path))
        {
            throw HttpRefusalException.WrongPath();
        }

        if (head.Method != "POST")
        {
            throw HttpRefusalException.WrongMethod(head.Method);
        }

        if (_headers?.Matches(head.Header) == false)
        {
            throw HttpRefusalException.WrongSecret();
        }
    }

    async Task IWebhookReceiver.AcceptAsync(byte[] body)
    {
        CopperNotification notification;
        try
        {
            notification = CopperNotification.Parse(body);
        }
        catch (FormatException exception)
        {
            throw HttpRefusalException.Malformed(exception.Message.TrimEnd('.'));
        }

        if (_options.Secret is { } secret && !notification.Carries(secret))
        {
            throw HttpRefusalException.WrongSecret();
        }

        if (!await _queue.AddAsync(notification).ConfigureAwait(false))
        {
            throw HttpRefusalException.Unavailable();
        }
    }

    void IWebhookReceiver.Reject(WebhookOutcome outcome, string message)
    {
        Statistics.Add(outcome);
        _options.Log?.Invoke(message);
    }

    private async Task AcceptConnectionsAsync(TcpListener socket)
    {
        while (true)
        {
            try
            {
                var client = await socket.AcceptTcpClientAsync().ConfigureAwait(false);
                if (!_connections.TryRun(client, accepted => new WebhookConnection(accepted, this, _options)))
                {
                    client.Dispose();
                }
            }
            catch (Exception exception) when (exception is ObjectDisposedException or InvalidOperationException
                || exception is SocketException
                {
                    SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted
                        or SocketError.InvalidArgument or SocketError.NotSocket,
                })
            {
                return;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // That client is gone, and the next one may be served; or there are no sockets left, which silent clients may hold.
                if (exception is not SocketException { SocketErrorCode: SocketError.TooManyOpenSockets } || !_connections.TryMakeRoom())
                {
                    await Task.Delay(10).ConfigureAwait(false);
                }
            }
        }
    }
}
