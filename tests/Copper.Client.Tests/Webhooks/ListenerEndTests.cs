using System.Net.Sockets;
using System.Text;
using Copper.Client.Tests.Support;
using Copper.Client.Webhooks.Listening;

namespace Copper.Client.Tests.Webhooks;

/// <summary>Load, back-pressure, bad clients, and the end.</summary>
public class ListenerEndTests : ListenerTest
{
    [Fact]
    public async Task Of_thousands_of_notifications_from_many_connections_none_is_lost()
    {
        const int Connections = 40;
        const int Each = 100;
        var listener = Listen(options => options.QueueSize = 200);
        var senders = Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            await using var stream = await ConnectAsync(listener);
            for (int index = 0; index < Each; index++)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(Post(Body((connection * 1000) + index + 1))), Soon);
                Assert.StartsWith("HTTP/1.1 200", await ReadResponseAsync(stream), StringComparison.Ordinal);
            }
        })).ToArray();
        var received = new List<long>();
        while (received.Count < Connections * Each)
        {
            received.Add((await listener.ReceiveAsync(Soon))!.Ids[0]);
        }

        await Task.WhenAll(senders);
        Assert.Equal(Connections * Each, received.Distinct().Count());
        Assert.Equal(Connections * Each, listener.Statistics.Accepted);
        foreach (var ofConnection in received.GroupBy(id => id / 1000))
        {
            Assert.Equal(ofConnection.Order(), ofConnection);
        }
    }

    [Fact]
    public async Task A_full_queue_holds_back_responses_not_notifications()
    {
        var listener = Listen(options => options.QueueSize = 1);
        Assert.Equal(200, await SendAsync(listener, Post(Body(1))));

        var second = SendAsync(listener, Post(Body(2)));
        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(200)));
        Assert.Equal([1], (await listener.ReceiveAsync(Soon))!.Ids);

        Assert.Equal(200, await second);
        Assert.Equal([2], (await listener.ReceiveAsync(Soon))!.Ids);
    }

    [Fact]
    public async Task Slow_and_half_open_clients_hold_nobody_up()
    {
        // As long as the test waits for a response at most: what would wait for them gets none.
        var listener = Listen(options => options.RequestTimeout = TimeSpan.FromSeconds(60));
        var idle = await SendHalfAsync(listener, 100);

        Assert.Equal(200, await SendAsync(listener, Post(Body(1))));
        Assert.Equal(0, listener.Statistics.TimedOut);
        idle.ForEach(static stream => stream.Dispose());
    }

    [Fact]
    public async Task Clients_that_began_a_request_and_do_not_end_it_are_sent_away()
    {
        var listener = Listen(options => options.RequestTimeout = TimeSpan.FromMilliseconds(100));
        var idle = await SendHalfAsync(listener, 30);

        Assert.Equal(string.Empty, await ReadResponseAsync(idle[1]));
        await Eventually.HoldsAsync(() => listener.Statistics.TimedOut == 20, listener.Statistics.ToString);

        // Not before: what nobody holds any more is collected, and so closed by its own side.
        idle.ForEach(static stream => stream.Dispose());
    }

    [Fact]
    public async Task Clients_that_send_nothing_give_way_to_others()
    {
        var listener = Listen(options => options.MaximumConnections = 5);
        var idle = new List<NetworkStream>();
        for (int count = 0; count < 10; count++)
        {
            idle.Add(await ConnectAsync(listener));
        }

        Assert.Equal(200, await SendAsync(listener, Post(Body(1))));
        Assert.Equal(string.Empty, await ReadResponseAsync(idle[0]));
    }

    [Fact]
    public async Task The_oldest_that_does_not_end_its_request_gives_way_before_one_that_has_just_come()
    {
        var listener = Listen(options => options.MaximumConnections = 5);
        var readers = await BeginRequestsAsync(listener, 4);
        await using var newest = await ConnectAsync(listener);
        var later = new List<NetworkStream>();
        for (int count = 0; count < 2; count++)
        {
            later.Add(await ConnectAsync(listener));
            Assert.Equal(string.Empty, await ReadResponseAsync(readers[count]));
        }

        await newest.WriteAsync(Encoding.UTF8.GetBytes(Post(Body(2))), Soon);
        Assert.StartsWith("HTTP/1.1 200", await ReadResponseAsync(newest), StringComparison.Ordinal);
        later.ForEach(static stream => stream.Dispose());
        readers.ForEach(static stream => stream.Dispose());
    }

    [Fact]
    public async Task Clients_that_send_nothing_do_not_push_out_one_that_has_begun_to_send()
    {
        var listener = Listen(options => options.MaximumConnections = 5);
        var first = (await BeginRequestsAsync(listener, 1))[0];
        var idle = new List<NetworkStream>();
        for (int count = 0; count < 20; count++)
        {
            idle.Add(await ConnectAsync(listener));
        }

        Assert.Equal(string.Empty, await ReadResponseAsync(idle[0]));
        await first.WriteAsync(Encoding.UTF8.GetBytes(Body(1)), Soon);
        Assert.StartsWith("HTTP/1.1 200", await ReadResponseAsync(first), StringComparison.Ordinal);
        idle.ForEach(static stream => stream.Dispose());
    }

    [Fact]
    public async Task One_whose_request_waits_to_be_read_gives_way_after_those_that_send_nothing()
    {
        using var server = new TcpListener(System.Net.IPAddress.Loopback, 0);
        server.Start();
        var created = new List<WebhookConnection>();
        var listener = new WebhookListener(new WebhookListenerOptions());

        // A machine so busy that nobody has the time to read.
        var connections = new ConnectionList(3, new BusyScheduler());
        var clients = new List<TcpClient>();
        for (int count = 0; count < 6; count++)
        {
            var client = new TcpClient();
            clients.Add(client);
            await client.ConnectAsync((System.Net.IPEndPoint)server.LocalEndpoint, Soon);
            if (count == 0)
            {
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(Post(Body(1))), Soon);
            }

            var accepted = await server.AcceptTcpClientAsync(Soon);
            Assert.True(connections.TryRun(accepted, Create));
            await Eventually.HoldsAsync(() => created[0].HasInput, () => "nothing has come");
        }

        foreach (var client in clients.Skip(1).Take(3))
        {
            Assert.Equal(string.Empty, await ReadResponseAsync(client.GetStream()));
        }

        connections.Close(TimeSpan.Zero);
        created.ForEach(static connection => connection.Dispose());
        clients.ForEach(static client => client.Dispose());
        listener.Dispose();

        WebhookConnection Create(TcpClient accepted)
        {
            created.Add(new WebhookConnection(accepted, listener, new WebhookListenerOptions()));
            return created[^1];
        }
    }

    [Fact]
    public async Task After_the_last_one_that_is_wanted_no_more_are_taken()
    {
        var listener = Listen(options => options.Count = 3);

        var statuses = await Task.WhenAll(Enumerable.Range(1, 8).Select(id => SendAsync(listener, Post(Body(id)))));

        Assert.Equal((3, 5), (statuses.Count(status => status == 200), statuses.Count(status => status == 503)));
        for (int count = 0; count < 3; count++)
        {
            Assert.NotNull(await listener.ReceiveAsync(Soon));
        }

        Assert.Null(await listener.ReceiveAsync(Soon));
        Assert.Null(await listener.ReceiveAsync(Soon));
    }

    [Fact]
    public async Task What_got_a_response_before_the_end_is_handed_out_and_what_waits_is_rejected()
    {
        var listener = Listen(options => options.QueueSize = 2);
        Assert.Equal(200, await SendAsync(listener, Post(Body(1))));
        Assert.Equal(200, await SendAsync(listener, Post(Body(2))));
        await using var third = await ConnectAsync(listener);
        await third.WriteAsync(Encoding.UTF8.GetBytes(Post(Body(3), "Expect: 100-continue\r\n").Split("{")[0]), Soon);
        Assert.StartsWith("HTTP/1.1 100", await ReadResponseAsync(third), StringComparison.Ordinal);
        await third.WriteAsync(Encoding.UTF8.GetBytes(Body(3)), Soon);

        // On its way in, or waiting for room by now: it is rejected in either place.
        await Task.Delay(100);
        listener.Stop();

        Assert.StartsWith("HTTP/1.1 503", await ReadResponseAsync(third), StringComparison.Ordinal);
        Assert.Equal([1], (await listener.ReceiveAsync(Soon))!.Ids);
        Assert.Equal([2], (await listener.ReceiveAsync(Soon))!.Ids);
        Assert.Null(await listener.ReceiveAsync(Soon));
    }

    [Fact]
    public async Task The_end_frees_the_port_at_once_and_closes_all_connections()
    {
        var listener = Listen();
        await using var open = await ConnectAsync(listener);
        await open.WriteAsync(Encoding.UTF8.GetBytes(Post(Body(1))), Soon);
        await ReadResponseAsync(open);

        listener.Dispose();

        Assert.Equal(string.Empty, await ReadResponseAsync(open));
        var next = Listen(options => options.Prefix = listener.Statistics.Prefix!.AbsoluteUri);
        Assert.Equal(200, await SendAsync(next, Post(Body(2))));
    }

    [Fact]
    public void A_port_in_use_is_told_in_words()
    {
        var first = Listen();

        var failure = Assert.Throws<IOException>(() => Listen(options => options.Prefix = first.Statistics.Prefix!.AbsoluteUri));

        Assert.Contains("in use", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        var listener = Listen();
        using var cancellation = new CancellationTokenSource();
        var waiting = listener.ReceiveAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    /// <summary>Of three connections one sends nothing, one half a head, and one half a body.</summary>
    private static async Task<List<NetworkStream>> SendHalfAsync(WebhookListener listener, int connections)
    {
        var idle = new List<NetworkStream>();
        for (int count = 0; count < connections; count++)
        {
            var stream = await ConnectAsync(listener);
            idle.Add(stream);
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes(
                    (count % 3) switch {
                        0 => string.Empty, 1 => "POST / HT", _ => "POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n{" }), Soon);
        }

        return idle;
    }

    /// <summary>Connections whose head has been read, and whose body is missing.</summary>
    private static async Task<List<NetworkStream>> BeginRequestsAsync(WebhookListener listener, int connections)
    {
        var begun = new List<NetworkStream>();
        for (int count = 0; count < connections; count++)
        {
            var stream = await ConnectAsync(listener);
            begun.Add(stream);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Post(Body(1), "Expect: 100-continue\r\n").Split("{")[0]), Soon);

            // The listener reads its body: it has said so.
            Assert.StartsWith("HTTP/1.1 100", await ReadResponseAsync(stream), StringComparison.Ordinal);
        }

        return begun;
    }

    /// <summary>Runs nothing.</summary>
    private sealed class BusyScheduler : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task)
        {
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
    }
}
