using System.Net.Sockets;

namespace Copper.Client.Webhooks.Listening;

/// <summary>
/// The connections of a listener. When there are too many, the one has to go that has been silent for the longest time: clients that
/// hold a connection for nothing do not keep others out, and who has just come or has begun to send has the time to be read. Where more
/// send than are silent, the one has to go that has sent for the longest time.
/// </summary>
/// <param name="maximum">How many there may be.</param>
/// <param name="scheduler">Who runs them; the thread pool by default.</param>
internal sealed class ConnectionList(int maximum, TaskScheduler? scheduler = null)
{
    private readonly object _gate = new();

    // Each in the order in which its connections came to it.
    private readonly LinkedList<Entry> _silent = new();
    private readonly LinkedList<Entry> _sending = new();
    private readonly LinkedList<Entry> _responding = new();
    private bool _isClosed;

    /// <summary>Serves a client; false when nobody can make room for it.</summary>
    public bool TryRun(TcpClient client, Func<TcpClient, WebhookConnection> create)
    {
        lock (_gate)
        {
            var count = _silent.Count + _sending.Count + _responding.Count;
            if (_isClosed || (count >= maximum && !TryMakeRoom()))
            {
                return false;
            }

            var entry = new Entry(create(client));
            _silent.AddLast(entry.Node);
            entry.Connection.PhaseChanged = phase => Move(entry, phase);

            // Not within the lock, and not on the thread that accepts the next client.
            entry.Work = Task.Factory
                .StartNew(
                    entry.Connection.RunAsync,
                    CancellationToken.None,
                    TaskCreationOptions.DenyChildAttach,
                    scheduler ?? TaskScheduler.Default)
                .Unwrap();
            _ = entry.Work.ContinueWith(_ => Remove(entry), TaskScheduler.Default);
            return true;
        }
    }

    /// <summary>Closes the connection whose loss costs least; false when all of them have a whole request.</summary>
    public bool TryMakeRoom()
    {
        lock (_gate)
        {
            var victim = ChooseVictim();
            if (victim is null)
            {
                return false;
            }

            victim.List!.Remove(victim);
            victim.Value.Connection.Dispose();
            return true;
        }
    }

    /// <summary>Closes all of them; those that are sending a response get some time to finish it.</summary>
    public void Close(TimeSpan patience)
    {
        Entry[] responding;
        Entry[] left;
        lock (_gate)
        {
            _isClosed = true;
            responding = [.. _responding];
            left = [.. _silent, .. _sending, .. responding];
        }

        _ = Task.WhenAny(Task.WhenAll(responding.Select(static entry => entry.Work)), Task.Delay(patience)).GetAwaiter().GetResult();
        foreach (var entry in left)
        {
            entry.Connection.Dispose();
        }
    }

    private LinkedListNode<Entry>? ChooseVictim()
    {
        // The larger group pays: neither silent clients nor slow ones can push out the others.
        while (_silent.Count >= _sending.Count && _silent.First is { } oldest)
        {
            if (!oldest.Value.Connection.HasInput)
            {
                return oldest;
            }

            // Its request has come, and on a busy machine nobody has had the time to read it.
            MoveTo(_sending, oldest);
        }

        return _sending.First;
    }

    private void Move(Entry entry, ConnectionPhase phase)
    {
        lock (_gate)
        {
            MoveTo(
                phase switch
                {
                    ConnectionPhase.Idle => _silent,
                    ConnectionPhase.Reading => _sending,
                    _ => _responding,
                },
                entry.Node);
        }
    }

    private static void MoveTo(LinkedList<Entry> list, LinkedListNode<Entry> node)
    {
        // One without a list had to make room, and has not noticed it yet.
        if (node.List is { } former)
        {
            former.Remove(node);
            list.AddLast(node);
        }
    }

    private void Remove(Entry entry)
    {
        lock (_gate)
        {
            entry.Node.List?.Remove(entry.Node);
        }
    }

    private sealed class Entry
    {
        public Entry(WebhookConnection connection)
        {
            Connection = connection;
            Node = new LinkedListNode<Entry>(this);
        }

        public WebhookConnection Connection { get; }

        public LinkedListNode<Entry> Node { get; }

        public Task Work { get; set; } = Task.CompletedTask;
    }
}
