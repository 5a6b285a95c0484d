using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Transport;

/// <summary>A response that is too large, or never ends, costs one call and no more; and nothing but errors of the client leaves
/// it.</summary>
public sealed class ResponseSizeTests : ScriptedTest
{
    private const int Allowed = 1024 * 1024;

    [Theory]
    [InlineData("endless")]
    [InlineData("gzip")]
    [InlineData("announced")]
    [InlineData("one string")]
    public async Task A_response_that_is_too_large_is_an_error_of_this_one_call(string kind)
    {
        using var server = new EndlessServer(kind);
        var client = Client(options => Connect(options, server));

        var failure = await Assert.ThrowsAsync<CopperProtocolException>(() => client.People.GetAsync(7));

        Assert.True(failure.IsTooLarge);
        Assert.Contains("larger than the 1 MB", failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, HttpStatusCode.OK), (failure.Attempts, failure.StatusCode));
        Assert.Equal(1, server.Requests);
        Assert.Contains(Trace.Events, static traceEvent => traceEvent.Kind == CopperTraceKind.Failed);

        // The next call is like any other.
        server.Kind = "small";
        Assert.Equal(7, (await client.People.GetAsync(7)).Id);
    }

    [Fact]
    public async Task A_create_whose_response_is_too_large_has_an_unknown_outcome_and_is_sent_once()
    {
        using var server = new EndlessServer("gzip");

        var failure = await Assert.ThrowsAsync<CopperOutcomeUnknownException>(
            () => Client(options => Connect(options, server)).People.CreateAsync(new JsonBody { ["name"] = "Ann" }));

        Assert.True(Assert.IsType<CopperProtocolException>(failure.InnerException).IsTooLarge);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_response_as_large_as_allowed_is_read()
    {
        var body = "{\"id\":7,\"name\":\"".PadRight(Allowed - 2, 'x') + "\"}";
        Assert.Equal(Allowed, body.Length);
        Service.Then(_ => ScriptedService.Response(200, body));
        Assert.Equal(7, (await RunAsync(Client(static options => options.MaxResponseBytes = Allowed).People.GetAsync(7))).Id);

        Service.StartOver().Then(_ => ScriptedService.Response(200, body + " "));
        await FailsAsync<CopperProtocolException>(Client(static options => options.MaxResponseBytes = Allowed).People.GetAsync(7));
    }

    [Fact]
    public async Task An_error_page_without_an_end_is_one_too()
    {
        Service.Then(_ => ScriptedService.Response(502, "<html>" + new string('x', Allowed)));

        var failure =
            await FailsAsync<CopperProtocolException>(Client(static options => options.MaxResponseBytes = Allowed).People.GetAsync(7));

        Assert.Equal(502, (int)failure.StatusCode!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2L * 1024 * 1024 * 1024)]
    public void A_size_that_cannot_be_is_rejected(long size) =>
        Assert.Throws<ArgumentException>(() => Client(options => options.MaxResponseBytes = size));

    [Fact]
    public void The_size_is_64_MB_unless_another_is_set()
    {
        Assert.Equal(64 * 1024 * 1024, new CopperClientOptions().MaxResponseBytes);
        Assert.Equal(64 * 1024 * 1024, new Copper.Client.Hub.CopperHubClientOptions().MaxResponseBytes);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task Whatever_the_transport_throws_leaves_as_an_error_of_the_client(Exception exception)
    {
        Service.ThenFails(() => exception);

        await Assert.ThrowsAnyAsync<CopperException>(() => RunAsync(Client(static options => options.MaxRetries = 0).People.GetAsync(7)));
        await FailsAsync<CopperOutcomeUnknownException>(Client().People.CreateAsync(new JsonBody { ["name"] = "Ann" }));
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task Whatever_the_reader_of_a_response_throws_leaves_as_an_error_of_the_client(Exception exception)
    {
        Service.ThenJson("{}");
        var read = new CopperRequest(HttpMethod.Get, "people/7");
        var create = new CopperRequest(HttpMethod.Post, "people", []);

        var once = Client(static options => options.MaxRetries = 0).Requests;
        var failure = await FailsAsync<CopperProtocolException>(once.SendAsync<int>(read, _ => throw exception, CancellationToken.None));
        await FailsAsync<CopperOutcomeUnknownException>(
            Client().Requests.SendAsync<int>(create, _ => throw exception, CancellationToken.None));

        Assert.DoesNotContain("System.", failure.Message, StringComparison.Ordinal);
    }

#pragma warning disable CA2201 // What the runtime throws may come out of a reader, too.
    public static TheoryData<Exception> Exceptions => new(
        new OverflowException(), new OutOfMemoryException(), new ArgumentException("x"), new KeyNotFoundException(), new FormatException(),
        new NullReferenceException(), new InvalidCastException(), new NotSupportedException(), new IndexOutOfRangeException(),
            new AggregateException());
#pragma warning restore CA2201

    private static void Connect(CopperClientOptions options, EndlessServer server) =>
        (options.BaseUri, options.Handler, options.Clock, options.MaxResponseBytes, options.MaxRetries) =
            (server.BaseUri, null, Copper.Client.RateLimiting.Clock.System, Allowed, 3);

    /// <summary>Responds without an end, as long as somebody listens.</summary>
    private sealed class EndlessServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _requests;

        public EndlessServer(string kind)
        {
            Kind = kind;
            _listener.Start();
            _ = AcceptAsync();
        }

        public string Kind { get; set; }

        public int Requests => Volatile.Read(ref _requests);

        public Uri BaseUri => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

        public void Dispose() => _listener.Dispose();

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
                try
                {
                    var stream = client.GetStream();
                    await ReadHeadAsync(stream);
                    Interlocked.Increment(ref _requests);
                    await RespondAsync(stream);
                }
                catch (IOException)
                {
                    // The client has heard enough.
                }
            }
        }

        private static async Task ReadHeadAsync(NetworkStream stream)
        {
            var head = new StringBuilder();
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
            {
                head.Append((char)one[0]);
            }
        }

        private async Task RespondAsync(NetworkStream stream)
        {
            var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
            var spaces = Encoding.ASCII.GetBytes(new string(Kind == "one string" ? 'x' : ' ', 64 * 1024));
            switch (Kind)
            {
                case "small":
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "Content-Length: 8\r\n\r\n{\"id\":7}"));
                    return;
                case "announced":
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "Content-Length: 9999999999\r\n\r\n"));
                    break;
                case "gzip":
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "Content-Encoding: gzip\r\n\r\n"));
                    await using (var packed = new GZipStream(stream, CompressionLevel.Fastest))
                    {
                        while (true)
                        {
                            await packed.WriteAsync(spaces);
                            await packed.FlushAsync();
                        }
                    }

                default:
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\n{\"id\":7,\"name\":\""));
                    break;
            }

            while (true)
            {
                await stream.WriteAsync(spaces);
            }
        }
    }
}
