using System.Diagnostics;
using System.Globalization;
using Copper.Client.RateLimiting;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>Real processes over one real file. A few of them by default; COPPER_TEST_PROCESSES says how many.</summary>
public sealed class RealProcessTests : IDisposable
{
    private const int Requests = 3;
    private static readonly RateLimit Limit = RateLimit.Parse("6/1s");
    private readonly string _folder = Directory.CreateTempSubdirectory("copper-shared-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Processes_that_start_together_all_register_and_never_exceed_the_limit_together()
    {
        var processes = int.Parse(Environment.GetEnvironmentVariable("COPPER_TEST_PROCESSES") ?? "6", CultureInfo.InvariantCulture);
        var file = Path.Combine(_folder, "limit.bin");

        var runs = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => RunAsync(file)));

        Assert.All(runs, static run => Assert.Equal((0, string.Empty), (run.ExitCode, run.Errors)));
        var requests = runs
            .SelectMany(static run => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(static line => line.Split(' '))
            .Select(static words => (Sent: TimeSpan.FromTicks(Number(words[0])), Completed: TimeSpan.FromTicks(Number(words[1]))))
            .OrderBy(static request => request.Sent).ToArray();
        Assert.Equal(processes * Requests, requests.Length);
        Assert.All(requests, request => Assert.InRange(
            requests.Count(other => other.Sent <= request.Sent && other.Completed + Limit.Window >= request.Sent), 1, Limit.Limit));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string file)
    {
        string[] arguments = [typeof(CrossProcessProgram).Assembly.Location, file, Limit.ToString(), $"{Requests}"];
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
