using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>Processes of one machine, in a time that the test moves.</summary>
public abstract class CrossProcessTest
{
    private protected CrossProcessTest() => Machine = new SimulatedMachine(Clock);

    private protected FakeClock Clock { get; } = new();

    private protected SimulatedMachine Machine { get; }

    private protected CrossProcessRateLimiter Start(
        string limits, SimulatedProcess? process = null, string? bulk = null, string credential = "key", string account = "account")
    {
        var limit = (process ?? Machine.Start()).Limit(credential);
        limit.Register([RateLimit.Parse(limits)], bulk is null ? [] : [RateLimit.Parse(bulk)], TimeSpan.FromSeconds(100));
        limit.Identify(LimiterDirectory.Key(account));
        return limit;
    }

    private protected static Task<ICrossProcessPermit> Acquire(CrossProcessRateLimiter limit, bool bulk = false) =>
        limit.AcquireAsync(bulk, static _ => { }, null, default);

    private protected static ICrossProcessPermit Admitted(CrossProcessRateLimiter limit, bool bulk = false) => Permit(Acquire(limit, bulk));

    private protected static ICrossProcessPermit Permit(Task<ICrossProcessPermit> entry)
    {
        Assert.True(entry.IsCompletedSuccessfully);
        return entry.Result;
    }
}
