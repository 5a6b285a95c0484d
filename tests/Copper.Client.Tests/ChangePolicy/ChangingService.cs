using System.Text;
using Copper.Client.RateLimiting;
using Copper.Sandbox;
using Copper.SandboxHost.Faults;
using Copper.SandboxHost.Pipeline;

namespace Copper.Client.Tests.ChangePolicy;

/// <summary>A small account whose responses change from one moment to the next. Two of them are alike.</summary>
internal sealed class ChangingService : DelegatingHandler
{
    private static readonly DateTimeOffset Now = new(2026, 10, 2, 9, 0, 0, TimeSpan.Zero);

    private ChangingService(CopperSandbox sandbox)
        : base(new SandboxMessageHandler(sandbox))
    {
    }

    public ResponseChange Change { get; set; }

    /// <summary>Further headers of every response.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; set; } = [];

    /// <summary>The responses since the last change, as they went out.</summary>
    public List<string> Bodies { get; } = [];

    public static CopperClient Connect(out ChangingService service)
    {
        service = new ChangingService(new CopperSandbox(new SandboxOptions
        {
            People = 6, Companies = 3, Leads = 5, Opportunities = 5, Tasks = 5, Projects = 3, Activities = 12,
            RateLimits = [], BulkRateLimit = null, Clock = static () => Now,
        }));
        return new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
            Handler = service,
            RateLimits = [],
            BulkRateLimits = [],
            MaxRetries = 0,
            Throttles = new RateLimiterRegistry(Clock.System),
        });
    }

    /// <summary>An account that is ready for every reading, and begins to change now.</summary>
    public static async Task<(CopperClient Client, ChangingService Service)> ReadyAsync(ResponseChange change)
    {
        var client = Connect(out var service);
        await Readings.PrepareAsync(client);
        service.Bodies.Clear();
        service.Change = change;
        return (client, service);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            var body = ResponseChanger.Change(await response.Content.ReadAsByteArrayAsync(cancellationToken), Change);
            response.Content = new ByteArrayContent(body) { Headers = { ContentType = response.Content.Headers.ContentType } };
            Bodies.Add(Encoding.UTF8.GetString(body));
        }

        foreach (var (name, value) in Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
