namespace Copper.Client.RateLimiting;

/// <summary>
/// The requests that completed while no limit was shared: a process that joins a shared limit later reports them.
/// Not thread-safe: the <see cref="ServiceRateLimiter"/> that owns it holds the lock.
/// </summary>
internal sealed class UnsharedRequests
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan Memory = RateLimit.LongestDocumentedWindow;
    private readonly List<(TimeSpan Time, bool Bulk, LimitedCredential Credential)> _requests = [];

    public UnsharedRequests()
    {
    }

    public UnsharedRequests(UnsharedRequests other) => _requests.AddRange(other._requests);

    public void Add(TimeSpan time, bool bulk, LimitedCredential credential)
    {
        _requests.Add((time, bulk, credential));
        if (_requests.Count > Capacity || _requests[0].Time + Memory + Memory < time)
        {
            _requests.RemoveAll(request => request.Time + Memory < time);
            _requests.RemoveRange(0, Math.Max(0, _requests.Count - (Capacity / 2)));
        }
    }

    public void Remove(LimitedCredential credential) => _requests.RemoveAll(request => request.Credential == credential);

    /// <summary>Returns the requests and removes them.</summary>
    /// <param name="credential">The credential that sent them; null for all.</param>
    public IReadOnlyList<(TimeSpan Time, bool Bulk)> Take(LimitedCredential? credential)
    {
        var taken = _requests.Where(Matches).Select(static request => (request.Time, request.Bulk)).ToArray();
        _requests.RemoveAll(Matches);
        return taken;

        bool Matches((TimeSpan Time, bool Bulk, LimitedCredential Credential) request) =>
            credential is null || request.Credential == credential;
    }
}
