using System.Text;
using Copper.Client.Webhooks.Listening;

namespace Copper.Client.Tests.Webhooks;

public class ListenerTests : ListenerTest
{
    [Fact]
    public async Task A_notification_gets_a_response_and_is_handed_out()
    {
        var listener = Listen();

        Assert.Equal(200, await SendAsync(listener, Post(Body(7))));

        Assert.Equal([7], (await listener.ReceiveAsync(Soon))!.Ids);
        Assert.Equal((1, 0), (listener.Statistics.Accepted, listener.Statistics.Refused));
    }

    [Theory]
    [InlineData("POST /hooks HTTP/1.1\r\n", 200)]
    [InlineData("POST /hooks/ HTTP/1.1\r\n", 200)]
    [InlineData("POST /hooks/person?x=1 HTTP/1.1\r\n", 200)]
    [InlineData("POST http://hooks.example.com/hooks/a HTTP/1.1\r\n", 200)]
    [InlineData("POST /hooks/ HTTP/1.0\r\n", 200)]
    [InlineData("POST /hooksother HTTP/1.1\r\n", 404)]
    [InlineData("POST / HTTP/1.1\r\n", 404)]
    [InlineData("GET /hooks/ HTTP/1.1\r\n", 405)]
    [InlineData("PUT /hooks/ HTTP/1.1\r\n", 405)]
    [InlineData("POST /hooks/ HTTP/2.0\r\n", 400)]
    [InlineData("nonsense\r\n", 400)]
    public async Task Path_and_method_decide(string line, int status)
    {
        var listener = Listen(options => options.Prefix = "http://127.0.0.1:0/hooks");

        Assert.Equal(status, await SendAsync(listener, $"{line}Content-Length: {Body(1).Length}\r\n\r\n{Body(1)}"));
        Assert.Equal(status == 200 ? 1 : 0, listener.Statistics.Accepted);
        Assert.Equal(status == 200 ? 0 : 1, listener.Statistics.Refused);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"ids":[1]}""")]
    public async Task Bodies_that_are_no_notification_are_rejected(string body)
    {
        var listener = Listen();

        Assert.Equal(400, await SendAsync(listener, Post(body)));
        Assert.Equal(1, listener.Statistics.Malformed);
    }

    [Fact]
    public async Task Heads_that_could_mean_two_things_are_rejected()
    {
        var listener = Listen();

        Assert.Equal(400, await SendAsync(listener, "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"));
        Assert.Equal(400, await SendAsync(listener, "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12"));
        Assert.Equal(400, await SendAsync(listener, "POST / HTTP/1.1\r\nContent-Length : 1\r\n\r\n1"));
        Assert.Equal(400, await SendAsync(listener, "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n"));
        Assert.Equal(431, await SendAsync(listener, "POST / HTTP/1.1\r\nX: " + new string('x', 20_000) + "\r\n\r\n"));
    }

    [Fact]
    public async Task Bodies_over_the_limit_are_rejected_before_they_are_read()
    {
        var listener = Listen(options => options.MaximumBodySize = 1000);

        Assert.Equal(413, await SendAsync(listener, "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"));
        Assert.Equal(413, await SendAsync(listener, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"));
        Assert.Equal(413, await SendAsync(listener, Post(Body(1, ",\"x\":\"" + new string('x', 100_000) + "\""))));
        Assert.Equal(200, await SendAsync(listener, Post(Body(1))));
        Assert.Equal((3, 1), (listener.Statistics.TooLarge, listener.Statistics.Accepted));
    }

    [Fact]
    public async Task Chunked_bodies_are_put_together()
    {
        var listener = Listen();
        string body = Body(7);

        Assert.Equal(200, await SendAsync(
            listener,
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{10:x}\r\n{body[..10]}\r\n{body.Length - 10:x};name=value\r\n{body[10..]}\r\n0\r\nTrailer: x\r\n\r\n"));

        Assert.Equal([7], (await listener.ReceiveAsync(Soon))!.Ids);
    }

    [Fact]
    public async Task A_body_in_very_many_pieces_is_rejected()
    {
        var listener = Listen(options => options.MaximumBodySize = 6_000_000);
        var chunks = new StringBuilder("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var count = 0; count < 30_000; count++)
        {
            chunks.Append("1\r\n \r\n");
        }

        Assert.Equal(413, await SendAsync(listener, chunks.ToString()));
        Assert.Equal(1, listener.Statistics.TooLarge);
    }

    [Theory]
    [InlineData(9_000, 1, 200)]
    [InlineData(20_000, 300, 200)]
    public async Task A_body_in_many_pieces_is_put_together(int chunks, int length, int status)
    {
        var listener = Listen(options => options.MaximumBodySize = 8_000_000);
        var body = Body(7).PadRight(chunks * length);
        var text = new StringBuilder("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var count = 0; count < chunks; count++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{length:x}\r\n").Append(body, count * length, length)
                .Append("\r\n");
        }

        Assert.Equal(status, await SendAsync(listener, text.Append("0\r\n\r\n").ToString()));
        Assert.Equal([7], (await listener.ReceiveAsync(Soon))!.Ids);
    }

    [Theory]
    [InlineData("X: a\nY: b\r\n")]
    [InlineData("X: a\rb\r\n")]
    [InlineData("X: a\0b\r\n")]
    [InlineData("X: a\u0001b\r\n")]
    [InlineData("X: a\u007fb\r\n")]
    [InlineData("X y: a\r\n")]
    [InlineData(" X: a\r\n")]
    [InlineData("X\t: a\r\n")]
    [InlineData("X(y): a\r\n")]
    public async Task A_head_that_two_readers_could_read_differently_is_rejected(string header)
    {
        var listener = Listen();

        Assert.Equal(400, await SendAsync(listener, Post(Body(1), header)));
        Assert.Equal(200, await SendAsync(listener, Post(Body(1), "X-y_1: a\tb \u00e4\r\n")));
    }

    [Theory]
    [InlineData("1\n\r\n{\r\n0\r\n\r\n")]
    [InlineData("1;x\ny\r\n{\r\n0\r\n\r\n")]
    [InlineData("1;x\0\r\n{\r\n0\r\n\r\n")]
    [InlineData("0\r\nX: a\nb\r\n\r\n")]
    public async Task So_are_lines_between_chunks(string chunks)
    {
        var listener = Listen();

        Assert.Equal(400, await SendAsync(listener, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks));
        Assert.Equal(1, listener.Statistics.Malformed);
    }

    [Theory]
    [InlineData("\r\n", 200)]
    [InlineData("\r\n\r\n", 200)]
    [InlineData("\r\n\r\n\r\n\r\n\r\n", 200)]
    [InlineData("\n", 400)]
    [InlineData("\r\r\n", 400)]
    public async Task Empty_lines_may_come_before_a_request(string before, int status)
    {
        var listener = Listen();

        Assert.Equal(status, await SendAsync(listener, before + Post(Body(1))));
    }

    [Fact]
    public async Task A_client_that_waits_to_be_told_is_told_to_go_on()
    {
        var listener = Listen();
        await using var stream = await ConnectAsync(listener);

        await stream.WriteAsync(Encoding.UTF8.GetBytes(Post(Body(7), "Expect: 100-continue\r\n").Split("{")[0]), Soon);
        Assert.StartsWith("HTTP/1.1 100", await ReadResponseAsync(stream), StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Body(7)), Soon);
        Assert.StartsWith("HTTP/1.1 200", await ReadResponseAsync(stream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_connection_carries_many_requests_also_when_they_come_all_at_once()
    {
        var listener = Listen();
        await using var stream = await ConnectAsync(listener);

        await stream.WriteAsync(Encoding.UTF8.GetBytes(Post(Body(1)) + "\r\n" + Post(Body(2)) + Post(Body(3))), Soon);
        for (int id = 1; id <= 3; id++)
        {
            Assert.StartsWith("HTTP/1.1 200", await ReadResponseAsync(stream), StringComparison.Ordinal);
            Assert.Equal([id], (await listener.ReceiveAsync(Soon))!.Ids);
        }
    }

    [Fact]
    public async Task A_wrong_secret_is_rejected_in_body_and_headers()
    {
        var inBody = Listen(options => options.Secret = Secret("key", "s3cret"));
        var inHeader = Listen(options => options.Headers = Secret("X-Key", "s3cret"));

        Assert.Equal(401, await SendAsync(inBody, Post(Body(1))));
        Assert.Equal(401, await SendAsync(inBody, Post(Body(1, ",\"key\":\"wrong\""))));
        Assert.Equal(200, await SendAsync(inBody, Post(Body(2, ",\"key\":\"s3cret\""))));
        Assert.Equal(401, await SendAsync(inHeader, Post(Body(1))));
        Assert.Equal(401, await SendAsync(inHeader, Post(Body(1), "X-Key: wrong\r\n")));
        Assert.Equal(200, await SendAsync(inHeader, Post(Body(2), "x-key: s3cret\r\n")));

        Assert.Equal((2, 1), (inBody.Statistics.WrongSecret, inBody.Statistics.Accepted));
        Assert.Equal((2, 1), (inHeader.Statistics.WrongSecret, inHeader.Statistics.Accepted));
        Assert.Equal([2], (await inBody.ReceiveAsync(Soon))!.Ids);
    }

    [Fact]
    public async Task What_is_rejected_is_told_without_secrets()
    {
        var told = new List<string>();
        var listener = Listen(options =>
        {
            options.Secret = Secret("key", "s3cret");
            options.Log = told.Add;
        });

        await SendAsync(listener, Post(Body(1, ",\"key\":\"wr0ng\"")));

        Assert.Equal("Rejected with 401: a wrong secret, or none.", Assert.Single(told));
    }

    [Theory]
    [InlineData("https://127.0.0.1:8080/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("http://hooks.example.com/")]
    [InlineData("http://127.0.0.1:8080/?a=b")]
    public void Addresses_that_cannot_be_listened_at_are_rejected(string prefix) =>
        Assert.Throws<ArgumentException>(() => new WebhookListener(new WebhookListenerOptions { Prefix = prefix }));

    [Theory]
    [InlineData("http://localhost:0/")]
    [InlineData("http://+:0/")]
    [InlineData("http://*:0/hooks")]
    public async Task Other_interfaces_can_be_listened_at(string prefix)
    {
        var listener = Listen(options => options.Prefix = prefix);
        using var client = new HttpClient();

        var response = await client.PostAsync(
            new UriBuilder(listener.Statistics.Prefix!) { Host = "127.0.0.1" }.Uri, new StringContent(Body(1)), Soon);

        Assert.Equal(200, (int)response.StatusCode);
    }
}
