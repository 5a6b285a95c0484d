namespace Copper.Client.RateLimiting.Shared;

/// <summary>This process's limiters that are shared with other processes, one for each credential of each service. Has one lock.</summary>
internal class CrossProcessRateLimiterRegistry
{
    private readonly Dictionary<(string Store, Guid Credential), CrossProcessRateLimiter> _limiters = [];

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
            throw StoreOutage.Unusable(Path.GetDirectoryName(path)!, exception, LimiterDirectory.Advice);
        }

        return Open(path, fingerprint, () => new FileLimiterStore(path, Clock.System), ProcessLivenessChecker.System);
    }

    /// <summary>The limiter of a credential over a store.</summary>
    /// <param name="store">Identifies the store in this process.</param>
    /// <param name="fingerprint">Identifies the credential.</param>
    /// <param name="create">Creates the store when it is not in use yet.</param>
    /// <param name="checker">Tells which processes run.</param>
    public CrossProcessRateLimiter Open(string store, string fingerprint, Func<ILimiterStore> create, ProcessLivenessChecker checker)
    {
        LimiterWarmUp.Run();
        lock (_limiters)
        {
            foreach (var idle in _limiters.Where(static pair => pair.Value.IsIdle).Select(static pair => pair.Key).ToArray())
            {
                _limiters.Remove(idle);
            }

            var credential = LimiterDirectory.Key("credential", fingerprint);
            if (!_limiters.TryGetValue((store, credential), out var limiter))
            {
                _limiters[(store, credential)] = limiter = new CrossProcessRateLimiter(create(), checker, credential, StartOnPool);
            }

            return limiter;
        }
    }

    /// <summary>The name of an account in a store.</summary>
    public static Guid AccountKey(long accountId) =>
        LimiterDirectory.Key("account", accountId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static void StartOnPool(Action work) => ThreadPool.QueueUserWorkItem(static state => ((Action)state!)(), work);
}
