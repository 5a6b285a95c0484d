using System.Net;
using System.Text;
using Copper.Client.Hub;

namespace Copper.Client.Tests.Hub;

/// <summary>A CopperHub that responds as a test wants, and remembers what it got. Logging in works unless the test says
/// otherwise.</summary>
internal sealed class ScriptedHub : HttpMessageHandler
{
    public const string UserName = "ada";
    public const string Password = "pass&wörd 1";
    public const string SessionId = "0123456789ABCDEF0123456789ABCDEF";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _responses = [];

    public FakeClock Clock { get; } = new();

    public List<ScriptedCall> Calls { get; } = [];

    public IEnumerable<string> Actions => Calls.Select(call => call.Action);

    public ScriptedCall Last => Calls[^1];

    public CopperHubClient Connect(Action<CopperHubClientOptions>? change = null)
    {
        var options =
            new CopperHubClientOptions { Credential = new CopperHubCredential(UserName, Password), Handler = this, Clock = Clock };
        change?.Invoke(options);
        return new CopperHubClient(options);
    }

    /// <summary>The next responses to an action, in order; the last one stays.</summary>
    public ScriptedHub On(string action, params Func<HttpResponseMessage>[] responses)
    {
        _responses[action] = new Queue<Func<HttpResponseMessage>>(responses);
        return this;
    }

    public ScriptedHub On(string action, string data) => On(action, () => Json(200, Envelope(200, "Successful", data)));

    public static string Envelope(int code, string message, string data) =>
        $$"""{"response_code":{{code}},"message":"{{message}}","data":{{data}}}""";

    public static HttpResponseMessage Json(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Unauthorized() => Json(401, Envelope(401, "Unauthorized", """{"api_version":1}"""));

    /// <summary>Runs a call, moving the clock through its waits.</summary>
    public Task<T> RunAsync<T>(Task<T> call) => Clock.RunAsync(call);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = await ScriptedCall.ReadAsync(request, cancellationToken);
        Func<HttpResponseMessage> response;
        lock (_gate)
        {
            Calls.Add(call);
            response = _responses.TryGetValue(call.Action, out var responses)
                ? responses.Count > 1 ? responses.Dequeue() : responses.Peek()
                : () => Default(call.Action);
        }

        return response();
    }

    private static HttpResponseMessage Default(string action) => Json(200, Envelope(200, "Successful", action switch
    {
        "login" => $$$"""{"logged_in":true,"api_version":1,"session_id":"{{{SessionId}}}","user":{"ID":"7","Username":"ada"}}""",
        "check_session" => $$$"""{"logged_in":true,"api_version":1,"session_id":"{{{SessionId}}}","user":{"ID":"7","Username":"ada"}}""",
        "logout" => """{"logged_in":false,"api_version":1}""",
        _ => throw new InvalidOperationException($"No response is scripted for {action}."),
    }));
}

/// <summary>What came over the wire.</summary>
internal sealed record ScriptedCall(HttpMethod Method, Uri Uri, string? ContentType, string Body)
{
    public IReadOnlyDictionary<string, string> Query { get; } = Parse(Uri.Query.TrimStart('?'));

    public IReadOnlyDictionary<string, string> Form { get; } = Parse(Body);

    public string Action => Query["action"];

    public static async Task<ScriptedCall> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken) => new(
        request.Method,
        request.RequestUri!,
        request.Content?.Headers.ContentType?.ToString(),
        request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));

    private static Dictionary<string, string> Parse(string text) => text.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]));
}

/// <summary>Writes down everything that a client tells.</summary>
internal sealed class TraceList : List<CopperTraceEvent>, ICopperTrace
{
    public void Write(CopperTraceEvent traceEvent)
    {
        lock (this)
        {
            Add(traceEvent);
        }
    }
}
