using System.Net.Sockets;

namespace Copper.Client.Webhooks.Listening;

/// <summary>
/// The connections of a listener. When there are too many, the one has to go that has waited or sent for the longest time without a
/// whole request: clients that hold a connection for nothing do not keep others out, and who has just come has the time to be read.
/// </summary>
internal sealed class ConnectionList(int maximum)
{
    private readonly LinkedList<(WebhookConnection Connection, Task Work)> _connections = new();
    private bool _isClosed;

    /// <summary>Serves a client; false when nobody can make room for it.</summary>
    public bool TryRun(TcpClient client, Func<TcpClient, WebhookConnection> create)
    {
        lock (_connections)
        {
            if (_isClosed || (_connections.Count >= maximum && !TryMakeRoom()))
            {
                return false;
            }

            var connection = create(client);

            // Not within the lock, and not on the thread that accepts the next client.
            var work = Task.Run(connection.RunAsync);
            var node = _connections.AddLast((connection, work));
            _ = work.ContinueWith(_ => Remove(node), TaskScheduler.Default);
            return true;
        }
    }

    /// <summary>Closes all of them; those that are sending a response get some time to finish it.</summary>
    public void Close(TimeSpan patience)
    {
        (WebhookConnection Connection, Task Work)[] left;
        lock (_connections)
        {
            _isClosed = true;
            left = [.. _connections];
        }

        var answering = left
            .Where(static item => item.Connection.Phase is ConnectionPhase.Accepting or ConnectionPhase.Answering)
            .Select(static item => item.Work)
            .ToArray();
        _ = Task.WhenAny(Task.WhenAll(answering), Task.Delay(patience)).GetAwaiter().GetResult();
        foreach (var item in left)
        {
            item.Connection.Dispose();
        }
    }

    private bool TryMakeRoom()
    {
        LinkedListNode<(WebhookConnection Connection, Task Work)>? oldest = null;
        var since = long.MaxValue;
        for (var node = _connections.First; node is not null; node = node.Next)
        {
            var connection = node.Value.Connection;
            if (connection.Phase is ConnectionPhase.Idle or ConnectionPhase.Reading && connection.Since < since)
            {
                (oldest, since) = (node, connection.Since);
            }
        }

        if (oldest is null)
        {
            return false;
        }

        _connections.Remove(oldest);
        oldest.Value.Connection.Dispose();
        return true;
    }

    private void Remove(LinkedListNode<(WebhookConnection Connection, Task Work)> node)
    {
        lock (_connections)
        {
            if (node.List is not null)
            {
                _connections.Remove(node);
            }
        }
    }
}
