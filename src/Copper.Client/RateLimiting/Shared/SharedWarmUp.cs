namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Goes through a whole life of a shared limit in memory. All code is compiled by then: the first look of a process would otherwise
/// keep the store open for a hundred times as long as any later one, and many processes that start together would wait for each other.
/// </summary>
internal static class SharedWarmUp
{
    private static readonly Lazy<bool> Done = new(static () =>
    {
        var limit = new CrossProcessRateLimiter(new MemoryStore(), Clock.System, ProcessLivenessChecker.System, Guid.NewGuid(), static _ => { });
        using var part = limit.Join(RateLimit.Default, [RateLimit.DefaultBulk], TimeSpan.FromSeconds(1));
        limit.Identify(Guid.NewGuid());
        var place = limit.AcquireAsync(true, static _ => { }, CancellationToken.None);
        limit.TrySyncOnClose();
        if (place.IsCompleted)
        {
            place.Result.Refused(null);
            place.Result.Complete(sent: true);
        }

        _ = limit.AcquireAsync(false, static _ => { }, CancellationToken.None);
        _ = limit.Status([]);
        return true;
    });

    /// <summary>Does so once in each process.</summary>
    public static void Run() => _ = Done.Value;

    private sealed class MemoryStore : LimiterStore
    {
        private byte[] _bytes = [];

        public override string Name => "memory";

        public override bool TryUpdate(Func<byte[], TimeSpan, byte[]?> change)
        {
            _bytes = change(_bytes, TimeSpan.Zero) ?? _bytes;
            return true;
        }
    }
}
