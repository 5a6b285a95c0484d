namespace Copper.Client.RateLimiting.Shared;

/// <summary>This process's parts in shared limits: one for each credential of each service.</summary>
internal class CrossProcessRateLimiterRegistry
{
    private readonly Dictionary<(string Path, Guid Credential), CrossProcessRateLimiter> _limits = [];

    public static CrossProcessRateLimiterRegistry Process { get; } = new();

    /// <summary>The part of a credential.</summary>
    /// <exception cref="IOException">There is no folder for it, or it cannot be made.</exception>
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

        SharedWarmUp.Run();
        lock (_limits)
        {
            foreach (var idle in _limits.Where(static pair => pair.Value.IsIdle).Select(static pair => pair.Key).ToArray())
            {
                _limits.Remove(idle);
            }

            var credential = LimiterDirectory.Key("credential", fingerprint);
            if (!_limits.TryGetValue((path, credential), out var limit))
            {
                _limits[(path, credential)] = limit = new CrossProcessRateLimiter(
                    new LimiterFile(path), Clock.System, ProcessLivenessChecker.System, credential, static work => ThreadPool.QueueUserWorkItem(static state => ((Action)state!)(), work));
            }

            return limit;
        }
    }

    /// <summary>An account as the file calls it.</summary>
    public static Guid AccountKey(long accountId) => LimiterDirectory.Key("account", accountId.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
