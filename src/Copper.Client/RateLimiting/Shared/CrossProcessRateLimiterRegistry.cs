namespace Copper.Client.RateLimiting.Shared;

/// <summary>This process's limiters that are shared with other processes, one for each credential of each service. Has one lock.</summary>
internal class CrossProcessRateLimiterRegistry
{
    private readonly Dictionary<(string Path, Guid Credential), CrossProcessRateLimiter> _limiters = [];

    public static CrossProcessRateLimiterRegistry Process { get; } = new();

    /// <summary>The limiter of a credential.</summary>
    /// <exception cref="IOException">There is no folder for its store, or it cannot be created.</exception>
    public virtual CrossProcessRateLimiter Open(Uri baseUri, string fingerprint)
    {
        var path = LimiterDirectory.FileFor(baseUri);
        try
        {
            LimiterDirectory.Create(Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LimiterDirectory.Unusable(Path.GetDirectoryName(path)!, exception);
        }

        LimiterWarmUp.Run();
        lock (_limiters)
        {
            foreach (var idle in _limiters.Where(static pair => pair.Value.IsIdle).Select(static pair => pair.Key).ToArray())
            {
                _limiters.Remove(idle);
            }

            var credential = LimiterDirectory.Key("credential", fingerprint);
            if (!_limiters.TryGetValue((path, credential), out var limiter))
            {
                _limiters[(path, credential)] = limiter = new CrossProcessRateLimiter(
                    new FileLimiterStore(path, Clock.System), ProcessLivenessChecker.System, credential, StartOnPool);
            }

            return limiter;
        }
    }

    /// <summary>The name of an account in a store.</summary>
    public static Guid AccountKey(long accountId) =>
        LimiterDirectory.Key("account", accountId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static void StartOnPool(Action work) => ThreadPool.QueueUserWorkItem(static state => ((Action)state!)(), work);
}
