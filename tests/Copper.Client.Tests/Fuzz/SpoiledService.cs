using System.Net;
using Copper.Client.RateLimiting;

namespace Copper.Client.Tests.Fuzz;

/// <summary>Gives the responses that it is told, in order, then empty lists.</summary>
internal sealed class SpoiledService : HttpMessageHandler
{
    private readonly Queue<byte[]> _bodies = new();

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public List<(string Name, string Value)> Headers { get; } = [];

    public CopperClient Connect() => new(new CopperClientOptions
    {
        Identity = CopperIdentity.FromApiKey("ann@example.com", "a-key-of-no-use"),
        Handler = this,
        RateLimits = [],
        BulkRateLimits = [],
        MaxRetries = 0,
        Throttles = new RateLimiterRegistry(Clock.System),
    });

    public void Respond(IEnumerable<byte[]> bodies)
    {
        _bodies.Clear();
        foreach (var body in bodies)
        {
            _bodies.Enqueue(body);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.Host.EndsWith(".amazonaws.com", StringComparison.Ordinal))
        {
            // The storage takes every file.
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.Created);
        }

        var response =
            new HttpResponseMessage(Status) { Content = new ByteArrayContent(_bodies.Count > 0 ? _bodies.Dequeue() : "[]"u8.ToArray()) };
        foreach (var (name, value) in Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }
}
