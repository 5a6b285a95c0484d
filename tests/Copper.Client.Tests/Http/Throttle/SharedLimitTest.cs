using Copper.Client.Http.Throttle;
using Copper.Client.Http.Throttle.Shared;

namespace Copper.Client.Tests.Http.Throttle;

/// <summary>Processes of one machine, in a time that the test moves.</summary>
public abstract class SharedLimitTest
{
    private protected SharedLimitTest() => Machine = new SharedMachine(Clock);

    private protected FakeClock Clock { get; } = new();

    private protected SharedMachine Machine { get; }

    private protected SharedLimit Start(string limits, SharedProcess? process = null, string? bulk = null, string credential = "key", string account = "account")
    {
        var limit = (process ?? Machine.Start()).Limit(credential);
        limit.Join([RateLimit.Parse(limits)], bulk is null ? [] : [RateLimit.Parse(bulk)], TimeSpan.FromSeconds(100));
        limit.Identify(SharedDirectory.Key(account));
        return limit;
    }

    private protected static Task<SharedPlace> Ask(SharedLimit limit, bool bulk = false) => limit.AcquireAsync(bulk, static _ => { }, default);

    private protected static SharedPlace Admitted(SharedLimit limit, bool bulk = false) => Place(Ask(limit, bulk));

    private protected static SharedPlace Place(Task<SharedPlace> entry)
    {
        Assert.True(entry.IsCompletedSuccessfully);
        return entry.Result;
    }
}
