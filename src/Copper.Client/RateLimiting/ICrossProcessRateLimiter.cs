namespace Copper.Client.RateLimiting;

/// <summary>A rate limit that this process shares with others. It applies after the limit of this process.</summary>
internal interface ICrossProcessRateLimiter
{
    /// <summary>Acquires a permit in every window that counts the request, across all processes.</summary>
    /// <param name="bulk">The request goes to a bulk endpoint.</param>
    /// <param name="waits">
    /// Called at most once, when no permit is available at once, with the wait to expect; null when that is not known.
    /// </param>
    /// <param name="warns">
    /// Receives, while the request waits and before <paramref name="waits"/>, what the user should know; and whether that tells of the
    /// wait.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ICrossProcessPermit> AcquireAsync(
        bool bulk, Action<TimeSpan?> waits, Action<string, bool>? warns, CancellationToken cancellationToken);

    /// <summary>Counts a request that is in flight already.</summary>
    ICrossProcessPermit Enter(bool bulk);

    /// <summary>Counts requests that completed before.</summary>
    void AddCompleted(IEnumerable<(TimeSpan Time, bool Bulk)> completed);

    /// <summary>Writes what happened in this process to the store before it returns, if that is possible soon.</summary>
    void TrySyncOnClose();

    /// <summary>Why the limit is not shared now; null when it is shared, and before the first request.</summary>
    string? TakeOutageWarning();

    /// <summary>The state of each window of all processes, combined with the windows of this process.</summary>
    /// <param name="own">The windows of this process.</param>
    IReadOnlyList<RateLimitStatus> GetStatus(IReadOnlyList<RateLimitStatus> own);
}
