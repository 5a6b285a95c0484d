using Copper.Sandbox;
using Copper.SandboxHost.Faults;

namespace Copper.SandboxHost;

/// <summary>How a <see cref="SandboxHostServer"/> is set up.</summary>
public sealed class SandboxHostOptions
{
    /// <summary>Port on the loopback interface; 0 for any free one.</summary>
    public int Port { get; set; }

    /// <summary>The account. Unlike in the sandbox itself, nothing is rate limited unless asked for.</summary>
    public SandboxOptions Account { get; } = new() { RateLimits = [], BulkRateLimit = null };

    /// <summary>The CopperHub.</summary>
    public HubSandboxOptions Hub { get; } = new();

    /// <summary>How long every response is held back.</summary>
    public LatencyRange Latency { get; set; }

    /// <summary>Keep the responses to searches until something is written: for measurements of clients.</summary>
    public bool KeepPages { get; set; }

    /// <summary>The OAuth client that /oauth/token knows.</summary>
    public OAuthClient OAuthClient { get; } = new();

    /// <summary>Faults armed from the start.</summary>
    public IReadOnlyList<Fault> Faults { get; set; } = [];
}
