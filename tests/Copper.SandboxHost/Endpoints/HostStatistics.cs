namespace Copper.SandboxHost.Endpoints;

/// <summary>What GET /_sandbox/stats shows.</summary>
/// <param name="Requests">Requests received.</param>
/// <param name="RateLimited">Requests rejected with 429.</param>
/// <param name="MaximumConcurrency">The most requests in progress at once.</param>
/// <param name="UnderWay">The requests in progress now; one whose client has closed the connection does not count.</param>
/// <param name="Windows">The most requests seen in each configured window.</param>
internal sealed record HostStatistics(int Requests, int RateLimited, int MaximumConcurrency, int UnderWay,
    IReadOnlyList<WindowStatistics> Windows)
{
    public static HostStatistics Of(SandboxHostServer server)
    {
        var entries = server.Journal.Entries;
        return new HostStatistics(
            entries.Count,
            entries.Count(entry => entry.Status == StatusCodes.Status429TooManyRequests),
            server.Journal.MaximumConcurrency,
            server.Journal.UnderWay,
            [.. server.Sandbox.WindowUsage.Select(usage => new WindowStatistics(usage.Limit.ToString(), usage.MaximumSeen))]);
    }
}

/// <summary>The most requests seen in a window.</summary>
internal sealed record WindowStatistics(string Limit, int MaximumSeen);
