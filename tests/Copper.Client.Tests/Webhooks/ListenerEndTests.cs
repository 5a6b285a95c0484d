using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Copper.Client.Tests.Webhooks;

/// <summary>Load, back-pressure, bad clients, and the end.</summary>
public class ListenerEndTests : ListenerTest
{
    [Fact]
    public async Task A_thousand_notifications_a_second_from_many_connections_lose_none()
    {
        const int Connections = 40;
        const int Each = 100;
        var listener = Listen(options => options.QueueSize = 200);
        var watch = Stopwatch.StartNew();

        var senders = Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            await using var stream = await ConnectAsync(listener);
            for (int index = 0; index < Each; index++)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(Post(Body((connection * 1000) + index + 1))), Soon);
                Assert.StartsWith("HTTP/1.1 200", await ReadAnswerAsync(stream), StringComparison.Ordinal);
            }
        })).ToArray();
        var received = new List<long>();
        while (received.Count < Connections * Each)
        {
            received.Add((await listener.ReceiveAsync(Soon))!.Ids[0]);
        }

        var elapsed = watch.Elapsed;
        await Task.WhenAll(senders);
        Assert.Equal(Connections * Each, received.Distinct().Count());
        Assert.Equal(Connections * Each, listener.Statistics.Accepted);
        foreach (var ofConnection in received.GroupBy(id => id / 1000))
        {
            Assert.Equal(ofConnection.Order(), ofConnection);
        }

        // Four thousand: a thousand a second, even on a machine that has other things to do.
        Assert.True(elapsed < TimeSpan.FromSeconds(4), $"It took {elapsed}.");
    }

    [Fact]
    public async Task A_full_queue_holds_back_answers_not_notifications()
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
        var listener = Listen(options => options.RequestTimeout = TimeSpan.FromSeconds(2));
        var idle = new List<NetworkStream>();
        for (int count = 0; count < 100; count++)
        {
            var stream = await ConnectAsync(listener);
            idle.Add(stream);
            await stream.WriteAsync(Encoding.UTF8.GetBytes((count % 3) switch { 0 => string.Empty, 1 => "POST / HT", _ => "POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n{" }), Soon);
        }

        var watch = Stopwatch.StartNew();
        Assert.Equal(200, await SendAsync(listener, Post(Body(1))));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");

        // Those that began a request and did not end it are sent away.
        Assert.Equal(string.Empty, await ReadAnswerAsync(idle[1]));
        await Eventually(() => listener.Statistics.TimedOut == 66);
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
        Assert.Equal(string.Empty, await ReadAnswerAsync(idle[0]));
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
    public async Task What_was_answered_before_the_end_is_handed_out_and_what_waits_is_refused()
    {
        var listener = Listen(options => options.QueueSize = 2);
        Assert.Equal(200, await SendAsync(listener, Post(Body(1))));
        Assert.Equal(200, await SendAsync(listener, Post(Body(2))));
        var third = SendAsync(listener, Post(Body(3)));
        await Task.Delay(100);

        listener.Stop();

        Assert.Equal(503, await third);
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
        await ReadAnswerAsync(open);
        var watch = Stopwatch.StartNew();

        listener.Dispose();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        Assert.Equal(string.Empty, await ReadAnswerAsync(open));
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

    private static async Task Eventually(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "It did not happen.");
            await Task.Delay(20);
        }
    }
}
