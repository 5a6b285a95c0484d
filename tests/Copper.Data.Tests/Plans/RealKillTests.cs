using System.Diagnostics;
using System.Globalization;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;
using Copper.SandboxHost;
using Copper.SandboxHost.Faults;

namespace Copper.Data.Tests.Plans;

/// <summary>
/// Real processes that run a plan against a service that applies, delays and cuts, and are killed at random points. Another process goes
/// on, and may be killed, too: nothing is doubled, nothing is lost, and what is unclear is held and said. A few of them by default;
/// COPPER_TEST_KILLS says how many, and COPPER_TEST_SEED where their random numbers begin.
/// </summary>
public sealed class RealKillTests : IAsyncLifetime
{
    private const int SearchLagMs = 300;
    private const int MostKills = 4;
    private static readonly PlanRunnerOptions NoWait = new() { Delay = static (_, _) => Task.CompletedTask };
    private readonly string _folder = Directory.CreateTempSubdirectory("copper-killed-").FullName;
    private SandboxHostServer _server = null!;

    public async Task InitializeAsync()
    {
        var options = new SandboxHostOptions();
        SandboxAccount.Shrink(options.Account);
        _server = await SandboxHostServer.StartAsync(options);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_killed_run_is_gone_on_with()
    {
        var kills = Setting("COPPER_TEST_KILLS", 3);
        var first = Setting("COPPER_TEST_SEED", 1);
        var plan = await NewPlanAsync();
        var expected = await RunWholeAsync(plan);
        for (var (done, seed) = (0, first); done < kills; seed++)
        {
            done += await KillAsync(plan, expected, seed);
        }
    }

    /// <summary>Runs the plan once, kills it some times, lets it end, and looks at what there is. The number of kills.</summary>
    private async Task<int> KillAsync(ChangePlan plan, IReadOnlyList<string> expected, int seed)
    {
        _server.Reset();
        var random = new Random(seed);
        var journal = Path.Combine(_folder, $"{seed}.jsonl");
        var planFile = Path.Combine(_folder, $"{seed}.plan");
        plan.Save(planFile);
        var kills = 0;
        for (var isKilled = true; isKilled && kills < MostKills;)
        {
            Arm(random);
            using var run = Start(planFile, journal, random.Next(1, 4));
            await UntilAsync(run, random.Next(0, 12), random.Next(0, 25));
            isKilled = !run.Process.HasExited;
            run.Process.Kill();
            await run.Process.WaitForExitAsync();
            kills += isKilled ? 1 : 0;
            if (random.Next(3) == 0)
            {
                break;
            }
        }

        _server.Faults.Clear();
        _server.Latency = default;
        using var last = Start(planFile, journal, 1);
        var output = await last.Process.StandardOutput.ReadToEndAsync();
        await last.Process.WaitForExitAsync();
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var because = $"seed {seed}: {output} {await last.Errors}";
        Assert.True(lines.Length > 0 && lines[^1].Trim() == KilledProgram.End, because);

        var open = lines[..^1].Where(static line => !line.StartsWith("Done", StringComparison.Ordinal)).ToArray();
        using var client = new SandboxAccount(_server.Sandbox);
        var image = await AccountImage.OfAsync(client.Client);
        if (open.Length == 0)
        {
            Assert.True(expected.SequenceEqual(image), because + Difference(expected, image));
            return kills;
        }

        // What is held says which records it could be; all the rest is there, and nothing twice.
        Assert.All(open, line => Assert.True(
            line.StartsWith("Held", StringComparison.Ordinal) && line.Contains("look at ", StringComparison.Ordinal), because));
        Assert.True(image.Count <= expected.Count && expected.Count - image.Count <= open.Length, because + Difference(expected, image));
        return kills;
    }

    private static string Difference(IReadOnlyList<string> expected, IReadOnlyList<string> image) =>
        $"\nmissing: {string.Join("\n", expected.Except(image))}\nextra: {string.Join("\n", image.Except(expected))}"
        + FormattableString.Invariant($"\n{expected.Count} expected, {image.Count} there");

    /// <summary>Latency for all requests, and some that are cut before or after they are applied, delayed after it, or cut short.</summary>
    private void Arm(Random random)
    {
        _server.Faults.Clear();
        _server.Latency = new LatencyRange(0, random.Next(1, 15));
        FaultKind[] kinds = [FaultKind.ResetAfter, FaultKind.ResetBefore, FaultKind.Latency, FaultKind.TruncateJson, FaultKind.Empty];
        for (var count = random.Next(0, 4); count > 0; count--)
        {
            _server.Faults.Add(new Fault
            {
                Kind = kinds[random.Next(kinds.Length)],
                Ms = random.Next(20, 80),
                Times = random.Next(1, 3),
                Match = new FaultMatch
                {
                    Method = random.Next(3) switch { 0 => "PUT", 1 => "DELETE", _ => "POST" },
                    Path = random.Next(2) == 0 ? "bulk_(create|update)$" : "^/(people|companies|tasks|opportunities)(/[0-9]+(/related)?)?$",
                    After = random.Next(0, 4),
                },
            });
        }
    }

    /// <summary>Waits until the process has sent so many changes, and a moment more; or has ended.</summary>
    private async Task UntilAsync(Run run, int changes, int moreMs)
    {
        var begun = Changes();
        while (!run.Process.HasExited && Changes() - begun < changes)
        {
            await Task.Delay(1);
        }

        await Task.WhenAny(Task.Delay(moreMs), run.Process.WaitForExitAsync());
    }

    private int Changes() => _server.Journal.Entries.Count(static entry =>
        entry.Method is "PUT" or "DELETE" || (entry.Method == "POST" && !entry.Path.EndsWith("/search", StringComparison.Ordinal)));

    private Run Start(string plan, string journal, int atOnce) => new(Process.Start(new ProcessStartInfo(
        "dotnet",
        [
            typeof(KilledProgram).Assembly.Location, _server.BaseUri.ToString(), plan, journal, $"{SearchLagMs}", $"{atOnce}",
        ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    private static int Setting(string name, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable(name) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>What the account holds after a run that nobody disturbs.</summary>
    private async Task<IReadOnlyList<string>> RunWholeAsync(ChangePlan plan)
    {
        using var account = new SandboxAccount(_server.Sandbox);
        await foreach (var result in new PlanRunner(account.Client, NoWait).RunAsync(plan))
        {
            Assert.True(result.Status == PlanStatus.Done, $"{result}: {result.Reason}");
        }

        return await AccountImage.OfAsync(account.Client);
    }

    private async Task<ChangePlan> NewPlanAsync()
    {
        using var account = new SandboxAccount(_server.Sandbox);
        return await KillTests.PlanAsync(account);
    }

    private sealed class Run(Process process) : IDisposable
    {
        public Process Process { get; } = process;

        public Task<string> Errors { get; } = process.StandardError.ReadToEndAsync();

        public void Dispose() => Process.Dispose();
    }
}
