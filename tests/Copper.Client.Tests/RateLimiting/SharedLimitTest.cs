using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>Processes of one machine, in a time that the test moves.</summary>
public abstract class SharedLimitTest
{
    private protected SharedLimitTest() => Machine = new SharedMachine(Clock);

    private protected FakeClock Clock { get; } = new();

    private protected SharedMachine Machine { get; }

    private protected CrossProcessRateLimiter Start(string limits, SharedProcess? process = null, string? bulk = null, string credential = "key", string account = "account")
    {
        var limit = (process ?? Machine.Start()).Limit(credential);
        limit.Join([RateLimit.Parse(limits)], bulk is null ? [] : [RateLimit.Parse(bulk)], TimeSpan.FromSeconds(100));
        limit.Identify(LimiterDirectory.Key(account));
        return limit;
    }

    private protected static Task<CrossProcessPermit> Ask(CrossProcessRateLimiter limit, bool bulk = false) => limit.AcquireAsync(bulk, static _ => { }, default);

    private protected static CrossProcessPermit Admitted(CrossProcessRateLimiter limit, bool bulk = false) => Place(Ask(limit, bulk));

    private protected static CrossProcessPermit Place(Task<CrossProcessPermit> entry)
    {
        Assert.True(entry.IsCompletedSuccessfully);
        return entry.Result;
    }
}
