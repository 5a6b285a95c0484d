using System.Globalization;
using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Blobs;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>A process that shares a limit with others: this assembly, started as a program.</summary>
internal static class CrossProcessProgram
{
    /// <summary>Sends so many requests under the limit, and writes a line for each: when it was sent, and when it was completed.</summary>
    /// <param name="args">
    /// The file, or the address of a blob with its SAS; the limit; the number of requests; and how many are sent at once, one by default.
    /// </param>
    public static async Task<int> Main(string[] args)
    {
        var clock = Clock.System;
        LimiterWarmUp.Run();
        var limit = args[0].StartsWith("http", StringComparison.Ordinal)
            ? BlobSharing.Open(
                CrossProcessRateLimiterRegistry.Process,
                BlobAddress.Parse(new Uri(args[0]), null, clock.UtcNow),
                "key",
                static _ => new SocketsHttpHandler(),
                clock)
            : new CrossProcessRateLimiter(
                new FileLimiterStore(args[0], clock),
                ProcessLivenessChecker.System,
                LimiterDirectory.Key("key"),
                static work => ThreadPool.QueueUserWorkItem(_ => work()));
        using var registration = limit.Register([RateLimit.Parse(args[1])], [], TimeSpan.FromSeconds(100));
        limit.Identify(LimiterDirectory.Key("account"));
        var left = int.Parse(args[2], CultureInfo.InvariantCulture);
        await Task.WhenAll(Enumerable.Range(0, args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var permit = await limit.AcquireAsync(false, static _ => { }, null, default);
                var sent = clock.Elapsed;
                await Task.Delay(10);
                var completed = clock.Elapsed;
                permit.Complete(sent: true);
                Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0} {1}", sent.Ticks, completed.Ticks));
            }
        }));

        if (limit.TakeOutageWarning() is { } loss)
        {
            await Console.Error.WriteLineAsync(loss);
        }

        return 0;
    }
}
