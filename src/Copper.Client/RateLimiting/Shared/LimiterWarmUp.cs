namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Uses every part of a shared limit once, in memory, so that all code is compiled. The first sync of a process would otherwise keep the
/// store in use for a hundred times as long as any later one, and many processes that start together would wait for each other.
/// </summary>
internal static class LimiterWarmUp
{
    private static readonly Lazy<bool> Done = new(static () =>
    {
        var limiter = new CrossProcessRateLimiter(new MemoryStore(), ProcessLivenessChecker.System, Guid.NewGuid(), static _ => { });
        using var registration = limiter.Register(RateLimit.Default, [RateLimit.DefaultBulk], TimeSpan.FromSeconds(1));
        limiter.Identify(Guid.NewGuid());
        var permit = limiter.AcquireAsync(true, static _ => { }, null, CancellationToken.None);
        limiter.TrySyncOnClose();
        if (permit.IsCompleted)
        {
            permit.Result.NoteTooManyRequests(null);
            permit.Result.Complete(sent: true);
        }

        _ = limiter.AcquireAsync(false, static _ => { }, null, CancellationToken.None);
        _ = limiter.GetStatus([]);
        return true;
    });

    /// <summary>Does so once in each process.</summary>
    public static void Run() => _ = Done.Value;

    private sealed class MemoryStore : ILimiterStore
    {
        private byte[] _bytes = [];

        public string Name => "memory";

        public StoreKind Kind => StoreKind.File;

        public Clock Clock => Clock.System;

        public string Advice => string.Empty;

        public string Version => string.Empty;

        public ValueTask<IStoredState?> TryReadAsync(CancellationToken cancellationToken) => new(new StoredState(this));

        private sealed class StoredState(MemoryStore store) : IStoredState
        {
            public byte[] Bytes => store._bytes;

            public TimeSpan Age => TimeSpan.Zero;

            public ClockOffset Offset => default;

            public ValueTask<bool> TryReplaceAsync(byte[] bytes, CancellationToken cancellationToken)
            {
                store._bytes = bytes;
                return new ValueTask<bool>(true);
            }

            public void Dispose()
            {
            }
        }
    }
}
