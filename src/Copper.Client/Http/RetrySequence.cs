namespace Copper.Client;

/// <summary>
/// The attempts of one request. A request that creates something is retried only when the service surely did not take it;
/// otherwise its outcome is unknown.
/// </summary>
internal sealed class RetrySequence(RetryPolicy policy, CopperRequest request, Tracer trace)
{
    private int _attempts;
    private bool _mayBeDone;

    /// <summary>How long the request has waited.</summary>
    public RequestWaits Waits { get; } = new();

    /// <summary>A deletion finds nothing any more, and an earlier attempt may be the one that deleted the record.</summary>
    public bool IsAlreadyGone(CopperException failure) =>
        _mayBeDone && request.Effect == RequestEffect.Delete && failure is CopperNotFoundException;

    /// <summary>Waits for the next attempt.</summary>
    /// <exception cref="CopperException">There is none: the failure itself, or that the outcome is unknown.</exception>
    public Task DelayAsync(CopperException failure, CancellationToken cancellationToken)
    {
        failure.Attempts = ++_attempts;
        _mayBeDone |= !failure.WasRejected;
        if (request.Effect == RequestEffect.Create && !failure.WasRejected)
        {
            throw new CopperOutcomeUnknownException(request, failure) { Attempts = _attempts };
        }

        if (!policy.Allows(failure, _attempts))
        {
            throw failure;
        }

        var wait = policy.WaitBefore(_attempts, failure.RetryAfter);
        trace.Retrying(request, failure, _attempts, wait, Waits);
        Waits.Add(wait);
        return policy.DelayAsync(wait, cancellationToken);
    }
}
