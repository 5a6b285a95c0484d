using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Copper.Client.Tests.Support;

/// <summary>Stands in for the service without a network: responds in the order of the script, then always with its last line.</summary>
internal sealed class ScriptedService(FakeClock clock) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly Queue<Func<ReceivedRequest, CancellationToken, Task<HttpResponseMessage>>> _script = new();

    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The last request gets no response.</summary>
    public bool IsHanging { get; private set; }

    public ScriptedService Then(Func<ReceivedRequest, CancellationToken, Task<HttpResponseMessage>> response)
    {
        _script.Enqueue(response);
        return this;
    }

    /// <summary>Forgets the script.</summary>
    public ScriptedService StartOver()
    {
        _script.Clear();
        return this;
    }

    public ScriptedService Then(Func<ReceivedRequest, HttpResponseMessage> response) =>
        Then((request, _) => Task.FromResult(response(request)));

    public ScriptedService Then(int status, string body = "", params (string Name, string Value)[] headers) =>
        Then(_ => Response(status, body, headers));

    public ScriptedService ThenJson(string body) => Then(200, body);

    /// <summary>The record that the path asks for.</summary>
    public ScriptedService ThenRecord(params (string Name, string Value)[] headers) => Then(request =>
        Response(200, $$"""{"id":{{request.Path.Split('/')[^1]}},"name":"Ann"}""", headers));

    public ScriptedService ThenFails(Func<Exception> failure) => Then((_, _) => Task.FromException<HttpResponseMessage>(failure()));

    /// <summary>Nobody listens there.</summary>
    public ScriptedService ThenRefusesTheConnection() => ThenFails(static () => new HttpRequestException(
        HttpRequestError.ConnectionError, "Connection refused (api.copper.com:443)",
            new SocketException((int)SocketError.ConnectionRefused)));

    /// <summary>The name of the host has no address.</summary>
    public ScriptedService ThenKnowsNoSuchName(SocketError error = SocketError.HostNotFound) => ThenFails(() => new HttpRequestException(
        HttpRequestError.NameResolutionError, "Name or service not known (api.coper.com:443)", new SocketException((int)error)));

    /// <summary>The connection stood, and broke.</summary>
    public ScriptedService ThenBreaksTheConnection() => ThenFails(static () => new HttpRequestException(
        "An error occurred while sending the request.",
            new IOException("Unable to read data.", new SocketException((int)SocketError.ConnectionReset))));

    /// <summary>Never responds.</summary>
    public ScriptedService ThenHangs() => Then(async (_, cancellation) =>
    {
        IsHanging = true;
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("unreachable");
    });

    public static HttpResponseMessage Response(int status, string body = "", params (string Name, string Value)[] headers) =>
        Response(status, Encoding.UTF8.GetBytes(body), body.StartsWith('<') ? "text/html" : "application/json", headers);

    public static HttpResponseMessage Response(int status, byte[] body, string mediaType, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        foreach (var (name, value) in headers)
        {
            Assert.True(response.Headers.TryAddWithoutValidation(name, value));
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(CancellationToken.None);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var received = new ReceivedRequest(request.Method.Method, request.RequestUri!, headers, body, clock.Elapsed);
        Func<ReceivedRequest, CancellationToken, Task<HttpResponseMessage>> response;
        lock (_gate)
        {
            _requests.Add(received);
            IsHanging = false;
            response = _script.Count > 1 ? _script.Dequeue() : _script.Peek();
        }

        return await response(received, cancellationToken);
    }
}
