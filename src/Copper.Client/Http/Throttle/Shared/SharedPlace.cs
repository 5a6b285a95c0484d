namespace Copper.Client.Http.Throttle.Shared;

/// <summary>The right to send one request under the shared limit.</summary>
internal sealed class SharedPlace(SharedLimit limit, long number, bool bulk, TimeSpan since)
{
    public long Number { get; } = number;

    public bool Bulk { get; } = bulk;

    /// <summary>When the request was let in.</summary>
    public TimeSpan Since { get; } = since;

    /// <summary>The request is over, or its answer has begun; when it was not sent, its place is free at once.</summary>
    public void Settle(bool sent) => limit.Settle(this, sent);

    /// <summary>The service refused the request.</summary>
    public void Refused(TimeSpan? hint) => limit.Refused(Since, hint);
}

/// <summary>A request that waits for the shared limit.</summary>
internal sealed class SharedWaiter(bool bulk, Action<TimeSpan?> waits)
{
    private readonly TaskCompletionSource<SharedPlace> _admission = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _registration;
    private int _told;

    public bool Bulk { get; } = bulk;

    public Task<SharedPlace> Admission => _admission.Task;

    /// <summary>Keeps the registration until the wait is over.</summary>
    public void Watch(CancellationTokenRegistration registration)
    {
        _registration = registration;
        _ = Admission.ContinueWith(
            static (_, state) => ((SharedWaiter)state!)._registration.Dispose(), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Says once that the request does not go at once, and how long it will take if that is known.</summary>
    public void Tell(TimeSpan? wait)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            waits(wait);
        }
    }

    /// <summary>False when it was cancelled meanwhile.</summary>
    public bool Admit(SharedPlace place) => _admission.TrySetResult(place);

    public void Cancel(CancellationToken cancellationToken) => _admission.TrySetCanceled(cancellationToken);
}
