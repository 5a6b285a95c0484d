namespace Copper.Data.Tests.Support;

/// <summary>A network that tells of each request before it is sent, and may change what comes back.</summary>
internal sealed class HookHandler : DelegatingHandler
{
    private readonly Lock _lock = new();

    /// <summary>The number of requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Runs before a request is sent: its number from 1, and METHOD path.</summary>
    public Action<int, string>? Before { get; set; }

    /// <summary>Runs after the service has responded.</summary>
    public Action<int, string>? After { get; set; }

    /// <summary>Changes the text of a response.</summary>
    public Func<string, string, string>? Rewrite { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        int number;
        lock (_lock)
        {
            number = ++Requests;
            Before?.Invoke(number, text);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (Rewrite is not null)
        {
            var body = Rewrite(text, await response.Content.ReadAsStringAsync(cancellationToken));
            response.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        }

        lock (_lock)
        {
            After?.Invoke(number, text);
        }

        return response;
    }
}
