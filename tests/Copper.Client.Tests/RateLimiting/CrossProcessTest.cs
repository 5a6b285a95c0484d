using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>Processes that share a store, in a time that the test moves.</summary>
public abstract class CrossProcessTest
{
    /// <param name="isRemote">They use the store as one on a server, and not as a file of their machine.</param>
    private protected CrossProcessTest(bool isRemote = false) =>
        Machine = new SimulatedMachine(Clock) { Kind = isRemote ? StoreKind.Remote : StoreKind.File };

    private protected FakeClock Clock { get; } = new();

    private protected SimulatedMachine Machine { get; }

    private protected StoreKind Kind => Machine.Kind;

    /// <summary>
    /// Until the ends of requests are written and reserved permits returned, which has no haste where it costs a round trip.
    /// </summary>
    private protected void UntilReported() => Clock.Advance(Kind.ReportWithin + Kind.ReserveFor);

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
