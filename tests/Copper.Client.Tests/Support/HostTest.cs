using Copper.Client.RateLimiting;
using Copper.Sandbox;
using Copper.SandboxHost;

namespace Copper.Client.Tests.Support;

/// <summary>A client and a service that talk over real sockets of this machine.</summary>
public abstract class HostTest : IAsyncLifetime
{
    private readonly List<IDisposable> _disposables = [];

    private protected SandboxHostServer Host { get; private set; } = null!;

    private protected TraceRecorder Trace { get; } = new();

    public async Task InitializeAsync()
    {
        var options = new SandboxHostOptions();
        (options.Account.People, options.Account.Companies, options.Account.Leads) = (30, 3, 0);
        (options.Account.Opportunities, options.Account.Tasks, options.Account.Projects, options.Account.Activities) = (0, 0, 0, 0);
        Configure(options);
        Host = await SandboxHostServer.StartAsync(options);
    }

    public async Task DisposeAsync()
    {
        _disposables.ForEach(static disposable => disposable.Dispose());
        await Host.DisposeAsync();
    }

    private protected virtual void Configure(SandboxHostOptions options)
    {
    }

    private protected CopperClient Client(Action<CopperClientOptions>? configure = null)
    {
        var options = new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
            BaseUri = Host.BaseUri,
            RateLimits = [],
            BulkRateLimits = [],
            MaxRetries = 0,
            Timeout = TimeSpan.FromSeconds(20),
            Throttles = new RateLimiterRegistry(Clock.System),
        };
        configure?.Invoke(options);
        var client = new CopperClient(options);
        _disposables.Add(client);
        return client.WithTrace(Trace);
    }

    private protected T Owned<T>(T disposable)
        where T : IDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }
}
