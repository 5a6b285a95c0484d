using Copper.Client.RateLimiting;

namespace Copper.Client;

/// <summary>
/// How often and how long after a failure a request is retried: bounded, with growing and jittered waits, never before the
/// service's own hint.
/// </summary>
internal sealed class RetryPolicy(Clock clock, int maxRetries, TimeSpan longestWait)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);
    private readonly Random _random = new();

    /// <summary>The attempts of one request.</summary>
    public RetrySequence Begin(CopperRequest request, Tracer trace) => new(this, request, trace);

    /// <summary>Runs attempts until one succeeds, or none may follow.</summary>
    /// <param name="request">What the attempts send.</param>
    /// <param name="attempt">One attempt.</param>
    /// <param name="alreadyGone">The result of a deletion whose retry found nothing to delete; null for other requests.</param>
    /// <param name="trace">Who listens.</param>
    /// <param name="cancellationToken">Ends the wait between two attempts.</param>
    public async Task<T> RunAsync<T>(
        CopperRequest request, Func<Task<T>> attempt, Func<T>? alreadyGone, Tracer trace, CancellationToken cancellationToken)
    {
        var retry = Begin(request, trace);
        while (true)
        {
            CopperException failure;
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (CopperException exception)
            {
                failure = exception;
            }

            if (alreadyGone is not null && retry.IsAlreadyGone(failure))
            {
                return alreadyGone();
            }

            await retry.DelayAsync(failure, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Another attempt may follow a failure that may pass.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="attempts">The attempts so far.</param>
    internal bool Allows(CopperException failure, int attempts) =>
        failure.IsTransient
        && attempts <= Math.Min(maxRetries, failure.MostRetries ?? maxRetries)
        && !(failure.RetryAfter > longestWait);

    /// <summary>
    /// The service's hint and a little more, or 1, 2, 4 … 60 seconds and up to half as much again: callers that failed together do not
    /// come back together.
    /// </summary>
    internal TimeSpan WaitBefore(int retry, TimeSpan? hint)
    {
        double jitter;
        lock (_random)
        {
            jitter = _random.NextDouble();
        }

        if (hint is { } asked)
        {
            return asked + TimeSpan.FromSeconds(jitter);
        }

        var seconds = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, retry - 1), LongestBackoff.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Min(seconds * (1 + (jitter / 2)), longestWait.TotalSeconds));
    }

    internal Task DelayAsync(TimeSpan wait, CancellationToken cancellationToken) => clock.Delay(wait, cancellationToken);
}
