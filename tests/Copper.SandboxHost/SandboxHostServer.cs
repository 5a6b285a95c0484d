using System.Collections.Concurrent;
using System.Net;
using Copper.Sandbox;
using Copper.SandboxHost.Endpoints;
using Copper.SandboxHost.Faults;
using Copper.SandboxHost.Journal;
using Copper.SandboxHost.Pipeline;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Copper.SandboxHost;

/// <summary>The sandbox behind real HTTP on the loopback interface, with faults on demand.</summary>
public sealed class SandboxHostServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<int, SandboxHostServer> _servers = new();

    private SandboxHostServer(SandboxHostOptions options)
    {
        Options = options;
        Sandbox = new CopperSandbox(options.Account);
        Hub = new HubSandbox(options.Hub);
        Latency = options.Latency;
        Pages = options.KeepPages ? new PageCache() : null;
        ArmFaults();
        _application = Build(options.Port);
    }

    public SandboxHostOptions Options { get; }

    public CopperSandbox Sandbox { get; }

    /// <summary>The CopperHub, at <see cref="HubUri"/>.</summary>
    public HubSandbox Hub { get; }

    public FaultList Faults { get; } = new();

    public HostJournal Journal { get; } = new();

    /// <summary>How long every response is held back.</summary>
    public LatencyRange Latency { get; set; }

    /// <summary>Responses that are kept; null when each is written anew.</summary>
    internal PageCache? Pages { get; }

    /// <summary>Scheme, address and port.</summary>
    public Uri Root { get; private set; } = null!;

    /// <summary>Address of the API, such as <c>http://127.0.0.1:49152/developer_api/v1</c>.</summary>
    public Uri BaseUri => new(Root, SandboxPath.Base);

    /// <summary>Address of the CopperHub, such as <c>http://127.0.0.1:49152/hub</c>.</summary>
    public Uri HubUri => new(Root, HubEndpoint.Base);

    /// <summary>Address OAuth tokens are to be had from.</summary>
    public Uri TokenUri => new(Root, OAuthEndpoint.Path);

    /// <summary>Address files are uploaded to.</summary>
    public Uri StorageUri => new(Root, StorageEndpoint.Path);

    public static async Task<SandboxHostServer> StartAsync(SandboxHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new SandboxHostServer(options);
        await server._application.StartAsync();
        var addresses = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Root = new Uri(addresses.Addresses.Single());
        return server;
    }

    /// <summary>Puts everything back to the beginning: data, limits, journal, faults and latency.</summary>
    public void Reset()
    {
        Sandbox.Reset();
        Hub.Reset();
        Journal.Clear();
        Pages?.Clear();
        Faults.Clear();
        Latency = Options.Latency;
        ArmFaults();
    }

    /// <summary>Starts a further server in this process: an account of its own on a port of its own, without the start of a
    /// process.</summary>
    internal async Task<SandboxHostServer> StartServerAsync(SandboxHostOptions options)
    {
        var server = await StartAsync(options);
        _servers[server.Root.Port] = server;
        return server;
    }

    /// <summary>Stops a server that <see cref="StartServerAsync"/> has started.</summary>
    internal async Task StopServerAsync(int port)
    {
        if (_servers.TryRemove(port, out var server))
        {
            await server.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (int port in _servers.Keys)
        {
            await StopServerAsync(port);
        }

        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private void ArmFaults()
    {
        foreach (var fault in Options.Faults)
        {
            Faults.Add(fault);
        }
    }

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;

            // Faults respond slowly, or never, on purpose.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var application = builder.Build();
        ControlEndpoints.Map(application, this);
        new BlobEndpoint(this).Map(application);
        var pipeline = new RequestPipeline(this);
        application.MapFallback("{**path}", context => pipeline.HandleAsync(context, application.Lifetime.ApplicationStopping));
        return application;
    }

    /// <summary>Leaves signals and the console to whoever uses the server.</summary>
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
