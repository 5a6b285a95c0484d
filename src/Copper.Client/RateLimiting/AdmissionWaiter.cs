namespace Copper.Client.RateLimiting;

/// <summary>A request that stands in line for its place, until it is let in or gives up.</summary>
/// <typeparam name="T">The place.</typeparam>
/// <param name="bulk">The request goes to a bulk endpoint.</param>
internal class AdmissionWaiter<T>(bool bulk)
{
    // Whoever waits goes on elsewhere: this is completed within locks.
    private readonly TaskCompletionSource<T> _admission = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Bulk { get; } = bulk;

    public Task<T> Admission => _admission.Task;

    /// <summary>Calls <paramref name="cancelled"/> when the token is cancelled, unless the wait is over by then.</summary>
    public void Watch(Action cancelled, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || Admission.IsCompleted)
        {
            return;
        }

        var registration = cancellationToken.Register(cancelled);
        _ = Admission.ContinueWith(
            static (_, state) => ((IDisposable)state!).Dispose(), registration, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>False when it was cancelled meanwhile.</summary>
    public bool Admit(T place) => _admission.TrySetResult(place);

    public void Cancel(CancellationToken cancellationToken) => _admission.TrySetCanceled(cancellationToken);
}
