namespace Copper.Client.RateLimiting;

/// <summary>The right to send one request. Dispose it when the request is over, however it ended.</summary>
internal sealed class RateLimitPermit(ServiceRateLimiter service, LimitedCredential credential, bool bulk, TimeSpan admitted) : IDisposable
{
    private int _isCompleted;

    /// <summary>The credential that sends the request.</summary>
    public LimitedCredential Credential { get; } = credential;

    /// <summary>The request goes to a bulk endpoint.</summary>
    public bool Bulk { get; } = bulk;

    /// <summary>When the permit was given.</summary>
    public TimeSpan Admitted { get; } = admitted;

    /// <summary>
    /// The request's permit of the limit that processes share; null when there is none. Guarded by the lock of the service's limiter.
    /// </summary>
    public ICrossProcessPermit? Shared { get; set; }

    /// <summary>The shared limit has admitted the request, too.</summary>
    public void Attach(ICrossProcessPermit shared) => service.Attach(this, shared);

    /// <summary>The first bytes of the response are here: the service has counted the request by now.</summary>
    public void ResponseBegan() => Complete(sent: true);

    /// <summary>The request was not sent after all: the permit is free at once.</summary>
    public void Return() => Complete(sent: false);

    /// <summary>Without a response, the permit becomes free one window after the failure.</summary>
    public void Dispose() => Complete(sent: true);

    /// <summary>The service responded to the request with 429.</summary>
    /// <param name="hint">How long the service asks to wait; null when it does not state it.</param>
    /// <returns>
    /// How long everybody waits, at which share of the rate they continue, and whether the rate was reduced before; null when an
    /// earlier 429 has told the same.
    /// </returns>
    public RateReduction? NoteTooManyRequests(TimeSpan? hint) => service.NoteTooManyRequests(this, hint);

    private void Complete(bool sent)
    {
        if (Interlocked.Exchange(ref _isCompleted, 1) == 0)
        {
            service.Complete(this, sent);
            Shared?.Complete(sent);
        }
    }
}
