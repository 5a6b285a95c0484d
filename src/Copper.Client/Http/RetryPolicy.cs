using Copper.Client.RateLimiting;

namespace Copper.Client.Http;

/// <summary>
/// Sends again what may be sent again: bounded, with growing and jittered waits, never before the service's own hint.
/// A request that makes something new is repeated only when the service surely did not take it.
/// </summary>
internal sealed class RetryPolicy(Clock clock, int maxRetries, TimeSpan longestWait)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);
    private readonly Random _random = new();

    public async Task<T> RunAsync<T>(CopperRequest request, Func<Task<T>> attempt, Func<T>? alreadyGone, Tracer trace, CancellationToken cancellationToken)
    {
        var mayBeDone = false;
        for (var count = 1; ; count++)
        {
            CopperException failure;
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (CopperNotFoundException) when (mayBeDone && alreadyGone is not null && request.Effect == RequestEffect.Delete)
            {
                return alreadyGone();
            }
            catch (CopperException exception)
            {
                exception.Attempts = count;
                failure = exception;
            }

            mayBeDone |= !failure.WasRefused;
            if (request.Effect == RequestEffect.Create && !failure.WasRefused)
            {
                throw new CopperOutcomeUnknownException(request, failure) { Attempts = count };
            }

            var wait = WaitBefore(count, failure.RetryAfter);
            if (!failure.IsTransient || count > maxRetries || failure.RetryAfter > longestWait)
            {
                throw failure;
            }

            trace.Retrying(request, failure, count, wait);
            await clock.Delay(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The service's hint and a little more, or 1, 2, 4 … 60 seconds and up to half as much again: callers that failed together do not come back together.</summary>
    private TimeSpan WaitBefore(int retry, TimeSpan? hint)
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
}
