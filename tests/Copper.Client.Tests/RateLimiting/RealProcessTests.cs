using System.Diagnostics;
using System.Globalization;
using Copper.Client.Tests.Support;
using Copper.SandboxHost;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>
/// Real processes over one real file, and over one blob. A few of them by default; COPPER_TEST_PROCESSES says how many. The blob is in
/// the emulator Azurite where that is installed, and else in the SandboxHost.
/// </summary>
public sealed class RealProcessTests : IDisposable
{
    private const int Requests = 3;
    private static readonly RateLimit Limit = RateLimit.Parse("6/1s");
    private readonly string _folder = Directory.CreateTempSubdirectory("copper-shared-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Processes_that_start_together_all_register_and_never_exceed_the_limit_together()
    {
        await AssertKeepTheLimitAsync(Path.Combine(_folder, "limit.bin"), Processes ?? 6, Requests, Limit);
    }

    [Fact]
    public async Task Processes_of_several_machines_never_exceed_the_limit_together()
    {
        await using var host = await SandboxHostServer.StartAsync(new SandboxHostOptions { Latency = new LatencyRange(10, 30) });
        using var azurite = await AzuriteServer.TryStartAsync(_folder);
        var blob = azurite?.Blob("limit") ?? new Uri(host.Root, "/blobs/account/copper/limit?sig=any").ToString();

        // Requests enough that the limit holds some of them up.
        await AssertKeepTheLimitAsync(blob, Processes ?? 3, 5, RateLimit.Parse("10/2s"), "4");
    }

    private static int? Processes =>
        int.TryParse(Environment.GetEnvironmentVariable("COPPER_TEST_PROCESSES"), CultureInfo.InvariantCulture, out var count)
            ? count : null;

    private static async Task AssertKeepTheLimitAsync(string store, int processes, int each, RateLimit limit, params string[] further)
    {
        string[] arguments = [store, limit.ToString(), $"{each}", .. further];
        var runs = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => RunAsync(arguments)));

        Assert.All(runs, static run => Assert.Equal((0, string.Empty), (run.ExitCode, run.Errors)));
        var requests = runs
            .SelectMany(static run => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(static line => line.Split(' '))
            .Select(static words => (Sent: TimeSpan.FromTicks(Number(words[0])), Completed: TimeSpan.FromTicks(Number(words[1]))))
            .OrderBy(static request => request.Sent).ToArray();
        Assert.Equal(processes * each, requests.Length);
        Assert.All(requests, request => Assert.InRange(
            requests.Count(other => other.Sent <= request.Sent && other.Completed + limit.Window >= request.Sent), 1, limit.Limit));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] further)
    {
        string[] arguments = [typeof(CrossProcessProgram).Assembly.Location, .. further];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
