using Copper.Client;
using Copper.Sandbox;

namespace Copper.Data.Tests.Support;

/// <summary>An account of the sandbox behind a client, and between them a transport that can break at a chosen request.</summary>
internal sealed class SandboxAccount : IDisposable
{
    private readonly List<CopperClient> _clients = [];

    public SandboxAccount(Action<SandboxOptions>? configure = null)
    {
        var options = new SandboxOptions { RateLimits = [], BulkRateLimit = null, Clock = () => Now };
        Shrink(options);
        configure?.Invoke(options);
        Sandbox = new CopperSandbox(options);
        Client = Connect();
    }

    /// <summary>An account that is there already.</summary>
    public SandboxAccount(CopperSandbox sandbox)
    {
        Sandbox = sandbox;
        Client = Connect();
    }

    /// <summary>A small account is enough for most tests.</summary>
    public static void Shrink(SandboxOptions options)
    {
        options.People = 60;
        options.Companies = 12;
        options.Leads = 30;
        options.Opportunities = 20;
        options.Tasks = 25;
        options.Projects = 8;
        options.Activities = 40;
    }

    public DateTimeOffset Now { get; set; } = SandboxOptions.ReferenceDate;

    public CopperSandbox Sandbox { get; }

    public CopperClient Client { get; }

    /// <summary>Another client of the account, as a process that is started again has one.</summary>
    /// <param name="transport">What stands between the client and the sandbox; null for nothing.</param>
    /// <param name="isDayFirst">The client takes the account for one that writes the day before the month.</param>
    public CopperClient Connect(DelegatingHandler? transport = null, bool isDayFirst = false)
    {
        HttpMessageHandler handler = new SandboxMessageHandler(Sandbox);
        if (transport is not null)
        {
            transport.InnerHandler = handler;
            handler = transport;
        }

        var client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
            Handler = handler,
            RateLimits = [],
            BulkRateLimits = [],
            MaxRetries = 0,
            DayFirstDates = isDayFirst,
        });
        _clients.Add(client);
        return client;
    }

    /// <summary>The requests since the journal was cleared, as METHOD path.</summary>
    public IReadOnlyList<string> Requests => [.. Sandbox.Journal.Select(static entry => $"{entry.Method} {entry.Path}")];

    /// <summary>Those that write.</summary>
    public IReadOnlyList<string> Writes => [.. Requests.Where(static request =>
        !request.StartsWith("GET", StringComparison.Ordinal)
        && !request.EndsWith("/search", StringComparison.Ordinal)
        && !request.EndsWith("/fetch_by_email", StringComparison.Ordinal))];

    public void Dispose() => _clients.ForEach(static client => client.Dispose());
}
