using System.Globalization;
using Copper.Client;
using Copper.Data.Plans;
using Copper.Sandbox;

namespace Copper.Data.Tests.Plans;

/// <summary>A process that runs a plan, or goes on with its run: this assembly, started as a program, and killed by a test.</summary>
internal static class KilledProgram
{
    /// <summary>The end of a run that nobody has killed.</summary>
    public const string End = "END";

    /// <summary>Writes a line for each result: status, step and reason.</summary>
    /// <param name="args">The address, the plan, the journal, how long searches lag in milliseconds, and the requests at once.</param>
    public static async Task<int> Main(string[] args)
    {
        using var client = new CopperClient(new CopperClientOptions
        {
            BaseUri = new Uri(args[0]),
            Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
            RateLimits = [],
            BulkRateLimits = [],
            MaxRetries = 0,
        });
        var options = new PlanRunnerOptions
        {
            SearchLag = TimeSpan.FromMilliseconds(Number(args[3])),
            ThrottleLimit = Number(args[4]),
        };
        using var journal = ChangeJournal.CanResume(args[2])
            ? ChangeJournal.Resume(args[2])
            : NewJournal(args[2], ChangePlan.Load(args[1]));
        await foreach (var result in new PlanRunner(client, options).RunAsync(journal.Plan, journal))
        {
            Console.WriteLine($"{result.Status} {result.Step} {result.Reason?.ReplaceLineEndings(" ")}");
        }

        Console.WriteLine(End);
        return 0;
    }

    /// <summary>A journal that was killed before it held the plan is begun anew.</summary>
    private static ChangeJournal NewJournal(string path, ChangePlan plan)
    {
        File.Delete(path);
        return ChangeJournal.Create(path, plan);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
